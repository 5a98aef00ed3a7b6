import { decodedText } from "#adapters/email-reading/decoding.ts";
import { headerOf, readMime } from "#adapters/email-reading/mime.ts";
import { encodedText, headerLine } from "./encoding.ts";
import { bareAddress, type Content, type Header, type Message } from "./message.ts";
import { mailbox, mailDate, mime } from "./mime.ts";
import { fill } from "./template.ts";
import { transportHeaders } from "./transport.ts";

export type Rendered = { subject: string; html: string | null; text: string | null; headers: Header[] };

/** Headers SES sets itself; a Raw message's own lines of these names are replaced. */
const setBySes = new Set(["message-id", "date", "return-path"]);

export const messageIdHeader = (id: string, region: string) =>
  `<${id}@${region === "us-east-1" ? "email" : region}.amazonses.com>`;

/** The headers of a message as they travel: ASCII, in the order SES writes them. */
function travelling({ call, entry }: Message, subject: string, region: string): Header[] {
  const addresses = (list: readonly string[]) => list.map(mailbox).join(", ");
  const optional = (name: string, list: readonly string[]) =>
    list.length === 0 ? [] : [{ name, value: addresses(list) }];
  return [
    { name: "From", value: mailbox(call.from) },
    ...optional("Reply-To", call.replyTo),
    ...optional("To", entry.to),
    ...optional("Cc", entry.cc),
    { name: "Subject", value: encodedText(subject) },
    { name: "Date", value: mailDate(call.at) },
    { name: "Message-ID", value: messageIdHeader(entry.id, region) },
    ...entry.headers,
    { name: "Feedback-ID", value: `::1.${region}.simulated:AmazonSES` },
    {
      name: "X-SES-Outgoing",
      value: `${new Date(call.at).toISOString().slice(0, 10).replaceAll("-", ".")}-54.240.8.1`,
    },
  ];
}

const decoded = (headers: readonly Header[]) => headers.map(({ name, value }) => ({ name, value: decodedText(value) }));

/** The headers alone, decoded: a list of 10,000 messages need not fill in 10,000 bodies. */
export function headersOf(message: Message, content: Content, region: string): Header[] {
  if (content.kind === "raw") return renderRaw(message, content.mime, region).headers;
  return decoded(travelling(message, subjectOf(message), region));
}

/** What a reader sees of a message: filled in, decoded. */
export function render(message: Message, content: Content, region: string): Rendered {
  if (content.kind === "raw") return renderRaw(message, content.mime, region);
  const filled = (part: string) => (content.kind === "template" ? fill(part, message.entry.values) : part);
  const subject = filled(content.subject);
  return {
    subject,
    html: content.html === null ? null : filled(content.html),
    text: content.text === null ? null : filled(content.text),
    headers: decoded(travelling(message, subject, region)),
  };
}

/** The complete MIME message, as a mail client gets it. */
export function renderMime(message: Message, content: Content, region: string): Buffer {
  if (content.kind === "raw") return Buffer.from(rawWithSesHeaders(message, content.mime, region), "latin1");
  const { subject, html, text } = render(message, content, region);
  const boundary = `----=_Part_${message.entry.id.slice(0, 25).replaceAll("-", "_")}`;
  const own = travelling(message, subject, region);
  const source = mime(own, { html, text }, boundary);
  const above = transportHeaders(message, own, source).map(({ name, value }) => headerLine(name, value));
  return Buffer.from(`${above.join("\r\n")}\r\n${source}`, "utf8");
}

function rawWithSesHeaders({ call, entry }: Message, source: string, region: string): string {
  const end = source.search(/\r?\n\r?\n/);
  const head = end < 0 ? source : source.slice(0, end);
  const kept = head
    .split(/\r?\n(?![ \t])/)
    .filter((line) => line !== "" && !setBySes.has(line.slice(0, line.indexOf(":")).toLowerCase()));
  const own = [`Message-ID: ${messageIdHeader(entry.id, region)}`, `Date: ${mailDate(call.at)}`];
  return [...kept, ...own].join("\r\n") + (end < 0 ? "\r\n\r\n" : source.slice(end));
}

function renderRaw(message: Message, source: string, region: string): Rendered {
  const { headers, html, text } = readMime(rawWithSesHeaders(message, source, region));
  return { subject: headerOf(headers, "subject") ?? "", html, text, headers };
}

/** The subject alone: what lists show, without reading the body. */
export const subjectOf = ({ call, entry }: Message) => fill(call.subject, entry.values);

export const recipientOf = ({ entry }: Message) => [...entry.to, ...entry.cc, ...entry.bcc].map(bareAddress).join(", ");
export const senderOf = ({ call }: Message) => bareAddress(call.from);
