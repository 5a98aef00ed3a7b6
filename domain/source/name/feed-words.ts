/** Words that ask for the newest or for all of something. */
const LATEST = [
  "latest newest recent breaking top all main full complete public official rss atom xml current hot active popular featured trending",
  "aktuell aktuelle aktuelles aktuellen neueste neuesten neuste neusten alle letzte eilmeldungen top-themen",
  "une dernier derniers derniere dernieres tout tous toute toutes principales actu actualite actualites infos direct continu",
  "ultimo ultimos ultima ultimas todo todos toda todas tudo destacadas principais principales principal titulares portada capa",
  "ultime ultimi tutte tutti laatste recente nieuwste senaste seneste siste nyeste alla kaikki uusimmat viimeisimmat tuoreimmat",
  "najnowsze ostatnie wszystkie glowna glowne nejnovejsi posledni vsechny hlavni najnovsie vsetky hlavne friss legfrissebb osszes ultimele toate najnovije sve zadnje",
  "son tum last-minute terbaru terkini semua utama",
  "последние свежие лучшее популярное все всё главное главные лента останні усі всі головне головні стрічка последни всички водещи најновије све",
  "τελευταια ολα ολες ροη آخر اخر أحدث جميع أهم عاجل آخرین تازه‌ترین مهمترین כל אחרונות ताजा ताज़ा सभी সর্বশেষ সব",
];

/** Words for what a feed lists, and for its place on a site. */
const LISTED = [
  "news newsfeed newswire wire headline headlines story stories topstories post posts article articles update updates entry entries content topics feed feeds stream channel home homepage page frontpage front index everything issue archive archives category categories blog submissions changes questions picks syndication podcast rss2",
  "nachrichten schlagzeilen meldungen artikel beitrage themen startseite hauptseite ubersicht newsticker ticker gesamt feed topthemen",
  "accueil nouvelles titres articles flux fil depeches breves billets noticias noticia hora hoy inicio pagina actualidad titular destaques manchetes inicial",
  "notizie ora pagina prima articoli titoli piano nieuws voorpagina artikelen berichten algemeen hoofdpunten overzicht",
  "nyheter nyheterna nyheder nyhederne nyhetene nyhet artiklar artikler saker startsida forsida forside forsiden forstasidan toppnyheter toppsaker uutiset uutinen paauutiset etusivu artikkelit",
  "wiadomosci aktualnosci strona artykuły artykuly newsy informacje zpravy aktuality clanky titulni strana zpravodajstvi spravy titulka hirek cikkek cimlap fooldal 24 ora stiri articole pagina vijesti novosti vesti naslovnica pocetna novice",
  "dakika haber haberler haberleri anasayfa sayfa manset mansetler gundem berita beranda terpopuler berita-utama tin tuc moi nhat trang chu",
  "новости новостей новость дня сутки публикации статьи материалы главная страница новини новин статті статти вести насловна αρχικη ειδησεις νεα σελιδα επικαιροτητα πρωτη",
  "أخبار الأخبار الاخبار اخبار الرئيسية اخر خبرها صفحه اصلی חדשות ראשי הכתבות כתבות מבזקים समाचार खबरें ख़बरें मुख्य पृष्ठ সংবাদ খবর শীর্ষ",
];

/** Words for sections of a newspaper and parts of the world. */
const SECTIONS = [
  "world international national local regional global europe asia africa americas america uk us usa business economy money finance markets politics technology tech science health sport sports football soccer culture art arts entertainment life lifestyle style opinion comment travel education environment climate society media video videos photos audio music film films movies tv books games gaming food weather law analysis features reviews",
  "wirtschaft politik kultur fußball fussball ausland inland wissen wissenschaft technik panorama gesundheit gesellschaft netzwelt digital reise leben meinung medien feuilleton finanzen welt deutschland lokales",
  "monde economie politique sante societe planete sciences technologie technologies medias internationale foot opinions idees debats",
  "economia politica mundo internacional internacionales internacionais deportes futbol cultura sociedad sociedade tecnologia ciencia ciencias salud saude opinion opiniao esportes desporto educacao",
  "mondo cronaca esteri calcio spettacoli scienza scienze salute ambiente binnenland buitenland economie politiek voetbal wetenschap gezondheid opinie wereld",
  "inrikes utrikes varlden ekonomi debatt vetenskap indland udland erhverv verden viden innenriks utenriks okonomi meninger kotimaa ulkomaat talous politiikka kulttuuri urheilu tiede",
  "kraj swiat gospodarka polityka biznes nauka domaci zahranici zahranicne svet ekonomika veda belfold kulfold gazdasag kultura tudomany extern dunya siyaset spor teknoloji saglik bilim nasional internasional olahraga dunia the-gioi",
  "политика экономика мир общество спорт наука технологии політика економіка світ суспільство култура κοσμος πολιτικη οικονομια αθλητισμος ελλαδα",
  "العالم اقتصاد الاقتصاد رياضة الرياضة سياسة السياسة ثقافة جهان اقتصاد ورزش سیاست فرهنگ בעולם כלכלה ספורט תרבות देश दुनिया खेल",
];

