import { isButton } from "./buttons.ts";
import { isCredit } from "./credits.ts";
import { echoOf } from "./echo.ts";
import { withoutEndNotes } from "./end-notes.ts";
import { LABELS, OTHER_HEADLINE } from "./labels.ts";
import { NOTICES } from "./notices.ts";
import { isFurnitureByRoles } from "./roles/rules.ts";
import { SERVICE_LINES } from "./service-lines.ts";
import {
  AROUND_ADVERT,
  BUTTONS,
  CONTACT,
  COUNTED,
  FIRST_ON,
  FOLLOW_ON,
  MAILING,
  NETWORKS,
  OLD_TEXT,
  PUBLISHED_ELSEWHERE,
  READ_MORE,
  READING_TIME,
  RELATED,
  SHARE_ON,
  THIS_TEXT,
} from "./words.ts";

/** Longest furniture in characters; for longer paragraphs, only the tail is checked. */
const LONGEST = 600;
const END = "(?=$|[^\\p{L}\\p{N}])";
const ARROWS = "[\\s.…»›→>⟶➔\\])]*";
/** Ends where what may stand between two numbers begins, so a line of many has one reading. */
const NUMBER = "[\\d٠-٩]+(?:[.,][\\d٠-٩]+)*(?:\\s?[km](?![\\p{L}\\p{N}]))?";

// bounded: LONGEST, 600 characters
const pattern = (source: string) => new RegExp(source, "u");

