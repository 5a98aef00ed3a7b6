import * as z from "zod";
import { counted, number } from "../../counted.ts";
import { isHeldForDecisions } from "../../delivery/edition.ts";
import { cohortsAt } from "../../delivery/ledger/cohorts.ts";
import { HOUR } from "../../time/durations.ts";
import { fromInstant, Instant } from "../../time/instant.ts";
import { clockText } from "../../time/wall-clock.ts";
import type { Counts, Edition } from "../edition.ts";
import type { Due } from "./plan.ts";

/** What happens next with an edition, in one word. */
const OutlookKind = z.enum([
  "goes-out",
  "going-out",
  "needs-approval",
  "window-passed",
  "no-time",
  "sending",
  "sent",
  "stopped",
  "over",
]);

export const EditionOutlook = z.object({
  kind: OutlookKind,
  /** When it goes out automatically, or is due; null: neither. */
  at: Instant.nullable(),
  /** The end of the window in which it may start; null: no time, or no limit. */
  latest: Instant.nullable(),
  /** Whether nothing is sent, or continues, unless a person acts. */
  needsPerson: z.boolean(),
  /** The alarm: readers should have it by now or within the hour, and nothing is being sent. */
  isUrgent: z.boolean(),
  /** The same as a sentence or two, with the time in the newsletter's zone. */
  text: z.string(),
});
export type EditionOutlook = z.infer<typeof EditionOutlook>;

type Stored = Pick<Edition, "state" | "reason" | "dueAt" | "latest" | "approvedAt" | "localTime" | "cohorts">;

export type OutlookFacts = {
  /** Undefined: there is none for the date yet. */
  edition: Stored | undefined;
  /** Counts of a frozen edition; null: not frozen. */
  counts: Counts | null;
  mode: "auto" | "approve";
  /** The newsletter's own time on the date; null: its calendar skips the date. */
  own: Due | null;
  /** Whether the newsletter had an edition or a draft when this one was due; otherwise it hadn't begun. */
  hadBegun: boolean;
  timeZone: string;
  now: Instant;
  /** While SES's daily quota is used up: when the sender checks again. Null or absent: it isn't. */
  asleepUntil?: Instant | null;
};

/**
 * What happens next with an edition. The desk's home, edition and send pages, `edition plan`, `edition show`, `status`
 * and the calendar all use this function, so they can't contradict each other.
 */
export function outlookOf(facts: OutlookFacts): EditionOutlook {
  const outlook = nextOf(facts);
  return { ...outlook, isUrgent: outlook.needsPerson && isUrgent(outlook.kind, facts) };
}

const stateName = /^(?:Approved(?:, but)?|Being sent|Sent|Paused|Held|Halted|Skipped|Cancelled)[.:]?(?: |$)/;

