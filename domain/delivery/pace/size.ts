/** SES takes at most 50 entries in one SendBulkEmail call. */
export const LARGEST_CALL = 50;
/** Readers' ids begin with a byte that spreads them evenly: the shard. */
export const SHARDS = 256;
/** Each group may leave one batch that is not full, so a list of usual length is one group. */
const READERS_A_GROUP = 10_000;

/**
 * Recipients a call at `rate` recipients a second (0 < rate; may be below 1). With 50 a call a rate of 14 would give 50
 * in one second, and 80 could be used to 63 % only: k calls a second of this size use at least 98 % of the rate and
 * never pass it.
 */
export function callSize(rate: number): number {
  const callsASecond = Math.max(1, Math.ceil(rate / LARGEST_CALL));
  return Math.max(1, Math.floor(rate / callsASecond));
}

/** How many groups an audience of about `readers` is frozen in. */
export function groupCount(readers: number): number {
  return Math.min(SHARDS, Math.max(1, Math.ceil(readers / READERS_A_GROUP)));
}

const groupName = (index: number) => index.toString(16).padStart(2, "0");

/** The names of an edition's groups: two hex digits each. */
export const groupNames = (groups: number): string[] => Array.from({ length: groups }, (_, index) => groupName(index));

/** The neighbouring shards that make up a group, in ascending order. */
export function shardsOf(group: string, groups: number): number[] {
  const first = (index: number) => Math.ceil((index * SHARDS) / groups);
  const index = Number.parseInt(group, 16);
  return Array.from({ length: first(index + 1) - first(index) }, (_, at) => first(index) + at);
}

/** The group a reader belongs to, if frozen at all. */
export const groupOf = (id: string, groups: number): string =>
  groupName(Math.floor((Number.parseInt(id.slice(0, 2), 16) * groups) / SHARDS));
