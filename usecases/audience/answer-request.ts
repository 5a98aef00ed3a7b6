import { acceptAddress } from "#domain/audience/address/address.ts";
import { decideRequest } from "#domain/audience/consent/subscription.ts";
import { type Contact, canClear, contactId, withMail } from "#domain/audience/limits/contact.ts";
import { REMIND_AFTER_MS, type ReaderRequest } from "#domain/audience/reader-request.ts";
import type { Subscriber } from "#domain/audience/subscriber.ts";
import type { SigningKeys } from "#domain/audience/tokens/keys.ts";
import { moveToken, timedToken } from "#domain/audience/tokens/timed-token.ts";
import { subscriberId, unsubscribeToken } from "#domain/audience/tokens/token.ts";
import type { NewsletterConfig } from "#domain/config/newsletter-config.ts";
import type { Config } from "#domain/config.ts";
import type { RenderedEmail } from "#domain/edition/edition.ts";
import { siteAddress, sitePaths } from "#domain/site-paths.ts";
import { DAY } from "#domain/time/durations.ts";
import { fromInstant, type Instant, toInstant } from "#domain/time/instant.ts";
import { type MailLook, type ReaderMail, readerMail } from "#templates/email/reader-mails.ts";
import type {
  ConsentStore,
  ContactChange,
  ReminderStore,
  SubscriberChange,
  SubscriberStore,
} from "../ports/audience.ts";
import type { Log } from "../ports/services.ts";
import { currentReader } from "./leave.ts";

export type AnswerPorts = {
  config: Pick<Config, "newsletters">;
  siteUrl: string;
  keys: () => Promise<SigningKeys>;
  subscribers: Pick<SubscriberStore, "get" | "write">;
  consent: Pick<ConsentStore, "append" | "contact" | "putContact">;
  reminders: Pick<ReminderStore, "put">;
  /** Removes an address from SES's suppression list, if it is there. */
  unsuppress: (address: string) => Promise<void>;
  sendOne: (mail: RenderedEmail & { from: NewsletterConfig["from"]; replyTo: string; to: string }) => Promise<unknown>;
  /** Sends the newest edition to a reader who has confirmed. "later": try again. */
  welcome: (reader: { newsletter: string; id: string }) => Promise<"welcomed" | "none" | "later">;
  now: () => Instant;
  log: Log;
};

/** How long contacts are kept, in milliseconds: as long as the longest rule needs them. */
const CONTACT_KEPT_MS = 31 * DAY;

/**
 * Answers a request by mail. The page that took it gave the same answer for every address at once; only the mail, which
 * only the owner can read, depends on what is stored.
 */
export async function answerRequest(ports: AnswerPorts, request: ReaderRequest): Promise<"answered" | "later"> {
  const about = senderOf(ports.config, request);
  if (about === undefined) return "answered";
  if (request.do === "welcome") return (await ports.welcome(request)) === "later" ? "later" : "answered";
  await answerByMail(ports, about, request);
  return "answered";
}

/** The data of a newsletter that the config no longer has is still stored, so another one mails the link to it. */
function senderOf({ newsletters }: Pick<Config, "newsletters">, request: ReaderRequest): NewsletterConfig | undefined {
  return newsletters[request.newsletter] ?? (request.do === "show data" ? Object.values(newsletters)[0] : undefined);
}

async function answerByMail(ports: AnswerPorts, about: NewsletterConfig, request: MailedRequest): Promise<void> {
  if (request.do === "show data") return showData(ports, about, request);
  if (request.do === "change address") return askNewAddress(ports, about, request);
  if (request.do === "notify old address") return notifyOldAddress(ports, about, request);
  const reader = await readerOf(ports, request);
  if (reader === undefined) return;
  await subscribe(ports, about, request, reader);
}

type Reader = { newsletter: string; id: string; address: string; before: Subscriber | undefined };
type MailedRequest = Exclude<ReaderRequest, { do: "welcome" }>;
type SubscribeRequest = Extract<ReaderRequest, { do: "subscribe" | "subscribe again" }>;

async function readerOf(ports: AnswerPorts, request: SubscribeRequest): Promise<Reader | undefined> {
  const { newsletter } = request;
  if (request.do === "subscribe again") {
    const before = await ports.subscribers.get(newsletter, request.id);
    return before && { newsletter, id: request.id, address: before.address, before };
  }
  const address = acceptAddress(request.address);
  if (!address.ok) return undefined;
  const id = subscriberId(await ports.keys(), newsletter, address.value);
  return { newsletter, id, address: address.value, before: await ports.subscribers.get(newsletter, id) };
}

