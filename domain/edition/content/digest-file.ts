import { counted, number } from "../../counted.ts";
import { done, fault, type Outcome } from "../../outcome.ts";
import type { FileDraft } from "../decisions/decisions.ts";

/**
 * Largest digest file, in UTF-8 bytes. A stored decision contains the whole text, and DynamoDB's limit for an item is
 * 400 KB.
 */
export const DIGEST_MOST = 100_000;
/** A file with more lines isn't a digest but a mistake. */
const HEADLINES_MOST = 200;
const HEADLINE_LONGEST = 500;

/**
 * Reads a plain-text digest: the lines of the first block are the lead's paragraphs; after blank lines comes one
 * headline a line. Text is kept exactly, except for a byte order mark, line ends and the white space before them. The
 * file has no subject; the caller sets it.
 */
export function parseDigest(text: string): Outcome<FileDraft> {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > DIGEST_MOST)
    return bad(`it has ${counted(bytes, "byte")}, and a digest has at most ${number(DIGEST_MOST)}.`);
  if (text.includes("\0")) return bad("it holds binary data. Save it as plain text in UTF-8.");
  if (text.includes("\uFFFD")) return bad("some of its characters cannot be read. Save it as plain text in UTF-8.");
  const lines = text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\n|\r/)
    .map((line, index) => ({ line: index + 1, text: line.trimEnd() }));
  const first = lines.findIndex((line) => line.text !== "");
  if (first < 0) return bad("it is empty. Write the lead's paragraphs, a blank line, then one headline a line.");
  const gap = lines.findIndex((line, index) => index > first && line.text === "");
  const paragraphs = lines.slice(first, gap < 0 ? undefined : gap).map((line) => line.text);
  const headlines = gap < 0 ? [] : lines.slice(gap).filter((line) => line.text !== "");
  if (headlines.length === 0) {
    const last = first + paragraphs.length;
    return bad(
      `no headlines follow its lead, which ends at line ${last}. Put a blank line there, then one headline a line.`,
    );
  }
  return checked(paragraphs, headlines);
}

function checked(paragraphs: string[], headlines: { line: number; text: string }[]): Outcome<FileDraft> {
  if (headlines.length > HEADLINES_MOST) {
    const line = headlines[HEADLINES_MOST]?.line;
    return bad(
      `it has ${counted(headlines.length, "headline")}, and ${HEADLINES_MOST} is the most. Line ${line} is the first too many.`,
    );
  }
  const long = headlines.find((headline) => headline.text.length > HEADLINE_LONGEST);
  if (long) {
    return bad(
      `line ${long.line} has ${counted(long.text.length, "character")}, and a headline has at most ${HEADLINE_LONGEST}.`,
    );
  }
  return done({
    paragraphs,
    headlines: headlines.map(({ line, text: title }) => ({ line, title })),
    subject: null,
  });
}

const bad = (why: string): Outcome<never> => fault("bad-request", `The digest cannot be used: ${why}`);
