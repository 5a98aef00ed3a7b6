import * as z from "zod";

export const Header = z.strictObject({ name: z.string(), value: z.string() });
export type Header = z.infer<typeof Header>;

/** The outcome of a message after SES accepted it. Only delivered ones are in the inbox. */
export const Fate = z.enum([
  "delivered",
  "complained",
  "bounced",
  "soft-bounced",
  "suppressed",
  "rejected",
  "delayed",
  "unrendered",
]);
export type Fate = z.infer<typeof Fate>;

const parts = { subject: z.string(), html: z.string().nullable(), text: z.string().nullable() };

/** A call's content for all recipients, stored once under its hash. In a raw MIME message, each character is a byte. */
export const Content = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("template"), ...parts }),
  z.strictObject({ kind: z.literal("simple"), ...parts }),
  z.strictObject({ kind: z.literal("raw"), mime: z.string() }),
]);
export type Content = z.infer<typeof Content>;

/** One accepted message; shared content is in its call. */
export const Entry = z.strictObject({
  id: z.string(),
  to: z.array(z.string()),
  cc: z.array(z.string()),
  bcc: z.array(z.string()),
  values: z.record(z.string(), z.string()),
  headers: z.array(Header),
  tags: z.record(z.string(), z.string()),
  fate: Fate,
});
export type Entry = z.infer<typeof Entry>;

/** One accepted call to SES, as it is stored: a line of the log. */
export const StoredCall = z.strictObject({
  v: z.literal(1),
  /** Epoch milliseconds. */
  at: z.number(),
  operation: z.string(),
  from: z.string(),
  replyTo: z.array(z.string()),
  configurationSet: z.string().nullable(),
  /** SHA-256 of the content, and its subject as a template, for lists. */
  content: z.string(),
  subject: z.string(),
  entries: z.array(Entry),
});
export type StoredCall = z.infer<typeof StoredCall>;

/** A message as the store gives it. `n` grows with each message and never repeats. */
export type Message = { n: number; call: StoredCall; entry: Entry };

/** An address without its display name: `"Ann" <ann@example.org>` is ann@example.org. */
export function bareAddress(mailbox: string): string {
  const angled = /<([^<>]*)>\s*$/.exec(mailbox);
  return (angled?.[1] ?? mailbox).trim();
}

/** The display name of a mailbox, decoded; empty where there is none. */
export function displayName(mailbox: string): string {
  const angled = /^(.*)<[^<>]*>\s*$/s.exec(mailbox);
  const name = (angled?.[1] ?? "").trim();
  return name.startsWith('"') && name.endsWith('"') ? name.slice(1, -1).replaceAll(/\\(.)/g, "$1") : name;
}

/** Everyone a message goes to, as bare addresses in the order named. */
const addressees = ({ to, cc, bcc }: Pick<Entry, "to" | "cc" | "bcc">): string[] =>
  [...to, ...cc, ...bcc].map(bareAddress);

/** The address a message is delivered to first. */
export const firstAddressee = ({ entry }: Message): string => addressees(entry)[0] ?? "";

/** The domain that a message comes from, in lower case. */
export function senderDomain({ call }: Message): string {
  const address = bareAddress(call.from);
  return address.slice(address.lastIndexOf("@") + 1).toLowerCase();
}