async function subscribe(
  ports: AnswerPorts,
  about: NewsletterConfig,
  request: SubscribeRequest,
  reader: Reader,
): Promise<void> {
  const { newsletter, id, before } = reader;
  const { language } = request;
  const taken = await takeRequest(ports, request, reader);
  if (taken === undefined) return;
  const { mail, cause, now, isWritten } = taken;
  if (mail === "confirm" && (!isWritten || before !== undefined))
    await ports.consent.append(newsletter, id, { at: now, ...cause });
  await mailOnce(ports, about, reader, { kind: mail, language, ...(await clearedContact(ports, reader, taken)) });
  if (before === undefined) {
    const dueAt = toInstant(fromInstant(now) + REMIND_AFTER_MS);
    await ports.reminders.put({ newsletter, id, dueAt, language });
  }
}

/** Stores what a request for a mail with a link changes. Undefined: nothing to mail, or too much for this mailbox. */
async function takeRequest(
  ports: AnswerPorts,
  request: SubscribeRequest | Extract<ReaderRequest, { do: "change address" }>,
  reader: Reader,
) {
  const { before } = reader;
  const now = ports.now();
  const { after, mail, clears } = decideRequest(before, reader, { ownLink: request.do === "subscribe again", now });
  const known = await contactOf(ports, reader);
  const contact = withMail(known, now);
  // If the address was unsuppressed this month and is suppressed again, SES wouldn't deliver the mail.
  if (mail === "none" || contact === undefined || (clears && !canClear(known, now))) return undefined;
  const cause = { by: "reader", source: request.source, evidence: request.network, did: "requested" as const };
  if (after !== undefined) await write(ports, { before, after, cause });
  return { mail, cause, clears, known, contact, now, isWritten: after !== undefined };
}

type Taken = { clears: boolean; known: Contact | undefined; contact: Contact; now: Instant };

/** Lifts SES's suppression of the address, if the mail needs that. */
async function clearedContact(ports: AnswerPorts, { address }: Reader, { clears, known, contact, now }: Taken) {
  if (clears) await ports.unsuppress(address);
  return { known, contact: clears ? { ...contact, clearedAt: now } : contact };
}

/**
 * Mails the new address. Nothing changes for the old one, and the same limits protect a stranger's mailbox as for the
 * form.
 */
async function askNewAddress(
  ports: AnswerPorts,
  about: NewsletterConfig,
  request: Extract<ReaderRequest, { do: "change address" }>,
): Promise<void> {
  const { newsletter, language } = request;
  const from = await ports.subscribers.get(newsletter, request.id);
  const address = acceptAddress(request.address);
  if (from?.status !== "active" || !address.ok) return;
  const id = subscriberId(await ports.keys(), newsletter, address.value);
  if (id === from.id) return;
  const reader = { newsletter, id, address: address.value, before: await ports.subscribers.get(newsletter, id) };
  const taken = await takeRequest(ports, request, reader);
  if (taken === undefined) return;
  const mailed = await clearedContact(ports, reader, taken);
  await mailOnce(ports, about, reader, { kind: "address", language, ...mailed, from: from.id });
}

/** After a change of address. This notice is sent however often the old address was mailed before. */
async function notifyOldAddress(
  ports: AnswerPorts,
  about: NewsletterConfig,
  { newsletter, id, language }: Extract<ReaderRequest, { do: "notify old address" }>,
): Promise<void> {
  const from = await ports.subscribers.get(newsletter, id);
  if (from?.status === "active") throw new Error("the address has not changed yet; the request is taken up again");
  if (from?.status !== "moved") return;
  await sendReaderMail(ports, about, { newsletter, id, address: from.address, kind: "moved", language });
}

async function write(ports: AnswerPorts, change: SubscriberChange): Promise<void> {
  const [written] = await ports.subscribers.write(change.after.newsletter, [change]);
  if (!written) throw new Error("the subscriber changed in the same moment; the request is taken up again");
}

/**
 * A link to the reader's own page is sent by mail, because an email with a link may have been forwarded. It goes to the
 * address they have now, also after they left, or after a bounce or a complaint, since their data is still stored.
 */
