import { namesButtons } from "./buttons.ts";
import { readable } from "./furniture.ts";
import { addressesReaders } from "./pleas.ts";
import { COUNTED } from "./words.ts";

/**
 * Furniture by repetition: a line at the same end of several items of one feed is part of none of them, whatever its
 * words. Columns, prayers and forecasts have refrains too, so a line also has to look like furniture in some way, and
 * the less it does, the more items have to have it.
 */

/** An item's texts, such as body and summary, without the furniture that is known by its words. */
export type ItemTexts = {
  readonly title: string;
  readonly author: string | null;
  readonly texts: readonly (readonly string[])[];
  /** Those of their paragraphs that are links from beginning to end. */
  readonly links: ReadonlySet<string>;
};

/** Most lines of a text that are looked at, at its beginning and at its end. */
const ZONE = { start: 2, end: 10 };
/** Least items that have a line, and the share of the feed's items, by what the line looks like. */
const LEAST = 3;
const SHARES = { link: 0.1, button: 0.25, plea: 0.5, label: 0.5, sentence: 0.5 } as const;
type Looks = keyof typeof SHARES;
/** Longest lines in characters: notices about authors, labels, mottos between other furniture, and lines between it. */
const LONGEST = { notice: 700, label: 120, motto: 160, between: 60 };
/** Lines that only one item has, such as its tags, between or after furniture. */
const MOST_BETWEEN = 2;

/** A paragraph, or a further sentence of the last one. */
type Line = { readonly text: string; readonly goesOn: boolean; readonly start: string; readonly end: string };
/** A line that several items have. `varies`: with other numbers. */
type Counted = { items: number; readonly text: string; varies: boolean; byWords?: ByWords };
type ByWords = "known" | "button" | "plea" | "none";
type Feed = {
  readonly counted: ReadonlyMap<string, Counted>;
  readonly items: number;
  readonly publisher: string | null;
};

/** The same texts without such lines. A text that has no line of its own is kept as it is. */
export function withoutRepeated(items: readonly ItemTexts[], publisher: string | null): (readonly string[])[][] {
  const cut = items.map((item) => item.texts.map((text) => cutText(text, item)));
  const counted = countLines(items, cut);
  const written = items.filter(({ texts }) => texts.some((text) => text.length > 0)).length;
  const feed: Feed = { counted, items: written, publisher };
  return items.map((item, index) =>
    item.texts.map((text, of) => (counted.size === 0 ? text : strip(text, cut[index]?.[of] ?? NO_TEXT, item, feed))),
  );
}