/** An outlook's text beside the edition's state: without the state's name at its beginning. */
export function textBesideState({ text }: EditionOutlook): string {
  const rest = text.replace(stateName, "");
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

/** How long before an edition is due a needed action becomes urgent, in milliseconds. */
const URGENT_MS = HOUR;

function isUrgent(kind: EditionOutlook["kind"], { own, now }: OutlookFacts): boolean {
  if (kind === "stopped") return true;
  if (kind !== "needs-approval" && kind !== "window-passed") return false;
  return own === null || fromInstant(own.at) - fromInstant(now) <= URGENT_MS;
}

type Next = Omit<EditionOutlook, "isUrgent">;
const noTime = { at: null, latest: null } as const;

function nextOf(facts: OutlookFacts): Next {
  const { edition } = facts;
  switch (edition?.state) {
    case undefined:
    case "draft":
      return outlookOfDraft(facts);
    case "approved":
      return outlookOfApproved(edition, facts);
    case "freezing":
    case "sending":
      return sendingOutlook(facts);
    case "paused":
      return stoppedOutlook("Paused", edition, facts);
    case "held":
      return stoppedOutlook("Held", edition, facts);
    case "halted":
      return stoppedOutlook("Halted", edition, facts);
    case "finished":
      return { kind: "sent", ...noTime, needsPerson: false, text: `Sent. ${sharesText(facts.counts)}`.trim() };
    case "skipped":
    case "cancelled":
      return { kind: "over", ...noTime, needsPerson: false, text: overText(edition, facts.counts) };
  }
}

/** A draft, or a date without one. A draft that waits for editors has its time stored. */
function outlookOfDraft({ edition, mode, own, hadBegun, timeZone, now }: OutlookFacts): Next {
  const blocked = edition?.reason ? `${edition.reason} ` : "";
  if (own === null) {
    const text = `${blocked}The newsletter's calendar skips this date, so nothing goes out by itself. You can still send it manually.`;
    return { kind: "no-time", ...noTime, needsPerson: true, text };
  }
  if (own.at < now && !hadBegun) {
    const text = `${blocked}Was due ${clock(own.at, timeZone)}, before the newsletter's first draft, so it doesn't go out by itself. You can still send it manually.`;
    return { kind: "no-time", ...noTime, needsPerson: true, text };
  }
  const latest = own.latest ?? own.at;
  if (now > latest) {
    const text = `${blocked}Its send window passed at ${clock(latest, timeZone)}. You can still send it manually.`;
    return { kind: "window-passed", ...noTime, needsPerson: true, text };
  }
  if (mode === "approve" || blocked !== "") {
    const due = own.at > now ? `Due ${clock(own.at, timeZone)}` : `Was due ${clock(own.at, timeZone)}`;
    const needs = mode === "approve" ? "Needs approval" : "Needs a person to send it";
    const text = `${blocked}${needs} by ${clockBeside(latest, own.at, timeZone)}. ${due}.`;
    return { kind: "needs-approval", at: own.at, latest, needsPerson: true, text };
  }
  if (own.at <= now) return goingOut(own.at, latest);
  const text = `Goes out by itself ${whenText(own.at, own.localTime, timeZone)}.`;
  return { kind: "goes-out", at: own.at, latest, needsPerson: false, text };
}

function outlookOfApproved({ dueAt, latest, localTime }: Stored, { timeZone, now }: OutlookFacts): Next {
  if (latest !== null && now > latest) {
    const text = `Approved, but its send window passed at ${clock(latest, timeZone)}. You can still send it manually.`;
    return { kind: "window-passed", ...noTime, needsPerson: true, text };
  }
  if (dueAt === null || dueAt <= now) return goingOut(dueAt, latest);
  return {
    kind: "goes-out",
    at: dueAt,
    latest,
    needsPerson: false,
    text: `Approved. Goes out ${whenText(dueAt, localTime?.time, timeZone)}.`,
  };
}

const goingOut = (at: Instant | null, latest: Instant | null): Next => ({
  kind: "going-out",
  at,
  latest,
  needsPerson: false,
  text: "Goes out within a minute.",
});

function sendingOutlook(facts: OutlookFacts): Next {
  const { edition, counts, asleepUntil, timeZone, now } = facts;
  const needsPerson = counts !== null && counts.waiting + counts.failed === 0 && counts.unknown + counts.held > 0;
  const progress = `Being sent. ${sharesText(counts)} ${cohortsText(facts)}`.replace(/ {2,}/g, " ").trim();
  const what = edition?.state === "freezing" ? "Preparing its audience." : progress;
  const waits = counts === null ? 0 : counts.waiting + counts.failed;
  if (edition?.state !== "sending" || waits === 0 || asleepUntil == null || asleepUntil <= now) {
    return { kind: "sending", ...noTime, needsPerson, text: what };
  }
  const asleep = `SES's daily quota is used up. Sending continues by itself as the quota frees up; the next check is ${clock(asleepUntil, timeZone)}.`;
  return { kind: "sending", ...noTime, needsPerson, text: `${what} ${asleep}` };
}

function stoppedOutlook(name: string, stored: Stored, facts: OutlookFacts): Next {
  const why = whyOf(stored.state, stored.reason);
  const next = isHeldForDecisions(stored)
    ? "It finishes once each is resolved: counted as delivered, or sent again."
    : "Nothing more goes out until you resume or cancel it.";
  const text = `${name}${why}. ${sharesText(facts.counts)} ${cohortsText(facts)} ${next}`;
  return { kind: "stopped", at: null, latest: stored.latest, needsPerson: true, text: text.replace(/ {2,}/g, " ") };
}

/** Half-way through, no one waits any more: `Cancelled by ed. 12 accepted, 28 won't get it. Nothing more goes out.` */
function overText({ state, reason }: Stored, counts: Counts | null): string {
  const what = `${state === "skipped" ? "Skipped" : "Cancelled"}${whyOf(state, reason)}.`;
  const shares = sharesText(counts).replace(/ waiting\b/, " won't get it");
  return shares === "" ? `${what} Nothing goes out.` : `${what} ${shares} Nothing more goes out.`;
}

/** `: too many bounced`, or ` by ed` where the reason says the state's name itself. */
function whyOf(state: string, reason: string | null): string {
  const given = reason?.replace(/^(?:Held|Halted) because /, "").replace(/\.$/, "");
  if (given === undefined) return "";
  return given.toLowerCase().startsWith(`${state} `) ? given.slice(state.length) : `: ${given}`;
}

/** `50 accepted, 5 unknown, 45 waiting.`: an unknown delivery is never counted as sent. */
function sharesText(counts: Counts | null): string {
  if (counts === null || counts.audience === 0) return "";
  const { accepted, unknown, held, refused, skipped, waiting, failed } = counts;
  const shares = { accepted, unknown, held, refused, skipped, waiting: waiting + failed };
  const parts = Object.entries(shares).filter(([name, n]) => n > 0 || name === "accepted");
  return `${parts.map(([name, n]) => `${number(n)} ${name}`).join(", ")}.`;
}

/** `Mon 23 Nov 17:00 Europe/London`; in local time `at 07:00 in each reader's time zone, starting Mon 23 Nov 17:00 …`. */
const whenText = (at: Instant, localTime: string | undefined, timeZone: string): string =>
  localTime === undefined
    ? clock(at, timeZone)
    : `at ${localTime} in each reader's time zone, starting ${clock(at, timeZone)}`;

/** In local time: cohorts that are done, and when the others are due. */
function cohortsText({ edition, timeZone, now }: OutlookFacts): string {
  const { due, toCome } = cohortsAt(edition ?? {}, now);
  const [next, last] = [toCome[0], toCome.at(-1)];
  if (next === undefined || last === undefined) return "";
  const end = next === last ? ", the last" : `; the last ${clock(last.due, timeZone)}`;
  const turn = `cohorts that were due: ${due.length} of ${due.length + toCome.length}`;
  return `In local time, ${turn}. Next: ${counted(next.readers, "reader")} ${clock(next.due, timeZone)}${end}.`;
}

const clock = (at: Instant, timeZone: string): string => `${clockText(at, timeZone)} ${timeZone}`;

/** A time after another one: without the day if it is the same. */
function clockBeside(at: Instant, other: Instant, timeZone: string): string {
  const text = clockText(at, timeZone);
  return text.slice(0, -5) === clockText(other, timeZone).slice(0, -5) ? text.slice(-5) : `${text} ${timeZone}`;
}
