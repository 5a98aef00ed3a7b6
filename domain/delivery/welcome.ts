import * as z from "zod";
import type { Edition } from "../edition/edition.ts";
import { DAY } from "../time/durations.ts";
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

/** A welcome that the sender has to check (`WELCOME`), without an address. */
export const WelcomePointer = z.strictObject({
  newsletter: z.string(),
  date: LocalDate,
  /** When the edition was frozen, which is part of the batch's key and never changes. */
  due: Instant,
  /** The id of the reader's first address, so a reader who changes address gets one welcome, not two. */
  root: z.string(),
  askedAt: Instant,
  /** For a late joiner of an edition in local time: their own due time. Absent: it is a welcome, due at once. */
  ownTime: Instant.optional(),
});
export type WelcomePointer = z.infer<typeof WelcomePointer>;

/** The key of a reader's welcome, so there is at most one for each edition. */
export const welcomeKey = ({
  newsletter,
  date,
  due,
  root,
}: Pick<WelcomePointer, "newsletter" | "date" | "due" | "root">): BatchKey => ({
  ...{ newsletter, date, due },
  ...{ group: WELCOME, run: WELCOME, first: root },
});

/** @param id the reader's current id */
export const welcomeBatch = (pointer: WelcomePointer, id: string): Batch => ({
  ...freshBatch(welcomeKey(pointer), [id]),
  notBefore: pointer.ownTime ?? null,
});

export const isWelcome = ({ group }: Pick<BatchKey, "group">): boolean => group === WELCOME;

/** The group of an edition's welcomes, in the form of a commit. */
export const welcomeGroup = { group: WELCOME, run: WELCOME } as const;

/** The fields of an edition that decide about a welcome. */
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
  /** An audience is being frozen and may include the reader, which will be known soon. */
  | { readonly is: "wait" }
  /** `newer`: later editions being sent. A reader in one of them gets no welcome. */
  | { readonly is: "edition"; readonly edition: E; readonly newer: readonly E[] };

/**
 * Editions in local time being sent whose time hasn't come yet in the zone of a newly confirmed reader, with that time.
 * The reader gets them then, unless they are already in the audience.
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

/** When an edition's cohort in the zone is due; undefined: it isn't sent in local time, or no longer in this zone. */
function ownTimeOf({ frozenAt, cohorts, ...edition }: Known, zone: string | undefined): Instant | undefined {
  if (frozenAt === null || !edition.localTime || !cohorts) return undefined;
  return createCohortClock({ ...edition, frozenAt })(zone);
}

/** An older edition isn't news any more. Also less than the 90 days after which batches expire. */
const OLDEST_MS = 45 * DAY;

/**
 * The edition for a welcome now. An edition in local time counts in zones whose time has come, even if other zones are
 * waiting.
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
  // The newsletter's first edition is being sent; once finished, it can welcome readers who joined too late for it.
  return newer.some((edition) => isWorthWaiting(edition, zone, now)) ? { is: "wait" } : { is: "none" };
}

/** Editions after the welcome's own. */
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

/** Its readers have it, except those a person decides about. */
const isSent = (edition: Known): boolean => edition.state === "finished" || isHeldForDecisions(edition);

/** In local time, only while waiting for its first readers' results; before their own time, readers join it instead. */
function isWorthWaiting(edition: Known, zone: string | undefined, now: Instant): boolean {
  if (edition.state !== "sending") return false;
  const ownTime = ownTimeOf(edition, zone);
  return edition.cohorts === undefined || (ownTime !== undefined && ownTime <= now);
}

/** In local time: the zone's readers were mailed, and the first readers' results were good. */
function isSentThere(edition: Known, zone: string | undefined, now: Instant): boolean {
  const ownTime = ownTimeOf(edition, zone);
  return edition.state === "sending" && edition.stage === "full" && ownTime !== undefined && ownTime <= now;
}

/** After a day, a welcome is withdrawn, because the next edition has come. */
const KEPT_MS = DAY;
export const isWelcomeOver = ({ askedAt, ownTime }: WelcomePointer, now: Instant): boolean =>
  fromInstant(now) - fromInstant(ownTime ?? askedAt) > KEPT_MS;

/**
 * Whether it is finished and needs no more checks. A held one isn't: a sender that had stopped may still record that it
 * wasn't sent.
 */
export const isWelcomeDone = (
  batch: Pick<Batch, "state"> | undefined,
  pointer: WelcomePointer,
  now: Instant,
): boolean => batch === undefined || batch.state === "done" || (batch.state === "held" && isWelcomeOver(pointer, now));

/** How long the pointer's item is kept, in seconds: longer than any step needs it. */
export const WELCOME_KEPT_SECONDS = (4 * KEPT_MS) / 1000;

/** The batch of a withdrawn welcome. */
export function withdrawn(batch: Batch, why: string, now: Instant): Batch {
  const after = skip(batch, positionsToCall(batch, batch.ids.length));
  return withLogEntry({ ...after, state: stateFromOutcomes(after.outcomes) }, `withdrawn: ${why}`, now);
}

/** The same, to be checked again later. */
export const postponed = (batch: Batch, seconds: number, now: Instant): Batch => ({
  ...batch,
  notBefore: toInstant(fromInstant(now) + seconds * 1000),
});
