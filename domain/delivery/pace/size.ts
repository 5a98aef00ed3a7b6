/** SES's limit of entries in one SendBulkEmail call. */
export const LARGEST_CALL = 50;
/** The first byte of readers' ids spreads them evenly: the shard. */
export const SHARDS = 256;
/** Each group may have one batch that isn't full, so a list of usual size is one group. */
const READERS_A_GROUP = 10_000;

/**
 * Recipients a call at `rate` recipients a second (0 < rate; may be below 1). Calls of 50 would exceed a rate of 14,
 * and use only 63 % of a rate of 80; k calls a second of this size use at least 98 % of the rate and never exceed it.
 */
export function callSize(rate: number): number {
  const callsASecond = Math.max(1, Math.ceil(rate / LARGEST_CALL));
  return Math.max(1, Math.floor(rate / callsASecond));
}

/** Number of groups for an audience of about `readers`. */
export function groupCount(readers: number): number {
  return Math.min(SHARDS, Math.max(1, Math.ceil(readers / READERS_A_GROUP)));
}

const groupName = (index: number) => index.toString(16).padStart(2, "0");

/** The names of an edition's groups: two hex digits each. */
export const groupNames = (groups: number): string[] => Array.from({ length: groups }, (_, index) => groupName(index));

/** The neighbouring shards of a group, ascending. */
export function shardsOf(group: string, groups: number): number[] {
  const first = (index: number) => Math.ceil((index * SHARDS) / groups);
  const index = Number.parseInt(group, 16);
  return Array.from({ length: first(index + 1) - first(index) }, (_, at) => first(index) + at);
}

/** A reader's group, if they are frozen. */
export const groupOf = (id: string, groups: number): string =>
  groupName(Math.floor((Number.parseInt(id.slice(0, 2), 16) * groups) / SHARDS));
