import type { Header } from "#domain/delivery/calls/call.ts";
import { decodeBytes, decodedText, unquoted } from "./decoding.ts";

/** The bodies of a message: the first of each kind, with LF line ends. */
type Bodies = { html: string | null; text: string | null };
/** The types of its parts in order, with their charsets. */
type Kinds = { kinds: { type: string; charset: string | null }[] };
type ReadMail = Bodies & Kinds & { headers: Header[] };

/** Reads the headers and the first text and HTML part of a MIME message, given as latin-1 so bytes survive. */
export function readMime(source: string): ReadMail {
  const { headers, body } = split(source);
  const found: Bodies & Kinds = { html: null, text: null, kinds: [] };
  collect(headers, body, found, 0);
  return { headers, ...found };
}

export const headerOf = (headers: readonly Header[], name: string): string | undefined =>
  headers.find((header) => header.name.toLowerCase() === name)?.value;

function split(source: string): { headers: Header[]; body: string } {
  const end = /\r?\n\r?\n/.exec(source);
  const head = end ? source.slice(0, end.index) : source;
  const headers: Header[] = [];
  for (const line of head.replaceAll(/\r?\n(?=[ \t])/g, "").split(/\r?\n/)) {
    const colon = line.indexOf(":");
    if (colon < 1) continue;
    const value = utf8(line.slice(colon + 1).trim());
    headers.push({ name: line.slice(0, colon).trim(), value: decodedText(value) });
  }
  return { headers, body: end ? source.slice(end.index + end[0].length) : "" };
}

function collect(headers: readonly Header[], body: string, found: Bodies & Kinds, depth: number): void {
  const type = headerOf(headers, "content-type") ?? "text/plain; charset=UTF-8";
  const kind = type.split(";")[0]?.trim().toLowerCase() ?? "";
  const boundary = parameter(type, "boundary");
  if (kind.startsWith("multipart/") && boundary !== undefined && depth < 8) {
    for (const piece of pieces(body, boundary)) {
      const inner = split(piece);
      collect(inner.headers, inner.body, found, depth + 1);
    }
    return;
  }
  if (/^attachment/i.test(headerOf(headers, "content-disposition") ?? "")) return;
  found.kinds.push({ type: kind, charset: parameter(type, "charset") ?? null });
  if (kind === "text/plain") found.text ??= decodePart(headers, body, type);
  if (kind === "text/html") found.html ??= decodePart(headers, body, type);
}

function pieces(body: string, boundary: string): string[] {
  const marked = `\n${body.replaceAll("\r\n", "\n")}`.split(`\n--${boundary}`).slice(1);
  return marked.filter((piece) => !piece.startsWith("--")).map((piece) => piece.replace(/^[ \t]*\n/, ""));
}

function decodePart(headers: readonly Header[], body: string, type: string): string {
  const encoding = (headerOf(headers, "content-transfer-encoding") ?? "7bit").trim().toLowerCase();
  const bytes =
    encoding === "base64"
      ? Buffer.from(body, "base64")
      : encoding === "quoted-printable"
        ? unquoted(body)
        : Buffer.from(body, "latin1");
  const text = decodeBytes(bytes, parameter(type, "charset") ?? "utf-8") ?? bytes.toString("utf8");
  return text.replaceAll("\r\n", "\n");
}

function parameter(value: string, name: string): string | undefined {
  const found = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^;\\s]+))`, "i").exec(value);
  return found?.[1] ?? found?.[2];
}

const utf8 = (latin1: string) => Buffer.from(latin1, "latin1").toString("utf8");