async function showData(
  ports: AnswerPorts,
  about: NewsletterConfig,
  { newsletter, id, language }: Extract<ReaderRequest, { do: "show data" }>,
): Promise<void> {
  const before = await currentReader(ports, { newsletter, id });
  if (before === undefined) return;
  const reader = { newsletter, id: before.id, address: before.address, before };
  const now = ports.now();
  const known = await contactOf(ports, reader);
  const contact = withMail(known, now, "dataMailedAt");
  const clears = before.status === "bounced" || before.status === "complained";
  if (contact === undefined || (clears && !canClear(known, now))) return;
  const mailed = await clearedContact(ports, reader, { clears, known, contact, now });
  await mailOnce(ports, about, reader, { kind: "data", language, ...mailed });
}

type Mailing = { kind: ReaderMail; language: string; known: Contact | undefined; contact: Contact; from?: string };

const contactOf = async ({ consent, keys }: ContactPorts, { newsletter, address }: Mailbox) =>
  consent.contact(newsletter, contactId(await keys(), newsletter, address));

/**
 * The contact is stored first, so a repeated request is one mail, and of two requests for one mailbox the second is
 * taken up again. If SES didn't accept it, it may be retried.
 */
async function mailOnce(
  ports: AnswerPorts,
  about: NewsletterConfig,
  { newsletter, id, address }: Reader,
  { kind, language, known, contact, from }: Mailing,
): Promise<void> {
  if (!(await putContact(ports, { newsletter, address }, { before: known, after: contact })))
    throw new Error("the mailbox was mailed in the same moment; the request is taken up again");
  try {
    await sendReaderMail(ports, about, { newsletter, id, address, kind, language, from });
  } catch (error) {
    const after = { ...(known ?? { mailedAt: [] }), clearedAt: contact.clearedAt };
    await putContact(ports, { newsletter, address }, { before: contact, after });
    throw error;
  }
}

type ContactPorts = Pick<AnswerPorts, "keys" | "now"> & { consent: Pick<ConsentStore, "contact" | "putContact"> };
type Mailbox = { newsletter: string; address: string };

async function putContact(ports: ContactPorts, { newsletter, address }: Mailbox, change: ContactChange) {
  const ttl = Math.ceil((fromInstant(ports.now()) + CONTACT_KEPT_MS) / 1000);
  return ports.consent.putContact(newsletter, contactId(await ports.keys(), newsletter, address), change, ttl);
}

/** Counts one more mail to the mailbox. False: it has reached its limit. */
export async function countMail(ports: ContactPorts, to: Mailbox): Promise<boolean> {
  const before = await contactOf(ports, to);
  const after = withMail(before, ports.now());
  return after !== undefined && (await putContact(ports, to, { before, after }));
}

type Letter = {
  newsletter: string;
  id: string;
  address: string;
  kind: ReaderMail;
  language: string;
  /** The subscription that is being moved to this address. */
  from?: string | undefined;
};

/** Writes and sends one mail to one reader. */
export async function sendReaderMail(
  ports: Pick<AnswerPorts, "keys" | "now" | "sendOne" | "siteUrl">,
  about: NewsletterConfig,
  to: Letter,
): Promise<void> {
  const look: MailLook = {
    title: about.title,
    language: to.language,
    postalAddress: about.postalAddress,
    theme: about.theme,
  };
  const url = siteAddress(ports.siteUrl, pathOf(await ports.keys(), to, ports.now()));
  const email = readerMail(to.kind, look, url);
  await ports.sendOne({ ...email, from: about.from, replyTo: about.replyTo ?? about.from.address, to: to.address });
}

/** Target of the mail's only link. */
function pathOf(keys: SigningKeys, { kind, newsletter, id, from }: Letter, now: Instant): string {
  const claim = { newsletter, id };
  switch (kind) {
    case "confirm":
    case "reminder":
      return sitePaths.confirm(timedToken(keys, "confirm", claim, now));
    case "subscribed":
      return sitePaths.unsubscribe(unsubscribeToken(keys, claim));
    case "data":
      return sitePaths.data(timedToken(keys, "manage", claim, now));
    case "address":
      return sitePaths.move(moveToken(keys, { newsletter, from: from ?? "", to: id }, now));
    case "moved":
      return sitePaths.subscribe(newsletter);
  }
}
