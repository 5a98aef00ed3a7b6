/**
 * A delivery that SES's events prove accepted: `attempt:position` of its batch, and `:messageId` where its answer isn't
 * known for sure. Kept as a set (`S#`), so events may come late, twice and in any order.
 */
export type SeenKey = string;

type SeenDelivery = { readonly attempt: number; readonly position: number; readonly messageId?: string };

export const seenKeyOf = ({ attempt, position, messageId }: SeenDelivery): SeenKey =>
  messageId ? `${attempt}:${position}:${messageId}` : `${attempt}:${position}`;

export function readSeenKey(key: SeenKey): SeenDelivery {
  const [, attempt, position, messageId] = /^(\d+):(\d+)(?::(.+))?$/.exec(key) ?? [];
  return { attempt: Number(attempt), position: Number(position), ...(messageId !== undefined && { messageId }) };
}

/** The positions seen under one attempt, or under any up to it. */
export function positionsSeen(seen: ReadonlySet<SeenKey>, attempts: { from: number; to: number }): Set<number> {
  const positions = new Set<number>();
  for (const key of seen) {
    const { attempt, position } = readSeenKey(key);
    if (attempt >= attempts.from && attempt <= attempts.to) positions.add(position);
  }
  return positions;
}
