import type { LocalDate } from "../../time/instant.ts";

/** Visible characters of a subject on phones and desktops. */
export const SUBJECT_MOST = 60;
/** Length of a preheader in characters; with fewer, the body's text appears after it; more aren't shown. */
const PREHEADER_LEAST = 60;
const PREHEADER_MOST = 110;

/** "Plus:" before the stories in a preheader; in other languages, the stories alone. */
const plus: Record<string, string> = {
  en: "Plus: ",
  de: "Außerdem: ",
  fr: "Aussi\u00a0: ",
  es: "Además: ",
  pt: "E mais: ",
  ar: "وأيضًا: ",
  he: "וגם: ",
};

/** Words that can't end a phrase; a text cut after one looks broken off. */
const danglers = new Set(
  (
    "a an the and or but nor of in on at to from by for with without into over under after before as than that which who " +
    "his her its their our your my " +
    "der die das den dem des ein eine einen einem einer und oder von im am zu zum zur mit ohne nach vor für auf aus bei " +
    "le la les un une des du de et ou au aux dans sur pour par avec sans l d " +
    "el los las una y o del al con sin por para os as um uma e do da dos no na nos nas em com"
  ).split(" "),
);

/** Verbs that need an object; if it was cut off, the whole clause is removed, because the object may be the news. */
const openers = new Set(
  "is are was were be been has have had will would can could may to ist sind war wird hat est sont a es son é são".split(
    " ",
  ),
);

/**
 * The subject if there are no headlines: the newsletter's name and the date in its language, as in the email's heading;
 * shorter if it would exceed 60 characters.
 */
export function nameAndDate(title: string, date: LocalDate, language: string): string {
  const names = (["full", "long", "medium"] as const).map((dateStyle) => {
    const day = new Intl.DateTimeFormat(language, { dateStyle, timeZone: "UTC" }).format(new Date(`${date}T12:00:00Z`));
    return `${title}, ${day}`;
  });
  const fitting = names.find((name) => length(name) <= SUBJECT_MOST);
  return fitting ?? `${cut(title, SUBJECT_MOST - date.length - 2)}, ${date}`;
}

/**
 * The lead's whole headline, or the newsletter's name and date. It is never cut, because the rest, such as an
 * attribution, a "not" or a question mark, may be what makes it true. Mail programs show as much as fits.
 */
export function subjectOf(edition: {
  headline: string | null;
  title: string;
  date: LocalDate;
  language: string;
}): string {
  const headline = (edition.headline ?? "").trim();
  return headline !== "" ? headline : nameAndDate(edition.title, edition.date, edition.language);
}

/** The next stories in 60 to 110 characters, with whole headlines if they fit, and without repeating the subject. */
export function preheaderOf(headlines: readonly string[], said: readonly string[], language: string): string {
  const start = plus[language.split("-")[0] ?? ""] ?? "";
  const next = headlines.filter((headline) => !said.includes(headline));
  const whole: string[] = [];
  const joined = (titles: readonly string[]) => start + titles.join("; ");
  for (const headline of next) {
    if (length(joined([...whole, headline])) <= PREHEADER_MOST) whole.push(headline);
    else if (length(joined(whole)) >= PREHEADER_LEAST) break;
  }
  const text = joined(whole);
  if (whole.length > 0 && length(text) >= PREHEADER_LEAST) return text;
  const rest = next.find((headline) => !whole.includes(headline));
  if (rest === undefined) return whole.length > 0 ? text : "";
  const before = joined([...whole, ""]);
  return before + cut(rest, PREHEADER_MOST - length(before));
}

const length = (text: string): number => [...text].length;

/** At most `most` characters of a text, cut after a word that can end a phrase. */
export function cut(text: string, most: number): string {
  if (length(text) <= most) return text;
  const head = [...text].slice(0, most + 1).join("");
  const space = head.search(/\s\S*$/u);
  if (space <= 0) return wordsWithin(text, most);
  return closed(head.slice(0, space));
}

/** For scripts without spaces: as many words as fit, by Unicode's word boundaries. */
function wordsWithin(text: string, most: number): string {
  let within = "";
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: "word" }).segment(text)) {
    if (length(within + segment) > most) break;
    within += segment;
  }
  return within === "" ? [...text].slice(0, most).join("") : closed(within);
}

/** Removes short phrases that were cut ("plan to release") as a whole, if enough text remains. */
const ENOUGH = 30;

/** Removes an end that can't end a phrase: an open bracket or quote, a comma, a dash, "of the", "to release". */
function closed(text: string): string {
  const words = text.split(" ");
  const last = words.at(-1)?.toLowerCase() ?? "";
  const rest = tidy(openers.has(last) ? words.slice(0, -1).join(" ") : text);
  // The removed part began the next phrase, so the one before it is complete.
  if (rest !== text && !openers.has(last)) return rest;
  const from = openers.has(last) ? 0 : words.length - 2;
  const open = words.findLastIndex((word, index) => index >= from && danglers.has(word.toLowerCase()));
  const whole = open < 0 ? "" : tidy(words.slice(0, open).join(" "));
  return length(whole) >= ENOUGH ? whole : rest;
}

function tidy(text: string): string {
  let rest = text;
  for (;;) {
    const shorter = rest.replace(/(?<![\s,;:–—\-|/&([{“„«‘])[\s,;:–—\-|/&([{“„«‘]+$/u, "");
    const last = /\s(\S+)$/u.exec(shorter);
    const trimmed = last?.[1] && danglers.has(last[1].toLowerCase()) ? shorter.slice(0, last.index) : shorter;
    if (trimmed === "") return text;
    if (trimmed === rest) return trimmed;
    rest = trimmed;
  }
}
