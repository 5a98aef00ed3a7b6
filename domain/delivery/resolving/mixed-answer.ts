import { counted } from "../../counted.ts";
import { markSeen } from "../calls/attempt.ts";
import type { Batch } from "../ledger/batch.ts";
import { positionsSeen, readSeenKey, type SeenKey } from "../ledger/seen-deliveries.ts";
import { proveOrder } from "./order-proof.ts";

/** The interpretation of a mixed answer, once events prove enough. */
type AnswerReading = {
  /** The batch with accepted positions by the answer, seen or not. */
  readonly batch: Batch;
  /** The positions that SES didn't accept. */
  readonly failures: readonly number[];
  /** The reason, as the start of a sentence. */
  readonly why: string;
};

/**
 * Interprets a mixed answer by what was seen of its call: by number, once all accepted ones were seen, or by the
 * answer's order, once messages prove it. Undefined: neither.
 * @param called the positions that were in the call
 * @param unseen the positions without an event
 */
export function readMixedAnswer(
  batch: Batch,
  called: readonly number[],
  unseen: readonly number[],
  seen: ReadonlySet<SeenKey>,
): AnswerReading | undefined {
  const { attempts, answered, taken } = batch;
  const ofThisCall = positionsSeen(seen, { from: attempts, to: attempts });
  if (called.filter((position) => ofThisCall.has(position)).length === taken) {
    return { batch, failures: unseen, why: "all that SES took were seen" };
  }
  if (!answered) return undefined;
  const places = [...seen]
    .map(readSeenKey)
    .flatMap(({ attempt, position, messageId }) =>
      attempt === attempts && messageId !== undefined ? [{ position, messageId }] : [],
    );
  const order = proveOrder(called, answered, places);
  if (order.is !== "proven") return undefined;
  const named = called.filter((position) => answered[position] !== "");
  const messageIds = batch.ids.map((_, at) => (named.includes(at) ? answered[at] : batch.messageIds[at]) ?? "");
  return {
    batch: { ...markSeen(batch, named), messageIds },
    failures: unseen.filter((position) => answered[position] === ""),
    why: `${counted(order.matches, "message proves", "messages prove")} the order of SES's answer`,
  };
}
