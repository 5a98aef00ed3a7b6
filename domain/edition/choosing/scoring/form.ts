import * as z from "zod";
import type { Article } from "../../../article/article.ts";

/** The form of an article. Only news and features can lead; the others give this as a reason. */
export const Form = z.enum([
  "news",
  "background",
  "opinion",
  "live",
  "video",
  "gallery",
  "audio",
  "puzzle",
  "promotion",
]);
export type Form = z.infer<typeof Form>;

type Rule = { form: Form; title?: RegExp; path?: RegExp; section?: RegExp; host?: RegExp };

/** Hosts where each page is a video, or something to listen to. */
const VIDEO_HOST =
  /(?:^|\.)(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com|dailymotion\.com|dai\.ly|twitch\.tv|tiktok\.com|rumble\.com|odysee\.com|bitchute\.com|ted\.com|bilibili\.com|b23\.tv|nicovideo\.jp|youku\.com|v\.qq\.com|rutube\.ru|streamable\.com|nebula\.tv|kick\.com|ardmediathek\.de|tv\.naver\.com|media\.ccc\.de|aparat\.com)$/;
const AUDIO_HOST =
  /(?:^|\.)(?:(?:open|podcasters|creators)\.spotify\.com|(?:podcasts|music)\.apple\.com|soundcloud\.com|bandcamp\.com|deezer\.com|tidal\.com|tunein\.com|audible\.com|anchor\.fm|spreaker\.com|podbean\.com|buzzsprout\.com|simplecast\.com|libsyn\.com|megaphone\.fm|acast\.com|transistor\.fm|captivate\.fm|fireside\.fm|podigee\.io|redcircle\.com|castbox\.fm|overcast\.fm|pocketcasts\.com|pca\.st|player\.fm|podchaser\.com|ivoox\.com|ausha\.co|audioboom\.com|omny\.fm|mixcloud\.com|ardaudiothek\.de)$/;

const end = "\\s*[!.)\\]]*$";
const dash = "(?:[-–—|:(\\[]\\s*)";

