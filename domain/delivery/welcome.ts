import * as z from "zod";
import type { Edition } from "../edition/edition.ts";
import { fromInstant, Instant, LocalDate, toInstant } from "../time/instant.ts";
import { positionsToCall, skip, stateFromOutcomes, withLogEntry } from "./calls/attempt.ts";
import { isDue, isHeldForDecisions } from "./edition.ts";
import { type Batch, type BatchKey, freshBatch } from "./ledger/batch.ts";
import { createCohortClock } from "./ledger/cohorts.ts";

/**
 * A welcome: the newest finished edition, for a reader who has just confirmed. It is a batch of one in a group of its
 * own that has no commit, so the edition's state and counts stay as they are.
 */
const WELCOME = "welcome";

/** A welcome that the sender has to look at (`WELCOME`). It holds no address. */
export const WelcomePointer = z.strictObject({
  newsletter: z.string(),
  date: LocalDate,
  /** When the edition was frozen: part of the batch's key, and never changes. */
  due: Instant,
  /** The id of the reader's first address: a reader who changes address has one welcome of an edition, not two. */
  root: z.string(),
  askedAt: Instant,
  /** Of a late joiner of an edition in local time: when their own time comes. Absent: it is a welcome, at once. */
  ownTime: Instant.optional(),
});
export type WelcomePointer = z.infer<typeof WelcomePointer>;

/** Where a reader's welcome is. At most one of an edition can be written there. */
export const welcomeKey = ({
  newsletter,
  date,
  due,
  root,
}: Pick<WelcomePointer, "newsletter" | "date" | "due" | "root">): BatchKey => ({
  ...{ newsletter, date, due },
  ...{ group: WELCOME, run: WELCOME, first: root },
});

/** @param id under which the reader subscribed now */
export const welcomeBatch = (pointer: WelcomePointer, id: string): Batch => ({
  ...freshBatch(welcomeKey(pointer), [id]),
  notBefore: pointer.ownTime ?? null,
});

export const isWelcome = ({ group }: Pick<BatchKey, "group">): boolean => group === WELCOME;

/** The group of an edition's welcomes, named as the commits of its other groups are. */
export const welcomeGroup = { group: WELCOME, run: WELCOME } as const;

/** What of an edition decides about a welcome. */
type Known = Pick<
  Edition,
  | "newsletter"
  | "date"
  | "state"
  | "reason"
  | "stage"
  | "dueAt"
  | "frozenAt"
  | "groups"
  | "frozen"
  | "localTime"
  | "cohorts"
>;

type WelcomeChoice<E> =
  | { readonly is: "none" }
  /** An edition's audience is being frozen, and may include the reader: it is known soon. */
  | { readonly is: "wait" }
  /** `newer`: editions on their way since. A reader who is in one of them gets no welcome. */
  | { readonly is: "edition"; readonly edition: E; readonly newer: readonly E[] };

/**
 * Editions in local time on their way whose time has not come yet where a reader is who has just confirmed, with that
 * time: unless they were frozen in it, they get it then.
 * @param zone the reader's; undefined: the newsletter's
 */
export function editionsToJoin<E extends Known>(
  editions: readonly E[],
  zone: string | undefined,
  now: Instant,
): { readonly edition: E; readonly ownTime: Instant }[] {
  return editions.flatMap((edition) => {
    const isOnItsWay = edition.state === "sending" || edition.state === "paused";
    const ownTime = isOnItsWay ? ownTimeOf(edition, zone) : undefined;
    return ownTime !== undefined && ownTime > now ? [{ edition, ownTime }] : [];
  });
}

/** When an edition's cohort in the zone gets it; undefined: it isn't sent in local time, or is no one's there any more. */
function ownTimeOf({ frozenAt, cohorts, ...edition }: Known, zone: string | undefined): Instant | undefined {
  if (frozenAt === null || !edition.localTime || !cohorts) return undefined;
  return createCohortClock({ ...edition, frozenAt })(zone);
}

