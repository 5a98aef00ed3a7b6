/** Enough of the beginning to hold an XML declaration. Bytes. */
const HEAD = 1024;

const LATIN = new Set(["windows-1252", "iso-8859-1", "us-ascii", "ascii", "latin1"]);

/**
 * Turns a feed's bytes into text. A byte-order mark comes first (RFC 7303 §3), then the Content-Type's charset, the XML
 * declaration, and what the bytes look like. A label that contradicts the bytes is ignored, because servers add
 * `iso-8859-1` to everything. TextDecoder knows every encoding of the web, so no table of encodings is bundled.
 */
export function decodeFeed(bytes: Uint8Array, contentType: string | null): string {
  const marked = byMark(bytes);
  if (marked !== null) return marked;
  const wide = wideWithoutMark(bytes);
  if (wide !== null) return decode(bytes, wide);
  const header = label(/charset\s*=[\s"']*([\w.:-]+)/i.exec((contentType ?? "").slice(0, 300))?.[1]);
  const declared = label(declaredEncoding(bytes));
  for (const encoding of [header, declared]) {
    if (encoding === null || isWide(encoding)) continue;
    if (encoding === "utf-8") {
      const text = decodeUtf8(bytes);
      if (text !== null) return text;
      continue;
    }
    // The server's default charset, although the document is clearly UTF-8.
    if (encoding === header && LATIN.has(encoding) && isMultibyteUtf8(bytes) && declared !== header) continue;
    return decode(bytes, encoding);
  }
  return decodeUtf8(bytes) ?? decode(bytes, "windows-1252");
}

const isWide = (encoding: string) => encoding.startsWith("utf-16") || encoding.startsWith("utf-32");
const decode = (bytes: Uint8Array, encoding: string) => new TextDecoder(encoding).decode(bytes);

function byMark(bytes: Uint8Array): string | null {
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return decode(bytes.subarray(3), "utf-8");
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return decodeUtf32(bytes.subarray(4), true);
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return decodeUtf32(bytes.subarray(4), false);
  if (a === 0xff && b === 0xfe) return decode(bytes.subarray(2), "utf-16le");
  if (a === 0xfe && b === 0xff) return decode(bytes.subarray(2), "utf-16be");
  return null;
}

/** UTF-16 without a mark: the first `<` or `{` is next to a zero byte (XML 1.0, appendix F). */
function wideWithoutMark(bytes: Uint8Array): string | null {
  const [a, b] = bytes;
  const opens = (byte: number | undefined) => byte === 0x3c || byte === 0x7b;
  if (opens(a) && b === 0 && bytes[3] === 0) return "utf-16le";
  if (a === 0 && opens(b) && bytes[2] === 0) return "utf-16be";
  return null;
}

/** The encoding in an XML declaration, which comments and blank lines often precede. */
function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder("windows-1252").decode(bytes.subarray(0, HEAD));
  const from = head.search(/<\?xml\s/i);
  if (from < 0) return undefined;
  const [declaration = ""] = head.slice(from).split(">", 1);
  return /\bencoding\s*=[\s"']*([\w.:-]+)/i.exec(declaration)?.[1];
}

/** The encoding's name by the web's table of labels; null: unknown. */
function label(name: string | undefined): string | null {
  if (name === undefined) return null;
  try {
    return new TextDecoder(name.toLowerCase().replace(/^x-utf/, "utf")).encoding;
  } catch {
    return null;
  }
}

/**
 * Decodes UTF-8 and tolerates a few broken sequences, as in a feed that was cut off. Null: most sequences are broken,
 * so the text is in another encoding.
 */
function decodeUtf8(bytes: Uint8Array): string | null {
  const text = decode(bytes, "utf-8");
  if (!text.includes("\ufffd")) return text;
  let broken = 0;
  let sound = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0xfffd) broken += 1;
    else if (code > 0x7f) sound += 1;
  }
  return broken > sound ? null : text;
}

function isMultibyteUtf8(bytes: Uint8Array): boolean {
  if (!bytes.some((byte) => byte > 0x7f)) return false;
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** TextDecoder has no UTF-32. Code points beyond Unicode become the replacement character. */
function decodeUtf32(bytes: Uint8Array, littleEndian: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = "";
  for (let from = 0; from + 4 <= view.byteLength; from += 4096) {
    const points: number[] = [];
    for (let at = from; at < from + 4096 && at + 4 <= view.byteLength; at += 4) {
      const point = view.getUint32(at, littleEndian);
      points.push(point <= 0x10ffff ? point : 0xfffd);
    }
    text += String.fromCodePoint(...points);
  }
  return text;
}
