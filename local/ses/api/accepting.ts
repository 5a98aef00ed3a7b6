import { eventsLater, eventTypesOf } from "../events/envelope.ts";
import { bareAddress, type Content, type Entry, type Fate, type Header, type Message } from "../mail/message.ts";
import { missing, namesIn, type Values } from "../mail/template.ts";
import { createMessageId, type Simulator } from "../simulator.ts";
import { isVerified } from "../state/account.ts";
import type { FaultOf, Struck } from "../state/faults.ts";
import {
  badRequest,
  notFound,
  quotaExceeded,
  rateExceeded,
  sendingPaused,
  suspended,
  unverified,
  unverifiedText,
} from "./errors.ts";

/** One message that a call asks for. `values` is undefined where its template data could not be read. */
export type Draft = {
  to: string[];
  cc: string[];
  bcc: string[];
  values: Values | undefined;
  headers: Header[];
  tags: Record<string, string>;
};

/** A call to send, read from either operation. */
export type Sending = {
  operation: "SendEmail" | "SendBulkEmail";
  from: string;
  replyTo: string[];
  configurationSet: string | null;
  content: Content;
  /** As a list shows it; of a template, with its placeholders. */
  subject: string;
  drafts: Draft[];
};

export type Result = { Status: string; MessageId?: string; Error?: string };

export const recipients = (draft: Pick<Draft, "to" | "cc" | "bcc">) =>
  [...draft.to, ...draft.cc, ...draft.bcc].map((mailbox) => bareAddress(mailbox).toLowerCase());

const simulatorAddress = /^(bounce|complaint|ooto|success|suppressionlist)(\+[^@]*)?@simulator\.amazonses\.com$/;

/** Checks whether the account may make this call now. @throws SesError with SES's refusal of the whole call. */
export function check(ses: Simulator, sending: Sending): void {
  const { account } = ses;
  const lists = ses.lists.read();
  if (account.enforcement === "SHUTDOWN") throw suspended();
  if (!account.sending) throw sendingPaused();
  const sender = bareAddress(sending.from);
  if (!account.verifyAll && !isVerified(lists.identities, sender)) throw unverified(account.region, [sending.from]);
  const set = sending.configurationSet;
  if (set !== null && !account.verifyAll && !lists.configurationSets.includes(set))
    throw notFound(`Configuration set <${set}> does not exist.`);
  const count = sending.drafts.flatMap(recipients).length;
  if (count === 0) throw badRequest("At least one recipient must be specified.");
  const refusal = ses.pace.refusal(account, count, ses.now());
  if (refusal === "quota") throw quotaExceeded();
  if (refusal === "rate") throw rateExceeded();
}

/** Why a draft is refused although its call isn't; null: it is accepted. */
function refusal(ses: Simulator, draft: Draft, position: number, struck: Struck): Result | null {
  const partial = struck.first("partial");
  const fails = partial?.positions?.includes(position) ?? position % 2 === 1;
  if (partial && fails) return { Status: partial.status, Error: partial.error };
  if (draft.values === undefined) return { Status: "INVALID_PARAMETER", Error: "Invalid template data." };
  if (!ses.account.sandbox) return null;
  const { identities } = ses.lists.read();
  const failed = recipients(draft).filter((to) => !simulatorAddress.test(to) && !isVerified(identities, to));
  if (failed.length === 0) return null;
  return { Status: "MESSAGE_REJECTED", Error: unverifiedText(ses.account.region, failed) };
}

function fateOf(ses: Simulator, draft: Draft, absent: string | null, struck: Struck): Fate {
  if (absent !== null) return "unrendered";
  const everyone = recipients(draft);
  const fault = struck.all.find(
    (one) => one.kind === "fate" && (one.to === undefined || everyone.includes(one.to.toLowerCase())),
  );
  if (fault?.kind === "fate") return fault.fate;
  const { suppressed } = ses.lists.read();
  if (everyone.some((to) => Object.hasOwn(suppressed, to))) return "suppressed";
  const scripted = everyone.map((to) => simulatorAddress.exec(to)?.[1]).find((name) => name !== undefined);
  if (scripted === "bounce") return "bounced";
  if (scripted === "complaint") return "complained";
  if (scripted === "suppressionlist") return "suppressed";
  return "delivered";
}

/** Every name the content of a call asks for: found once, not once a recipient. */
const namesOf = (content: Content) =>
  content.kind === "template" ? namesIn([content.subject, content.html, content.text].join("\n")) : [];

/** Accepts what can be accepted, stores it, and queues its events. One result for each draft, in order. */
export function accept(ses: Simulator, sending: Sending, struck: Struck): Result[] {
  const at = ses.now();
  const { content, drafts, subject, operation, from, replyTo, configurationSet } = sending;
  const names = namesOf(content);
  const absences = new Map<string, string>();
  const entries: Entry[] = [];
  const results = drafts.map((draft, position): Result => {
    const refused = refusal(ses, draft, position, struck);
    if (refused) return refused;
    const id = createMessageId(at);
    const absent = missing(names, draft.values ?? {});
    const fate = fateOf(ses, draft, absent, struck);
    if (absent !== null) absences.set(id, absent);
    const { to, cc, bcc, headers, tags } = draft;
    entries.push({ id, to, cc, bcc, values: draft.values ?? {}, headers, tags, fate });
    return { Status: "SUCCESS", MessageId: id };
  });
  if (entries.length === 0) return results;
  ses.pace.count(entries.flatMap(recipients).length, at);
  const stored = { v: 1 as const, at, operation, from, replyTo, configurationSet, subject, entries };
  const messages = ses.store.add({ ...stored, content: ses.store.keep(content) });
  suppressAfter(ses, messages);
  publish(ses, messages, absences, struck);
  ses.arrived(messages);
  return results;
}

/** As SES's account-level list does, an address that bounced for good or complained is not mailed again. */
function suppressAfter(ses: Simulator, messages: readonly Message[]): void {
  const added = messages.flatMap(({ entry }) => {
    const reason = entry.fate === "bounced" ? "BOUNCE" : entry.fate === "complained" ? "COMPLAINT" : null;
    return reason === null
      ? []
      : recipients(entry)
          .filter((to) => !simulatorAddress.test(to))
          .map((to) => ({ to, reason }) as const);
  });
  if (added.length === 0) return;
  ses.lists.change((lists) => {
    for (const { to, reason } of added) lists.suppressed[to] = { reason, at: ses.now() };
  });
}

const isLost = ({ types, each }: FaultOf<"lose-events">, type: string, random: () => number): boolean =>
  (types === undefined || types.includes(type)) && random() < each;

function publish(
  ses: Simulator,
  messages: readonly Message[],
  absences: ReadonlyMap<string, string>,
  struck: Struck,
): void {
  const lost = struck.first("lose-events");
  const copies = struck.first("double-events")?.copies ?? 1;
  const delay = struck.first("late-events")?.ms ?? 0;
  for (const message of messages) {
    if (message.call.configurationSet === null) continue;
    const types = eventTypesOf(message).filter(ses.courier.wants);
    const kept = types.filter((type) => !lost || !isLost(lost, type, ses.random));
    ses.courier.lost(types.length - kept.length);
    const events = eventsLater(message, ses.account, absences.get(message.entry.id), kept);
    for (let copy = 0; copy < copies; copy++) ses.courier.take(events, delay);
  }
}
