/**
 * Prepares content for an email. An article's text is shown literally: it can't become markup (it is escaped), an SES
 * placeholder (placeholders.ts) or a header's line break, and can't change the direction of the text next to it.
 */

/** What windows-1252 has where Unicode has C1 controls: feeds that mix the two up mean these (HTML, "decode"). */
const windows1252 = new Map<string, string>(
  Array.from("€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ", (letter, i) => [
    String.fromCharCode(0x80 + i),
    letter,
  ]),
);

const c1 = /[\u0080-\u009F]/g;
const breaks = /\r\n|[\t\n\v\f\r\u2028\u2029]/g;
// Controls, interlinear marks, byte order marks and non-characters. Joiners stay: emoji, Persian and Hindi need them.
const unprintable = /[\p{Cc}\uFEFF\uFFF9-\uFFFB\uFFFE\uFFFF]/gu;

/** One line of content, without characters that cause problems in mail clients. */
export function literal(content: string): string {
  const printable = content
    .toWellFormed()
    .replaceAll(c1, (control) => windows1252.get(control) ?? "")
    .replaceAll(breaks, " ")
    .replaceAll(unprintable, "");
  return closeDirections(printable);
}

const popDirection = "\u202C";
const popIsolate = "\u2069";
const embeddings = new Set(["\u202A", "\u202B", "\u202D", "\u202E"]);
const isolates = new Set(["\u2066", "\u2067", "\u2068"]);

/**
 * Closes every bidirectional embedding, override and isolate that the text opens, and removes unmatched closing ones,
 * so it can't reverse the following text, in HTML, a subject or a text part (UAX #9, X9 and BD9).
 */
function closeDirections(text: string): string {
  if (!/[\u202A-\u202E\u2066-\u2069]/.test(text)) return text;
  const open: string[] = [];
  let closed = "";
  for (const sign of text) {
    if (embeddings.has(sign)) open.push(popDirection);
    else if (isolates.has(sign)) open.push(popIsolate);
    else if (sign === popDirection) {
      if (open.at(-1) !== popDirection) continue;
      open.pop();
    } else if (sign === popIsolate) {
      if (!open.includes(popIsolate)) continue;
      // Closing an isolate closes the embeddings inside it.
      while (open.pop() !== popIsolate);
    }
    closed += sign;
  }
  return closed + open.reverse().join("");
}

/** Isolates a name from the direction of its line, without markup. */
export const isolated = (name: string): string => `\u2068${name}${popIsolate}`;

/** A safe link address; null: not an absolute http(s) address. */
export function linkTarget(address: string | null): string | null {
  const url = address === null ? null : URL.parse(address);
  if (address === null || url === null || !/^https?:$/.test(url.protocol)) return null;
  const ascii = /^[\x21-\x7E]+$/.test(address) ? address : url.href;
  // Braces and backslashes would need SES placeholders; in a URL they can be encoded instead.
  return ascii.replaceAll(/[{}\\]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