/** The end of a sentence. */
// bounded: LONGEST.notice, 700 characters
const SENTENCES = /(?<=[.!?…؟。]["”»’')\]]?)\s+/u;
/** Furniture in the last paragraph, in sentences. */
const MOST_SENTENCES = 3;

/** A text's paragraphs, and the same with the last sentences of the last paragraph as lines. */
type CutText = { readonly whole: readonly Line[]; readonly inSentences: readonly Line[] };
const NO_TEXT: CutText = { whole: [], inSentences: [] };

function cutText(text: readonly string[], item: ItemTexts): CutText {
  const whole = toLines(
    text.map((one) => ({ text: one, goesOn: false })),
    item,
  );
  const last = text.at(-1) ?? "";
  const sentences = last.slice(-LONGEST.notice).split(SENTENCES);
  if (sentences.length < 2) return { whole, inSentences: whole };
  const end = sentences.slice(Math.max(1, sentences.length - MOST_SENTENCES));
  let from = last.length;
  for (const sentence of end.toReversed()) from = last.lastIndexOf(sentence, from - sentence.length);
  const start = last.slice(0, from).trimEnd();
  const pieces = [...text.slice(0, -1), start].map((one) => ({ text: one, goesOn: false }));
  return { whole, inSentences: toLines([...pieces, ...end.map((one) => ({ text: one, goesOn: true }))], item) };
}

function toLines(pieces: readonly { text: string; goesOn: boolean }[], item: ItemTexts): Line[] {
  return pieces.map((piece, at) => {
    const isStart = at < ZONE.start;
    const isEnd = at >= pieces.length - ZONE.end;
    const key = isStart || isEnd ? keyOf(piece.text, item) : "";
    return { ...piece, start: isStart && key !== "" ? `^${key}` : "", end: isEnd && key !== "" ? `$${key}` : "" };
  });
}

/** In place of numbers, addresses, and the item's own title and author. */
const [NUMBER, ADDRESS, TITLE, AUTHOR] = ["0", "§", "¶", "‡"];
/** Shorter titles are words of other lines. */
const TELLING_TITLE = 10;
// bounded: LONGEST.notice, 700 characters
const LINK = /(?:https?:\/\/|www\.)\S+|\S{1,64}@\S{3,80}|(?<![\p{L}\p{N}])@[\p{L}\p{N}_.]+/gu;

/** A line without what differs from item to item. */
function keyOf(text: string, { title, author }: ItemTexts): string {
  if (text.length > LONGEST.notice) return "";
  let key = text;
  if (title.length >= TELLING_TITLE) key = key.replaceAll(title, TITLE);
  if (author?.includes(" ")) key = key.replaceAll(author, AUTHOR);
  return key
    .toLowerCase()
    .replace(LINK, ADDRESS)
    .replace(/\p{Nd}+(?:[.,]\p{Nd}+)*/gu, NUMBER)
    .replace(/[^\p{L}\p{M}\p{N}§¶‡]+/gu, " ")
    .trim();
}

/** Each item counts a line once; items with the same title are versions of one article. */
function countLines(items: readonly ItemTexts[], cut: readonly (readonly CutText[])[]): Map<string, Counted> {
  const counted = new Map<string, Counted>();
  const titles = new Set<string>();
  for (const [index, { title }] of items.entries()) {
    const lines = (cut[index] ?? []).flatMap(({ whole, inSentences }) => [...whole, ...inSentences]);
    const name = title || (lines[0]?.text ?? "");
    if (titles.has(name)) continue;
    titles.add(name);
    const own = new Map(lines.flatMap(({ text, start, end }) => [[start, text] as const, [end, text] as const]));
    own.delete("");
    for (const [key, text] of own) {
      const known = counted.get(key);
      if (known === undefined) counted.set(key, { items: 1, text, varies: false });
      else {
        known.items += 1;
        known.varies ||= known.text !== text;
      }
    }
  }
  for (const [key, { items: of }] of counted) if (of < LEAST) counted.delete(key);
  return counted;
}

/** What a repeated line looks like; null: it isn't repeated enough for that. */
function looks(line: Line, key: string, item: ItemTexts, feed: Feed): Looks | null {
  const counted = feed.counted.get(key);
  if (counted === undefined) return null;
  const kind = kindOf(line.text, key, counted, item, feed.publisher);
  return kind !== null && counted.items >= SHARES[kind] * feed.items ? kind : null;
}

const COUNTS = new RegExp(`(?<![\\p{L}\\p{M}])${COUNTED}(?![\\p{L}\\p{M}])`, "u");
const ENDS = /[.!?؟。]["”»’')\]]*$/u;
const isLabel = (text: string) => text.length <= LONGEST.label && !ENDS.test(text);

function kindOf(text: string, key: string, counted: Counted, item: ItemTexts, publisher: string | null) {
  if (item.links.has(text) || /[§¶]/u.test(key)) return "link";
  const names = (one: string | null) => one !== null && one.length > 2 && text.includes(one);
  if (names(publisher) || names(item.author)) return "button";
  counted.byWords ??= kindByWords(text);
  if (counted.byWords === "known" || counted.byWords === "button") return "button";
  if (counted.byWords === "plea" && !counted.varies) return "plea";
  // "12 replies", unlike "Wind: 12 knots" in a forecast.
  if (counted.varies) return COUNTS.test(text.toLowerCase()) ? "label" : null;
  return isLabel(text) ? "label" : "sentence";
}

/** A first line, or a sentence of the last paragraph, may be furniture that is known at the end as a paragraph. */
function kindByWords(text: string): ByWords {
  if (readable([OTHER, text], "").length < 2) return "known";
  if (namesButtons(text)) return "button";
  return addressesReaders(text) || OF_ITSELF.test(text) ? "plea" : "none";
}
/** "This interview has been shortened." */
const OF_ITSELF =
  /(?<!\p{L})(?:this|these|dies\p{L}{1,2}|cet|cette|ces?|est[ea]s?) (?:\p{L}+ )?(?:articles?|interview|conversation|text|post|column|story|series|e-?mail|newsletter|edition|episode|podcast|website|artikel|beitrag|gespräch|kolumne|ausgabe|folge|entretien|texte|billet|chronique|courriel|épisode|édition|artículo|entrevista|texto|columna|correo|boletín|edición|episodio|artigo|coluna|edição|episódio)(?!\p{L})/iu;
const OTHER = "One sentence says this.";

/** A text of sentences: there, a line without a full stop is a label; in verse and tables it isn't. */
function isProse(own: readonly Line[]): boolean {
  return own.filter(({ text }) => ENDS.test(text)).length * 2 > own.length;
}

function strip(text: readonly string[], cut: CutText, item: ItemTexts, feed: Feed): readonly string[] {
  const isRepeated = ({ start, end }: Line) => feed.counted.has(start) || feed.counted.has(end);
  const lastLine = cut.whole.at(-1);
  const lines = lastLine !== undefined && isRepeated(lastLine) ? cut.whole : cut.inSentences;
  const own = lines.filter((line) => !isRepeated(line));
  if (own.length === lines.length || !own.some(({ text: one }) => /\S\s+\S+\s+\S/u.test(one))) return text;
  const isFurniture = (kind: Looks | null) =>
    kind === "link" || kind === "button" || kind === "plea" || (kind === "label" && isProse(own));
  const last = innermost(lines, (line) => looks(line, line.end, item, feed), isFurniture);
  const goes = (line: Line, at: number): boolean => {
    const atStart = looks(line, line.start, item, feed);
    const isKnown = feed.counted.get(line.start)?.byWords === "known";
    if (atStart === "link" || (isFurniture(atStart) && (isKnown || isLabel(line.text)))) return true;
    if (at < last) return false;
    const atEnd = looks(line, line.end, item, feed);
    return isFurniture(atEnd) || (atEnd === "sentence" && line.text.length <= LONGEST.motto);
  };
  return join(lines.filter((line, at) => !goes(line, at)));
}

/** Where the furniture at the end begins. It ends at a line of the item's own that isn't short. */
function innermost(
  lines: readonly Line[],
  look: (line: Line) => Looks | null,
  isFurniture: (kind: Looks | null) => boolean,
): number {
  let found = lines.length;
  let between = 0;
  const isQuestion = (line: Line | undefined): line is Line =>
    line !== undefined && /[?؟]$/u.test(line.text) && look(line) === "sentence";
  for (let at = lines.length - 1; at >= 0 && at >= lines.length - ZONE.end; at -= 1) {
    const line = lines[at];
    if (line === undefined) break;
    const [kind, before] = [look(line), lines[at - 1]];
    // "Enjoyed this?" before "Send it to a friend."
    const isPlea = kind === "sentence" && isQuestion(before) && namesButtons(`${before.text} ${line.text}`);
    if (isFurniture(kind) || isPlea) found = at;
    else if (kind === null) {
      between += 1;
      if (between > MOST_BETWEEN || line.text.length > LONGEST.between || ENDS.test(line.text)) break;
    }
  }
  return found < lines.length && isQuestion(lines[found - 1]) ? found - 1 : found;
}

function join(lines: readonly Line[]): string[] {
  const paragraphs: string[] = [];
  for (const { text, goesOn } of lines) {
    const before = goesOn ? paragraphs.pop() : undefined;
    paragraphs.push(before === undefined ? text : `${before} ${text}`);
  }
  return paragraphs;
}