/** Whole paragraphs that aren't part of the article, in lower case. */
const FURNITURE: readonly RegExp[] = [
  // A real sentence, such as "Read more books, he said.", ends with a full stop.
  pattern(
    `^(?=.{0,160}$)[\\s([→»*-]*${READ_MORE}${END}(?:$|\\s*(?:[:»›→>…\\])]|\\.{2})|\\s+(?:on|in|at|about|from|here|auf|bei|im|hier|sur|dans|ici|en|sobre|aquí|em|no|na|aqui|على|عن)(?=$|\\s)(?![^,]{0,120},.*[^\\s.]\\.$)|.{0,80}[^.!?]$)`,
  ),
  pattern(`^[^\\p{L}\\p{N}]*${RELATED}\\s*(?:[:|»►–—](?!.*[^\\s.]{2}\\.$)|$)`),
  // A note of origin is short; "The article was first published in 1851 and caused a riot." goes on.
  pattern(
    `^${THIS_TEXT} ${PUBLISHED_ELSEWHERE}${END}(?!.{0,40}\\d{4} (?:and|but|und|et|y|e)\\s)(?!.*\\band (?:was|were|is|has|had)\\b)(?!\\s\\S{1,20}[.]$)`,
  ),
  pattern(`^\\(?(?:more|mehr|plus|suite|más|mais|המשך|المزيد)\\s*(?:\\.{2,}(?!\\.)|[…»›→>⟶➔])+\\s*\\)?$`),
  ...[...NOTICES, ...SERVICE_LINES].map((one) => pattern(`^[\\s*_—–-]*(?:${one})`)),
  pattern(`^[^\\p{L}\\p{N}]*${FOLLOW_ON}${END}.{0,60}$`),
  // An address at the end, after a question or a call to write.
  pattern(
    `^(?:[^?]{5,100}\\?.{0,60}|(?:.{0,60}[.!] )?${CONTACT}[\\s,].{0,80}|${CONTACT})\\s[^\\s@]{1,64}@[^\\s@]{3,100}$`,
  ),
  ...LABELS.map((one) => pattern(`^(?:${one})`)),
  // A button alone, with its object or a plea; a real sentence continues differently.
  pattern(`^[^\\p{L}\\p{N}]*${BUTTONS}\\s*[.!:…»→–—-]*\\s*(?:https?://\\S*|www\\.\\S*|@\\S*)?$`),
  /^follow (?:(?:me|us) )?@\S+.{0,60}$/u,
  /^(?:(?:our|my|follow us on) )?(?:subscribe|support us|follow(?: us| me)?|business inquiries|gear i use|website|instagram|twitter|facebook|patreon|merch|discord|tiktok|newsletter|advertising inquiries|our sponsors?)\s*:/u,
  // bounded: LONGEST, 600 characters
  /^(?:thanks|thank you) for (?:reading|listening|watching|subscribing)(?:\W*$|[!.,…]|\s(?:this|my|our|the|along)\b|.{1,60}!).{0,160}$/u,
  /^(?:danke (?:fürs|für das) (?:lesen|zuhören)|merci (?:d['’]avoir (?:lu|écouté)|de (?:(?:nous |me )?lire|votre lecture))|gracias por (?:leer|escuchar)|obrigad[oa] por (?:ler|ouvir)|شكر[اً]+ (?:لقراءت|للقراءة|على القراءة)|תודה שקרא).{0,160}$/u,
  /\bis a reader-supported publication\b|^this (?:post|episode|newsletter) is (?:for|only for|public)\b.{0,30}(?:subscribers?|members?|share)/u,
  /^discover more from\b|^(?:like|share) this:?$|^like loading|^loading\.{0,3}$|^type your email/u,
  pattern(`^[^\\p{L}\\p{N}]*${SHARE_ON}\\s*:?$`),
  pattern(`^[^\\p{L}\\p{N}]*(?:${SHARE_ON}\\s*:?\\s*)?${NETWORKS}(?:[\\s,|·•/]+(?:${NETWORKS}))*[^\\p{L}\\p{N}]*$`),
  pattern(`^[^\\p{L}\\p{N}]*(?:(?:^|[^\\p{L}\\p{N}]+)${COUNTED}\\s*:\\s*${NUMBER}(?:/\\d+)?)+[.,]?$`),
  pattern(`^[^\\p{L}\\p{N}]*${NUMBER} ${COUNTED}(?:\\s*[-–—|·•,/]+\\s*${NUMBER} ${COUNTED})*[^\\p{L}\\p{N}]*$`),
  pattern(`^[^\\p{L}\\p{N}]*${COUNTED}\\s*\\(${NUMBER}\\)$`),
  pattern(`^${READING_TIME}\\s*:?\\s*(?:~|≈|ca\\.?|<)?\\s*\\d{1,3}(?:[-–]\\d{1,3})?\\s*\\p{L}{0,8}\\.?$`),
  pattern(`^[^\\p{L}\\p{N}]*${AROUND_ADVERT}[^\\p{L}\\p{N}]*$`),
  pattern(`^${OLD_TEXT}\\W*$`),
  // "First published in 1851, the novel …" is text; only an address alone is a note of origin.
  pattern(
    `^${PUBLISHED_ELSEWHERE} (?:at|on|in|auf|bei|sur|en|em|no)\\s+(?:https?://)?[^\\s/]{1,80}\\.[^\\s]{2,200}(?:\\s(?:on|am|le|el|em)\\s.{4,30}\\d{4})?\\.?$`,
  ),
  /^(?:article|comments|discussion|original|source|story|post) ur[li]\s*:/u,
  pattern(`^${MAILING}`),
  // bounded: LONGEST, 600 characters
  /^(?:updated|last modified|published|aktualisiert|stand|mis à jour|publié|actualizado|publicado|atualizado)?\s*(?::|at|um|à|a las|às)?\s*\d{1,2}[.:]\d{2}\s*(?:am|pm|uhr)?\s*(?:gmt|bst|utc|est|edt|cet|cest)?$/u,
  /^(?:submitted by|posted by)\b(?!.*[^\s.]{2}\.$).{0,120}$|^\[?(?:link|comments?|permalink)\]?(?:\s*\[?(?:\d+ )?(?:link|comments?)\]?)*$/u,
  // bounded: LONGEST, 600 characters
  /^(?:no content\.?|what['’]s changed|full changelog\b.{0,200}|abstract|summary|zusammenfassung|résumé|resumen|resumo)\s*:?$/u,
  /^full changelog\b/u,
  // PubMed: the citation above an abstract and the numbers below it.
  /^pmid:\s*\d|^doi:\s*10\.|^[^.]{2,120}\. \d{4}\b.{0,120}\bdoi: ?10\.\d/u,
  /^(?:#[\p{L}\p{N}_]+[\s,]*)+$/u,
  /^<?https?:\/\/\S+$/u,
  /^(?:[\p{L}’'-]+ ){0,2}(?:link|url|thread|topic|submission|discussion|comments|permalink|source|diskussion|kommentare|quelle|lien|commentaires|enlace|debate|comentarios|fuente|ligação|discussão|comentários|fonte|رابط|الرابط|المصدر|קישור|דיון|מקור)\s?:\s*(?:https?:\/\/|www\.)\S+$/u,
  /^[\s\p{P}\p{S}]*$/u,
  /^\[?(?:…|\.{3})\]?$/u,
];

/** Longest tail; searching a whole text would take most of an edition's time. */
const LONGEST_TAIL = 120;
/** Endings of tails, which sentences rarely have. */
const TAIL_END = /(?:\.\.|[\p{L}…»›→>⟶➔)\]])$/u;
/** A link to the rest of the text, after the last sentence; after a word, it is part of the sentence. */
// bounded: LONGEST_TAIL, 120 characters, and a title
const TAIL = new RegExp(
  `(?:(?<=[.!?…"”’»)\\]]\\s*)\\(?${READ_MORE}(?:\\s+(?:on|at|in|auf|bei|sur|en|em|no|na|su|op)\\s+.{1,60})?|\\s(?:${READ_MORE})(?=\\s*(?:\\.{2,3}|[…»›→>⟶➔])))${ARROWS}$|\\s*\\[(?:…|\\.{3})\\]\\s*$`,
  "iu",
);
/** A word that each such link contains, checked first, because most texts have none. */
const TAIL_HINT =
  /more|reading|read on|story|article|post|weiter|lesen|lire|suite|savoir|lecture|leer|leyendo|ler |lendo|leia|القراءة|المزيد|קר|כתבה|leggi|lees|lezen|läs|læs|les mer|чит|oku|czytaj|\[(?:…|\.)/iu;
/** arXiv's line above each abstract. */
const ARXIV = /^arxiv:\S+\s+announce type:\s*\S+\s*(?:abstract:\s*)?/iu;

function withoutTail(paragraph: string, title: string): string {
  const text = paragraph.trim();
  if (!TAIL_END.test(text.slice(-2))) return text;
  const start = Math.max(0, text.length - LONGEST_TAIL - title.length);
  if (!TAIL_HINT.test(text.slice(start))) return text;
  // "Continue reading Eel counter →": the title is removed first.
  const end = withoutTitle(text.slice(start), title);
  return (text.slice(0, start) + end.replace(TAIL, "")).trim();
}

function withoutTitle(text: string, title: string): string {
  const end = text.replace(/(?<![\s»›→>⟶➔])[\s»›→>⟶➔]+$/u, "");
  const named = title !== "" && end.toLowerCase().endsWith(` ${title.toLowerCase()}`);
  const before = named ? end.slice(0, -title.length).trimEnd() : text;
  return named && READ_MORE_END.test(before) ? before : text;
}
const READ_MORE_END = new RegExp(`${READ_MORE}$`, "iu");

const PUBLISHED_AFTER_TITLE = new RegExp(`^[^\\p{L}\\p{N}]*${PUBLISHED_ELSEWHERE}${END}`, "u");
const PUBLISHED_FIRST = FIRST_ON.map(([before, after]) => pattern(`^(${before}\\s).{1,400}\\s${after}`));

/** Whether it is WordPress's line: a title begins with a capital letter, unlike "The post office appeared first on …". */
function isFirstOn(paragraph: string, text: string, name: string): boolean {
  const start = PUBLISHED_FIRST.map((one) => one.exec(text)?.[1]).find((found) => found !== undefined);
  if (start === undefined) return false;
  return !/^\p{Ll}/u.test(paragraph.slice(start.length)) || (name !== "" && text.includes(name));
}

/**
 * Whether a paragraph is furniture.
 * @param raw with the bullet of a list
 * @param names the title's, the outlet's and the publisher's, which buttons repeat
 */
function isFurniture(raw: string, title: string, names: readonly string[]): boolean {
  if (raw.length > LONGEST) return false;
  const paragraph = raw.replace(/^• /u, "");
  const text = paragraph.toLowerCase();
  if (FURNITURE.some((one) => one.test(text)) || isCredit(paragraph) || isButton(paragraph, names)) return true;
  if (OTHER_HEADLINE.some((one) => one.test(paragraph))) return true;
  const name = title.toLowerCase();
  if (isFirstOn(paragraph, text, name)) return true;
  return name !== "" && text.startsWith(name) && PUBLISHED_AFTER_TITLE.test(text.slice(name.length));
}

/** Paragraphs before which there may be bylines and players. */
const FIRST = 1;

/**
 * A text without furniture. Remaining paragraphs are unchanged, except for a "Read more" at their end. Paragraphs that
 * only repeat the title or an earlier one are removed too.
 * @param outlet the publisher's name, which aggregators append to the title
 * @param publisher the feed's name, which its buttons repeat
 */
export function readable(
  paragraphs: readonly string[],
  title: string,
  outlet: string | null = null,
  publisher: string | null = null,
): string[] {
  const echoes = echoOf(title, outlet);
  const names = [title, outlet ?? "", publisher ?? ""];
  const seen = new Set<string>();
  const left = paragraphs.flatMap((paragraph) => {
    const text = withoutTail(paragraph.replace(ARXIV, ""), title);
    if (seen.has(text) || echoes(text) || isFurniture(text, title, names)) return [];
    if (isFurnitureByRoles(text, seen.size < FIRST ? "first" : "within", names)) return [];
    seen.add(text);
    return [text];
  });
  return withoutEndNotes(left, names);
}
