/**
 * A delivery that SES's events prove accepted: `attempt:position` of its batch. Kept as a set (`S#`), so events may
 * come late, twice and in any order.
 */
export type SeenKey = string;

export const seenKeyOf = ({ attempt, position }: { attempt: number; position: number }): SeenKey =>
  `${attempt}:${position}`;

/** The positions seen under one attempt, or under any up to it. */
export function positionsSeen(seen: ReadonlySet<SeenKey>, attempts: { from: number; to: number }): Set<number> {
  const positions = new Set<number>();
  for (const place of seen) {
    const [attempt = Number.NaN, position = Number.NaN] = place.split(":").map(Number);
    if (attempt >= attempts.from && attempt <= attempts.to) positions.add(position);
  }
  return positions;
}
