import * as z from "zod";
import type { Edition } from "../edition/edition.ts";
import { fromInstant, Instant, LocalDate, toInstant } from "../time/instant.ts";
import { positionsToCall, skip, stateFromOutcomes, withLogEntry } from "./calls/attempt.ts";
import { isDue, isHeldForDecisions } from "./edition.ts";
import { type Batch, type BatchKey, freshBatch } from "./ledger/batch.ts";

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
});
export type WelcomePointer = z.infer<typeof WelcomePointer>;

/** Where a reader's welcome is. At most one of an edition can be written there. */
export const welcomeKey = ({ newsletter, date, due, root }: Omit<WelcomePointer, "askedAt">): BatchKey => ({
  ...{ newsletter, date, due },
  ...{ group: WELCOME, run: WELCOME, first: root },
});

/** @param id under which the reader subscribed now */
export const welcomeBatch = (pointer: WelcomePointer, id: string): Batch => freshBatch(welcomeKey(pointer), [id]);

export const isWelcome = ({ group }: Pick<BatchKey, "group">): boolean => group === WELCOME;

/** The group of an edition's welcomes, named as the commits of its other groups are. */
export const welcomeGroup = { group: WELCOME, run: WELCOME } as const;

/** What of an edition decides about a welcome. */
type Known = Pick<Edition, "newsletter" | "date" | "state" | "reason" | "dueAt" | "frozenAt" | "groups" | "frozen">;

type WelcomeChoice<E> =
  | { readonly is: "none" }
  /** An edition's audience is being frozen, and may include the reader: it is known soon. */
  | { readonly is: "wait" }
  /** `newer`: editions on their way since. A reader who is in one of them gets no welcome. */
  | { readonly is: "edition"; readonly edition: E; readonly newer: readonly E[] };

/** An older edition is not news any more. Batches expire 90 days after they were due, so this is less. */
const OLDEST_MS = 45 * 24 * 3_600_000;

/**
 * The edition that welcomes a reader now.
 * @param editions the newest date first
 */
export function chooseWelcome<E extends Known>(editions: readonly E[], now: Instant): WelcomeChoice<E> {
  const newer: E[] = [];
  for (const edition of editions) {
    if (isBeingFrozen(edition, now)) return { is: "wait" };
    if (edition.frozen === null || edition.frozenAt === null) continue;
    if (!isSent(edition)) newer.push(edition);
    else if (fromInstant(now) - fromInstant(edition.frozenAt) > OLDEST_MS) return { is: "none" };
    else return { is: "edition", edition, newer };
  }
  // The first one of all is on its way: once it is finished it is there for who came too late for it.
  return newer.some(({ state }) => state === "sending") ? { is: "wait" } : { is: "none" };
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

/** A welcome a day later is none: the next edition has come. */
const KEPT_MS = 24 * 3_600_000;
export const isWelcomeOver = ({ askedAt }: WelcomePointer, now: Instant): boolean =>
  fromInstant(now) - fromInstant(askedAt) > KEPT_MS;

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
export const WELCOME_KEPT_SECONDS = (2 * KEPT_MS) / 1000;

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
