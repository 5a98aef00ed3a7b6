import { headerLine, quotedPrintable } from "./encoding.ts";
import { bareAddress, displayName, type Header } from "./message.ts";

type Parts = { html: string | null; text: string | null };

/** A mailbox as a header carries it. SES takes ASCII only, so a name is plain, quoted or already an encoded word. */
export function mailbox(address: string): string {
  const name = displayName(address);
  if (name === "") return bareAddress(address);
  const atoms = /^[\w\s!#$%&'*+\-/=?^`{|}~]*$/.test(name);
  return `${atoms ? name : `"${name.replaceAll(/[\\"]/g, "\\$&")}"`} <${bareAddress(address)}>`;
}

/**
 * The complete message as a client gets it: CRLF, headers in the order given, text part first so clients show
 * the last one they can, both parts UTF-8 whatever their content (Gmail clips other charsets at any size).
 * @param headers values as they travel: ASCII, encoded words made.
 */
export function mime(headers: readonly Header[], parts: Parts, boundary: string): string {
  const lines = headers.map(({ name, value }) => headerLine(name, value));
  lines.push("MIME-Version: 1.0");
  const bodies: [string, string][] = [];
  if (parts.text !== null) bodies.push(["text/plain", parts.text]);
  if (parts.html !== null) bodies.push(["text/html", parts.html]);
  const [first] = bodies;
  if (bodies.length < 2) return [...lines, ...part(...(first ?? ["text/plain", ""]))].join("\r\n").concat("\r\n");
  lines.push(headerLine("Content-Type", `multipart/alternative; boundary="${boundary}"`), "");
  for (const [type, body] of bodies) lines.push(`--${boundary}`, ...part(type, body));
  return [...lines, `--${boundary}--`, ""].join("\r\n");
}

function part(type: string, body: string): string[] {
  return [
    `Content-Type: ${type}; charset=UTF-8`,
    "Content-Transfer-Encoding: quoted-printable",
    "",
    quotedPrintable(body),
  ];
}

/** RFC 5322 §3.3 date in UTC. */
export function mailDate(at: number): string {
  return new Date(at).toUTCString().replace("GMT", "+0000");
}
