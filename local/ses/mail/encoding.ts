/** Mail as it travels: quoted-printable (RFC 2045 §6.7), encoded words (RFC 2047), folded headers (RFC 5322 §2.2.3). */

const printable = (byte: number) => byte >= 33 && byte <= 126 && byte !== 61;
const hex = Array.from({ length: 256 }, (_, byte) => `=${byte.toString(16).toUpperCase().padStart(2, "0")}`);

/** UTF-8 text as quoted-printable with CRLF line ends and lines of at most 76 characters. */
export function quotedPrintable(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map(quotedLine)
    .join("\r\n");
}

function quotedLine(line: string): string {
  const bytes = Buffer.from(line, "utf8");
  const lines: string[] = [];
  let current = "";
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    const blank = byte === 32 || byte === 9;
    // White space at the end of a line may be lost on the way, so it is encoded there.
    const unit = printable(byte) || (blank && at < bytes.length - 1) ? String.fromCharCode(byte) : (hex[byte] ?? "");
    if (current.length + unit.length > 75) {
      lines.push(`${current}=`);
      current = "";
    }
    current += unit;
  }
  lines.push(current);
  return lines.join("\r\n");
}

const plain = /^[\x20-\x7e]*$/;

/** A header's value as ASCII: non-ASCII text becomes encoded words of at most 75 characters. */
export function encodedText(value: string): string {
  const single = value.replaceAll(/[\r\n]+/g, " ");
  if (plain.test(single) && !single.includes("=?")) return single;
  const words: string[] = [];
  let current = "";
  for (const character of single) {
    // 45 bytes are 60 characters of base64; with =?UTF-8?B? and ?= that is 72.
    if (Buffer.byteLength(current + character) > 45) {
      words.push(current);
      current = "";
    }
    current += character;
  }
  if (current !== "") words.push(current);
  return words.map((word) => `=?UTF-8?B?${Buffer.from(word).toString("base64")}?=`).join(" ");
}

/** One header line, folded at spaces so lines stay within 78 characters where a space allows it. */
export function headerLine(name: string, value: string): string {
  const lines: string[] = [];
  let current = `${name}:`;
  for (const word of value.split(" ")) {
    if (current.length + 1 + word.length > 78 && current.trim() !== "" && current !== `${name}:`) {
      lines.push(current);
      current = "";
    }
    current += ` ${word}`;
  }
  lines.push(current);
  return lines.join("\r\n");
}
