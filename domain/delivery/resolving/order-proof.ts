/**
 * Whether SES listed the results of a mixed answer in the order of its call. SES API v2 doesn't promise that; v1 did.
 * An event has a position and a message id, and an answer lists message ids, so each event of the call is a comparison.
 */
type OrderVerdict =
  /** The answer is right for each position. */
  | { readonly is: "proven"; readonly matches: number }
  /** An event contradicts it, so the answer's order proves nothing. */
  | { readonly is: "disproven" }
  | { readonly is: "open" };

/** An event of the call: this position was accepted as this message. */
export type MessagePlace = { readonly position: number; readonly messageId: string };

/** Number of positions that have to match. docs/delivery.md has the odds. */
const MIN_MATCHES = 5;

/**
 * Compares the events of a call with its answer. The order is proven by at least five matching positions, no mismatch,
 * and a matching accepted position on each side of every failure: an answer that lists accepted entries first, or last,
 * would match up to its first failure and still name the wrong readers.
 * @param called the positions of the call, in its order
 * @param answered the answer's message ids by position, as if it had the call's order; "" for a failure
 */
export function proveOrder(
  called: readonly number[],
  answered: readonly string[],
  places: readonly MessagePlace[],
): OrderVerdict {
  const inCall = new Set(called);
  const isMatch = ({ position, messageId }: MessagePlace) => inCall.has(position) && answered[position] === messageId;
  if (!places.every(isMatch)) return { is: "disproven" };
  const matched = new Set(places.map(({ position }) => position));
  if (matched.size < MIN_MATCHES || !areFailuresEnclosed(called, answered, matched)) return { is: "open" };
  return { is: "proven", matches: matched.size };
}

function areFailuresEnclosed(
  called: readonly number[],
  answered: readonly string[],
  matched: ReadonlySet<number>,
): boolean {
  const isFailure = (position: number | undefined) => position !== undefined && (answered[position] ?? "") === "";
  return called.every((position, at) => {
    const bordersFailure = isFailure(called[at - 1]) || isFailure(called[at + 1]);
    return isFailure(position) || !bordersFailure || matched.has(position);
  });
}
