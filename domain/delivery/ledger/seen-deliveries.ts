/**
 * A delivery that SES's events prove accepted: `attempt:position` of its batch, with `:messageId` while its answer
 * isn't certain. Kept as a set (`S#`), so events may be late, repeated and in any order.
 */
export type SeenKey = string;

type SeenDelivery = { readonly attempt: number; readonly position: number; readonly messageId?: string };

export const seenKeyOf = ({ attempt, position, messageId }: SeenDelivery): SeenKey =>
  messageId ? `${attempt}:${position}:${messageId}` : `${attempt}:${position}`;

export function readSeenKey(key: SeenKey): SeenDelivery {
  const [, attempt, position, messageId] = /^(\d+):(\d+)(?::(.+))?$/.exec(key) ?? [];
  return { attempt: Number(attempt), position: Number(position), ...(messageId !== undefined && { messageId }) };
}

/** The positions seen in one attempt, or in all attempts up to it. */
export function positionsSeen(seen: ReadonlySet<SeenKey>, attempts: { from: number; to: number }): Set<number> {
  const positions = new Set<number>();
  for (const key of seen) {
    const { attempt, position } = readSeenKey(key);
    if (attempt >= attempts.from && attempt <= attempts.to) positions.add(position);
  }
  return positions;
}