/** Words between them. */
const BETWEEN = [
  "and of in for from on the by at to und et y e og och ja i и та ve de des du del della di da do dos das der die den dem aus von vom für dans en na no a à au aux l d le la les los las el il lo gli al van het een om av på för till fra til z ze w v ve за lo más mas cima en em ao nyt nytt",
];

/** Words for a feed's items that aren't part of a name, as "News" is. */
const ITEMS = [
  "articles posts stories entries headlines topics feed feeds artikel beitrage articulos artigos articoli artikelen artiklar artikler artykuly clanky cikkek статьи статті",
];

/** Chinese, Japanese, Korean and Thai write such words without spaces between them. */
const UNSPACED =
  /^(?:ニュース|速報|最新|主要|記事|一覧|トップ|ページ|新着|すべて|国内|国際|経済|政治|スポーツ|社会|エンタメ|テクノロジー|科学|文化|ヘッドライン|総合|フィード|の|新闻|新聞|要闻|要聞|头条|頭條|焦点|焦點|即时|即時|滚动|滾動|首页|首頁|全部|文章|国际|國際|國內|财经|財經|体育|體育|科技|娱乐|娛樂|军事|軍事|消息|频道|頻道|热点|熱點|综合|綜合|社會|최신|뉴스|기사|전체|속보|주요|헤드라인|정치|경제|사회|국제|문화|스포츠|연예|홈|메인|ข่าว|ล่าสุด|หน้าแรก|ทั้งหมด|rss)+$/u;

/** In lower case without accents, as the words are compared. */
const fold = (text: string): string =>
  text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])\p{M}+/gu, "$1")
    .normalize("NFC");
const setOf = (lists: readonly string[]): ReadonlySet<string> =>
  new Set(lists.flatMap((list) => fold(list).split(" ")));
const [latest, listed, sections, between] = [setOf(LATEST), setOf(LISTED), setOf(SECTIONS), setOf(BETWEEN)];
const items = setOf(ITEMS);
const ARTICLE = setOf(["the le la les l el los las il lo der die das den de het o os as"]);

const wordsOf = (text: string): string[] =>
  fold(text)
    .split(/[\s,;&+/'’]+/u)
    .map((word) => word.replace(/^[^\p{L}\p{N}]+|(?<![^\p{L}\p{N}])[^\p{L}\p{N}]+$/gu, "").replaceAll(".", ""))
    .filter((word) => word !== "");

const isListing = (word: string): boolean => latest.has(word) || listed.has(word) || UNSPACED.test(word);

/**
 * Whether a text only says what a feed lists, such as "Latest news & headlines", "Toutes les actualités" or "Sport". A
 * section with an article is a newspaper's name: "Le Monde", "The World".
 */
export function isFeedWords(text: string): boolean {
  const words = wordsOf(text);
  const telling = words.filter((word) => !between.has(word) || isListing(word));
  if (telling.length === 0 || telling.some((word) => !isListing(word) && !sections.has(word))) return false;
  return telling.some(isListing) || words.length === 1 || !ARTICLE.has(words[0] ?? "");
}

/**
 * A name without words for what its feed lists: "Harbour Latest Stories", "Harbour Articles" at harbour.example and "All
 * the latest from Harbour" are Harbour. "Harbour News" is a name.
 * @param likeness how clearly a text names the feed's site
 */
export function withoutFeedWords(text: string, likeness: (text: string) => number): string {
  const words = text.split(" ");
  const tail = words.findIndex(
    (word, index) =>
      index > 0 &&
      (isLatestUnspaced(word) || (index < words.length - 1 && isLatest(word))) &&
      isFeedWords(words.slice(index).join(" ")),
  );
  const start = tail < 0 ? words : words.slice(0, tail);
  const name =
    items.has(fold(start.at(-1) ?? "")) && likeness(start.slice(0, -1).join(" ")) > 2 ? start.slice(0, -1) : start;
  const rest = name.findIndex(
    (_, index) => index > 1 && isIntroduction(name.slice(0, index), likeness(name.slice(index).join(" ")) > 1),
  );
  return name.slice(Math.max(rest, 0)).join(" ");
}

const isLatest = (word: string): boolean => wordsOf(word).some((one) => latest.has(one));
/** "最新記事一覧": words for the newest without spaces between them. */
const isLatestUnspaced = (word: string): boolean => /最新|新着|一覧|최신|ล่าสุด/u.test(word) && UNSPACED.test(fold(word));

/** "Latest & breaking news on", "Aktuelle Nachrichten der": words for a list, and one that leads to a name. */
const isIntroduction = (words: readonly string[], toSite: boolean): boolean =>
  LEADS.has(fold(words.at(-1) ?? "")) && (toSite || words.some(isLatest)) && isFeedWords(words.slice(0, -1).join(" "));
const LEADS = setOf([
  "of on from by at for in der des von vom aus bei du de des del della di da do van bij från av fra af z ze из от от",
]);
