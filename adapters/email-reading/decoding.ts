/** Mail read back: encoded words (RFC 2047) and quoted-printable (RFC 2045 §6.7). */

const encodedWord = /=\?([^?\s]+)\?([bq])\?([^?]*)\?=/gi;

/** A header's value with encoded words decoded. Unknown charsets are left as they are. */
export function decodedText(value: string): string {
  if (!value.includes("=?")) return value;
  const joined = value.replaceAll(/(\?=)\s+(=\?)/g, "$1$2");
  return joined.replaceAll(encodedWord, (whole, charset: string, form: string, data: string) => {
    const bytes = form.toLowerCase() === "b" ? Buffer.from(data, "base64") : unquoted(data.replaceAll("_", " "));
    return decodeBytes(bytes, charset) ?? whole;
  });
}

/** Decodes quoted-printable into bytes. */
export function unquoted(text: string): Buffer {
  const joined = text.replaceAll(/(?<![ \t])[ \t]+(\r?\n)/g, "$1").replaceAll(/=\r?\n/g, "");
  const bytes: number[] = [];
  for (let at = 0; at < joined.length; at++) {
    const pair = joined[at] === "=" ? /^[0-9a-f]{2}/i.exec(joined.slice(at + 1, at + 3)) : null;
    if (pair) {
      bytes.push(Number.parseInt(pair[0], 16));
      at += 2;
    } else bytes.push(joined.charCodeAt(at) & 0xff);
  }
  return Buffer.from(bytes);
}

/** Decodes bytes in a named charset; undefined: the charset isn't known. */
export function decodeBytes(bytes: Uint8Array, charset: string): string | undefined {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return undefined;
  }
}
