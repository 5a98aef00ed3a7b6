/** Characters of a sentence: fewer say too little, more would be a paragraph under a headline. */
const LEAST = 30;
const MOST = 220;

/** Abbreviations whose stop ends no sentence, in the languages Broadsheet has words in; single letters besides. */
const abbreviations = new Set(
  (
    "mr mrs ms dr prof st gen sen rep gov lt col sgt capt rev hon jr sr vs no nos jan feb mar apr jun jul aug sep sept oct " +
    "nov dec inc ltd co corp etc ca bzw nr hr fr z.b d.h u.a mme mlle m av env art sra sr dra av ee uu pág núm"
  ).split(" "),
);

/** Where a sentence may end: its mark with what closes after it, white space, and what a sentence begins with. */
const ends = /[.!?…؟！？。]["”’»)\]]*(?=\s+["“„«‘(¿¡]*[\p{Lu}\p{Lo}\p{N}])/gu;

/**
 * One sentence under a headline, in the source's own words: the first of its summary, else of its text, that is whole,
 * neither too short nor too long, and no repetition of the headline. Null: it has none, and is shown without.
 */
export function summaryOf(article: { title: string; summary: string; paragraphs: readonly string[] }): string | null {
  const [first = ""] = article.paragraphs;
  return (
    [article.summary, first]
      .map(firstSentence)
      .find((sentence) => isWhole(sentence) && !repeats(sentence, article.title)) ?? null
  );
}

/** Looked for no further than any sentence that could be shown. */
function firstSentence(text: string): string {
  const start = text.slice(0, 2 * MOST).trimStart();
  for (const { 0: mark, index } of start.matchAll(ends)) {
    const until = index + mark.length;
    const word = /(?<![\p{L}\p{N}.])[\p{L}\p{N}.]*$/u.exec(start.slice(0, index))?.[0].toLowerCase() ?? "";
    const isAbbreviation = mark.startsWith(".") && (/(^|\.)\p{L}$/u.test(word) || abbreviations.has(word));
    if (!isAbbreviation) return start.slice(0, until);
  }
  return text.length > 2 * MOST ? "" : text.trim();
}

/** A sentence that a source cut off, or a line of its page, would read as a fault of the email. */
const isWhole = (sentence: string): boolean =>
  sentence.length >= LEAST && sentence.length <= MOST && /[^.][.!?؟！？。]["”’»)\]]*$/u.test(sentence);

const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");

const repeats = (sentence: string, title: string): boolean => {
  const [said, headline] = [plain(sentence), plain(title)];
  return said === headline || said.startsWith(headline) || headline.startsWith(said);
};
