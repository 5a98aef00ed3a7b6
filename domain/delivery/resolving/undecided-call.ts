import * as z from "zod";
import { Instant } from "../../time/instant.ts";
import { callOf } from "../calls/attempt.ts";
import type { Batch, BatchKey } from "../ledger/batch.ts";
import { positionsSeen, type SeenKey } from "../ledger/seen-deliveries.ts";
import { batchId, resendFrom, undecidedPositions } from "./resolve-by-person.ts";

/** A call to SES with deliveries that someone has to decide on. */
export const UndecidedCall = z.object({
  /** As a person names it: its batch and its attempt, `3f9ac1d2.1`. */
  id: z.string(),
  /** When it was made. */
  at: Instant,
  /** Its readers, as far as known, and how many of them SES's events prove accepted. */
  readers: z.number().int(),
  seen: z.number().int(),
  /** How many of them have to be decided on. */
  undecided: z.number().int(),
  /** From when it may be sent again. */
  resendFrom: Instant.nullable(),
  /** What was noted last about its batch. */
  note: z.string().nullable(),
});
export type UndecidedCall = z.infer<typeof UndecidedCall>;

export const callId = (key: Pick<BatchKey, "first">, attempt: number): string => `${batchId(key)}.${attempt}`;

/** What was typed as a call, or undefined where it names none. */
export function parseCallId(typed: string): { batch: string; attempt: number } | undefined {
  const [, batch, attempt] = /^([0-9a-f]{4,24})\.(\d{1,6})$/i.exec(typed) ?? [];
  return batch === undefined ? undefined : { batch, attempt: Number(attempt) };
}

/** The positions of one call that a person may decide on. */
export const undecidedOfCall = (batch: Batch, attempt: number): number[] =>
  undecidedPositions(batch).filter((position) => callOf(batch, position)?.attempt === attempt);

/**
 * The calls of a batch that have to be decided on. Who SES failed again and again isn't among them: no one took those,
 * and they are retried.
 * @param seen what SES's events prove of the batch
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