/** The first matching rule counts. Title rules match how news desks mark a piece, mostly at the end. */
const rules: Rule[] = [
  { form: "video", host: VIDEO_HOST },
  { form: "audio", host: AUDIO_HOST },
  {
    form: "live",
    title: new RegExp(
      `${dash}(?:live|as it happened|live updates?|live blog|liveticker|en direct|en directo|ao vivo)${end}`,
      "iu",
    ),
    path: /\/(?:live|liveblog|liveticker)\//,
  },
  {
    form: "gallery",
    title: new RegExp(
      `${dash}(?:in pictures|photos|photo essay|gallery|bildergalerie|en images|en imágenes|em imagens|fotos)${end}|\\b(?:top|best) photos${end}`,
      "iu",
    ),
    path: /\/(?:gallery|galleries|picture|pictures|bildergalerie|fotostrecke|diaporama|galeria|fotos)\//,
    section: /^(?:pictures|photography of the day|galler(?:y|ies))$/i,
  },
  {
    form: "video",
    title: new RegExp(`${dash}(?:video|vidéo|vídeo|watch)${end}|^(?:video|watch|vidéo|vídeo):`, "iu"),
    // PeerTube's short addresses end in 22 letters and digits.
    path: /\/(?:videos?|watch|iplayer)\/|^\/w\/[a-z0-9]{22}$/,
  },
  {
    form: "audio",
    title: new RegExp(`${dash}podcasts?${end}|^podcast:`, "iu"),
    path: /\/(?:audio|podcasts?|sounds\/play|sounds\/brand)\/|\.(?:mp3|m4a|ogg|opus|aac)$/,
  },
  {
    form: "puzzle",
    title:
      /(?<!\p{L})(?:crossword|sudoku|horoscopes?|wordle|quiz|horoskope?|kreuzworträtsel|mots croisés|horóscopos?|crucigrama|palavras cruzadas|حظك اليوم|الأبراج اليوم|הורוסקופ|תשבץ)(?!\p{L})|(?<!\p{L})(?:lotto|lottery|euromillions|powerball|mega millions|loto|loter[íi]a|mega-sena)(?!\p{L}).{0,40}(?:results|winning numbers|gewinnzahlen|résultats|tirage|resultados?)(?!\p{L})|(?<!\p{L})lottozahlen(?!\p{L})/iu,
    path: /\/(?:crosswords?|puzzles?|games|horoscope|quiz|quizzes)\//,
  },
  {
    form: "promotion",
    title:
      /^\[sponsor\]|^(?:we(?:['’]re| are) (?:now )?hiring|wir (?:stellen ein|suchen)|nous recrutons|on recrute|estamos contratando|procuramos|דרושים|وظائف شاغرة)\s*(?:[:!–—-]|$)|^\[?(?:(?:sponsored|advertisement|deal of the day|sign up)(?!\p{L})|(?:anzeige|(?:contenu |article )?sponsorisé|publi-?rédactionnel|publirreportaje|(?:contenido |conteúdo )?patrocinado|publieditorial|محتوى برعاية|תוכן (?:ממומן|שיווקי))\s*(?:[:|\]–—-]|$))/iu,
    path: /\/(?:sponsored|advertorial|anzeige|deals|coupons)\//,
  },
  {
    form: "opinion",
    // bounded: a title, at most 300 characters
    title:
      /\s\|\s\p{Lu}[\p{L}.'’-]+(?:\s[\p{L}.'’-]+){1,6}$|^(?:[Oo]pinion|[Ee]ditorial|[Kk]ommentar|[Ll]etters?|Meinung|Leitartikel|Tribune|[ÉE]dito(?:rial)?|Opini(?:ón|ão)|Coluna|Columna|رأي|افتتاحية|דעה)\s?:/u,
    path: /\/(?:opinion|opinions|commentisfree|comment|editorial|editorials|kommentar|meinung|opiniao|letters|columnists?)\//,
    section: /^(?:opinion|comment|editorials?|letters|kommentar|meinung|opinión|opinião)$/iu,
  },
  {
    form: "background",
    title:
      /[?？]["”’']?$|(?:^|: )(?:\d{1,2}|three|five|seven|ten) (?:things|reasons|facts|ways|takeaways|dinge|gründe|fakten|choses|raisons|cosas|razones|claves|coisas|razões|motivos)(?=$|[\s,:])|^(?:how|why|what|when|where|who|which|wie|warum|weshalb|pourquoi|comment|cómo|por qué|como|por que|explainer)\b|^(?:review|rezension|critique|reseña):|[-–—|]\s*review$/iu,
    path: /\/(?:explainers?|features?|longreads?|long-read|lifestyle|recipes?)\//,
  },
];

/** All rules as one, because most titles and addresses fit none. */
const anyOf = (patterns: readonly (RegExp | undefined)[], flags: string): RegExp =>
  // bounded: titles and addresses, at most 2000 characters
  new RegExp(patterns.flatMap((one) => one?.source ?? []).join("|"), flags);
const anyTitle = anyOf(
  rules.map(({ title }) => title),
  "iu",
);
const anyPath = anyOf(
  rules.map(({ path }) => path),
  "",
);

/** An article's form, by its feed's fields, its title's ending, its address and its section. */
export function formOf(article: Pick<Article, "title" | "url" | "section" | "medium">): Form {
  if (article.medium !== undefined) return article.medium === "picture" ? "gallery" : article.medium;
  const { path, host } = placeOf(article.url);
  const [byTitle, byPath] = [anyTitle.test(article.title), anyPath.test(path)];
  const fits = ({ title, path: inPath, section, host: ofHost }: Rule) =>
    (byTitle && title?.test(article.title) === true) ||
    (byPath && inPath?.test(path) === true) ||
    (ofHost?.test(host) ?? false) ||
    (article.section !== null && (section?.test(article.section) ?? false));
  return rules.find(fits)?.form ?? "news";
}

function placeOf(url: string | null): { path: string; host: string } {
  const [, host = "", path = ""] = /^[a-z]+:\/\/([^/?#]*)([^?#]*)/i.exec(url ?? "") ?? [];
  return { host: host.toLowerCase(), path: path.toLowerCase() };
}

/** Each form's description for editors, and its share of the weight of form. */
export const forms: Record<Form, { value: number; reason: string | null }> = {
  news: { value: 1, reason: null },
  background: { value: 0.7, reason: "It explains, reviews or asks rather than reports, so news goes before it." },
  opinion: { value: 0.45, reason: "It is an opinion piece, so news goes before it." },
  live: { value: 0.2, reason: "It is a live page, which has moved on by the time a reader opens it." },
  video: { value: 0.15, reason: "It is a video, with little to read." },
  gallery: { value: 0.1, reason: "It is a picture gallery, with little to read." },
  audio: { value: 0.15, reason: "It is something to listen to, with little to read." },
  puzzle: { value: 0, reason: "It is a puzzle or a quiz, not news." },
  promotion: { value: 0, reason: "It looks like a promotion, not news." },
};