/** An older edition is not news any more. Batches expire 90 days after they were due, so this is less. */
const OLDEST_MS = 45 * 24 * 3_600_000;

/**
 * The edition that welcomes a reader now. One in local time is news where its time has come, though others wait for it.
 * @param editions the newest date first
 */
export function chooseWelcome<E extends Known>(editions: readonly E[], now: Instant, zone?: string): WelcomeChoice<E> {
  const newer: E[] = [];
  for (const edition of editions) {
    if (isBeingFrozen(edition, now)) return { is: "wait" };
    if (edition.frozen === null || edition.frozenAt === null) continue;
    if (!isSent(edition) && !isSentThere(edition, zone, now)) newer.push(edition);
    else if (fromInstant(now) - fromInstant(edition.frozenAt) > OLDEST_MS) return { is: "none" };
    else return { is: "edition", edition, newer };
  }
  // The first one of all is on its way: once it is finished it is there for who came too late for it.
  return newer.some((edition) => isWorthWaiting(edition, zone, now)) ? { is: "wait" } : { is: "none" };
}

/** The editions after the one that a welcome is of. */
export function laterEditions<E extends Known>(
  editions: readonly E[],
  date: LocalDate,
  now: Instant,
): { readonly is: "wait" } | { readonly is: "frozen"; readonly editions: readonly E[] } {
  const later = editions.filter((edition) => edition.date > date);
  if (later.some((edition) => isBeingFrozen(edition, now))) return { is: "wait" };
  return { is: "frozen", editions: later.filter(({ frozen }) => frozen !== null) };
}

const isBeingFrozen = (edition: Known, now: Instant): boolean =>
  edition.state === "freezing" || (edition.state === "approved" && isDue(edition, now));

/** Its readers have it, except those that a person decides about. */
const isSent = (edition: Known): boolean => edition.state === "finished" || isHeldForDecisions(edition);

/** In local time only while its first readers' servers are waited for; until their own time readers join it instead. */
function isWorthWaiting(edition: Known, zone: string | undefined, now: Instant): boolean {
  if (edition.state !== "sending") return false;
  const ownTime = ownTimeOf(edition, zone);
  return edition.cohorts === undefined || (ownTime !== undefined && ownTime <= now);
}

/** In local time: the readers of the zone have had their turn, and the first readers took it well. */
function isSentThere(edition: Known, zone: string | undefined, now: Instant): boolean {
  const ownTime = ownTimeOf(edition, zone);
  return edition.state === "sending" && edition.stage === "full" && ownTime !== undefined && ownTime <= now;
}

/** A welcome a day later is none: the next edition has come. */
const KEPT_MS = 24 * 3_600_000;
export const isWelcomeOver = ({ askedAt, ownTime }: WelcomePointer, now: Instant): boolean =>
  fromInstant(now) - fromInstant(ownTime ?? askedAt) > KEPT_MS;

/**
 * Whether nothing more happens to it, so no one has to look at it. Of one that is held it is not known yet: a sender that
 * stood still may still record that it was not sent.
 */
export const isWelcomeDone = (
  batch: Pick<Batch, "state"> | undefined,
  pointer: WelcomePointer,
  now: Instant,
): boolean => batch === undefined || batch.state === "done" || (batch.state === "held" && isWelcomeOver(pointer, now));

/** Seconds for which the pointer's item is kept: longer than anything is done about it. */
export const WELCOME_KEPT_SECONDS = (4 * KEPT_MS) / 1000;

/** The batch of a welcome that isn't sent any more. */
export function withdrawn(batch: Batch, why: string, now: Instant): Batch {
  const after = skip(batch, positionsToCall(batch, batch.ids.length));
  return withLogEntry({ ...after, state: stateFromOutcomes(after.outcomes) }, `withdrawn: ${why}`, now);
}

/** The same, to be looked at again later. */
export const postponed = (batch: Batch, seconds: number, now: Instant): Batch => ({
  ...batch,
  notBefore: toInstant(fromInstant(now) + seconds * 1000),
});
