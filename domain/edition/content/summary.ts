import { startsWithStandfirst } from "./standfirst.ts";

/** Length of a sentence in characters; shorter says too little, longer would be a paragraph. */
const LEAST = 30;
const MOST = 220;

/** Abbreviations whose full stop doesn't end a sentence, in Broadsheet's languages; single letters too. */
const abbreviations = new Set(
  (
    "mr mrs ms dr prof st gen sen rep gov lt col sgt capt rev hon jr sr vs no nos jan feb mar apr jun jul aug sep sept oct " +
    "nov dec inc ltd co corp etc ca bzw nr hr fr z.b d.h u.a mme mlle m av env art sra sr dra av ee uu pág núm"
  ).split(" "),
);

/**
 * A possible end of a sentence: its mark with closing quotes or brackets, white space, and the beginning of a sentence.
 */
const ends = /[.!?…؟！？。]["”’»)\]]*(?=\s+["“„«‘(¿¡]*[\p{Lu}\p{Lo}\p{N}])/gu;

/**
 * The sentence under a headline, in the source's own words: the first complete sentence of its summary, else of its
 * text, that isn't too short, too long, or a repetition of the headline. Null: none.
 */
export function summaryOf(article: { title: string; summary: string; paragraphs: readonly string[] }): string | null {
  const [first = "", second = ""] = article.paragraphs;
  // A standfirst without a full stop would run into the sentence after it.
  const texts =
    startsWithStandfirst(article.paragraphs) && article.summary.startsWith(first) ? [second] : [article.summary, first];
  return texts.map(firstSentence).find((sentence) => isWhole(sentence) && !repeats(sentence, article.title)) ?? null;
}

/** Only the length of the longest possible sentence is searched. */
function firstSentence(text: string): string {
  const start = text.slice(0, 2 * MOST).trimStart();
  for (const { 0: mark, index } of start.matchAll(ends)) {
    const until = index + mark.length;
    if (isOpen(start.slice(0, until))) continue;
    const word = /(?<![\p{L}\p{N}.])[\p{L}\p{N}.]*$/u.exec(start.slice(0, index))?.[0].toLowerCase() ?? "";
    const isAbbreviation = mark.startsWith(".") && (/(^|\.)\p{L}$/u.test(word) || abbreviations.has(word));
    if (!isAbbreviation) return start.slice(0, until);
  }
  return text.length > 2 * MOST ? "" : text.trim();
}

/** Whether a text ends inside a bracket. */
const isOpen = (text: string): boolean => (text.match(/[([]/g) ?? []).length > (text.match(/[)\]]/g) ?? []).length;

/** A sentence cut off by the source, or a line of its page, would look like a fault of the email. */
const isWhole = (sentence: string): boolean =>
  sentence.length >= LEAST && sentence.length <= MOST && /[^.][.!?؟！？。]["”’»)\]]*$/u.test(sentence);

const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");

const repeats = (sentence: string, title: string): boolean => {
  const [said, headline] = [plain(sentence), plain(title)];
  return said === headline || said.startsWith(headline) || headline.startsWith(said);
};
