import * as z from "zod";
import { Instant } from "../../time/instant.ts";
import { callOf } from "../calls/attempt.ts";
import type { Batch, BatchKey } from "../ledger/batch.ts";
import { positionsSeen, type SeenKey } from "../ledger/seen-deliveries.ts";
import { batchId, resendFrom, undecidedPositions } from "./resolve-by-person.ts";

/** A call to SES that needs a person's decision. */
export const UndecidedCall = z.object({
  /** Its id for people: batch and attempt, `3f9ac1d2.1`. */
  id: z.string(),
  /** When it was made. */
  at: Instant,
  /** Number of its readers, as far as known, and of those proven accepted by events. */
  readers: z.number().int(),
  seen: z.number().int(),
  /** Number of deliveries to decide about. */
  undecided: z.number().int(),
  /** From when it may be resent. */
  resendFrom: Instant.nullable(),
  /** The last log entry of its batch. */
  note: z.string().nullable(),
});
export type UndecidedCall = z.infer<typeof UndecidedCall>;

export const callId = (key: Pick<BatchKey, "first">, attempt: number): string => `${batchId(key)}.${attempt}`;

/** Parses a call's id; undefined: invalid. */
export function parseCallId(typed: string): { batch: string; attempt: number } | undefined {
  const [, batch, attempt] = /^([0-9a-f]{4,24})\.(\d{1,6})$/i.exec(typed) ?? [];
  return batch === undefined ? undefined : { batch, attempt: Number(attempt) };
}

/** The positions of one call that a person may decide about. */
export const undecidedOfCall = (batch: Batch, attempt: number): number[] =>
  undecidedPositions(batch).filter((position) => callOf(batch, position)?.attempt === attempt);

/**
 * A batch's calls that need a decision. Deliveries that failed repeatedly aren't included, because SES never accepted
 * them and they can be retried.
 * @param seen what SES's events prove about the batch
 */
export function undecidedCalls(batch: Batch, seen: ReadonlySet<SeenKey>, settleSeconds: number): UndecidedCall[] {
  const unclear = undecidedPositions(batch).filter((position) => batch.outcomes[position] !== "given-up");
  const calls = new Map(
    unclear.flatMap((position) => {
      const call = callOf(batch, position);
      return call ? [[call.attempt, call] as const] : [];
    }),
  );
  const proven = positionsSeen(seen, { from: 1, to: batch.attempts });
  return [...calls.values()].map(({ attempt, at, positions }) => {
    const own = unclear.filter((position) => positions.includes(position));
    const isSeen = (position: number) => batch.outcomes[position] === "accepted" || proven.has(position);
    return {
      ...{ id: callId(batch.key, attempt), at, readers: positions.length, seen: positions.filter(isSeen).length },
      ...{ undecided: own.length, resendFrom: resendFrom(batch, settleSeconds, own) },
      note: batch.log.at(-1)?.what ?? null,
    };
  });
}
