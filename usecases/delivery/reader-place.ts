import type { Subscriber } from "#domain/audience/subscriber.ts";
import { MOVES_FOLLOWED } from "#domain/delivery/calls/reader.ts";
import type { Batch } from "#domain/delivery/ledger/batch.ts";
import { duesOf } from "#domain/delivery/ledger/cohorts.ts";
import type { GroupCommit } from "#domain/delivery/ledger/group.ts";
import { groupOf } from "#domain/delivery/pace/size.ts";
import type { Edition } from "#domain/edition/edition.ts";
import type { SubscriberStore } from "../ports/audience.ts";
import type { Ledger } from "../ports/ledger.ts";

/** The committed run of each group of an edition, and when its batches are due. */
export type Runs = ReadonlyMap<string, Pick<GroupCommit, "run" | "cohorts">>;

export const runsOf = (commits: readonly GroupCommit[]): Runs =>
  new Map(commits.map(({ group, run, cohorts }) => [group, cohorts === undefined ? { run } : { run, cohorts }]));

/** The reader's batch in an edition's audience; undefined: none. */
export async function findPlace(
  ledger: Pick<Ledger, "batchAround">,
  { newsletter, date, frozenAt }: Pick<Edition, "newsletter" | "date" | "frozenAt">,
  runs: Runs,
  id: string,
): Promise<Batch | undefined> {
  if (frozenAt === null || runs.size === 0) return undefined;
  const group = groupOf(id, runs.size);
  const committed = runs.get(group);
  if (committed === undefined) return undefined;
  const { run } = committed;
  // It isn't known in which cohort a reader was frozen, because their time zone may have changed since. All are read at
  // once, because a claimed batch waits for this, and no call leaves when its claim is older than five seconds.
  const around = await Promise.all(
    duesOf(committed, frozenAt).map((due) => ledger.batchAround({ newsletter, date, due, group, run }, id)),
  );
  return around.find((batch) => batch?.ids.includes(id));
}

/** Whether an edition's audience includes a reader, under any of these ids. */
export async function isIncluded(
  ledger: Pick<Ledger, "batchAround" | "groups">,
  edition: Pick<Edition, "newsletter" | "date" | "frozenAt">,
  ids: readonly string[],
): Promise<boolean> {
  const runs = runsOf(await ledger.groups(edition));
  for (const id of ids) {
    if (await findPlace(ledger, edition, runs, id)) return true;
  }
  return false;
}

/** A reader's ids, newest first: the current one, and those of former addresses. */
export async function idsOf(subscribers: Pick<SubscriberStore, "get">, reader: Subscriber): Promise<string[]> {
  const ids = [reader.id];
  let { origin } = reader;
  while (origin !== null && ids.length <= MOVES_FOLLOWED && !ids.includes(origin)) {
    ids.push(origin);
    origin = (await subscribers.get(reader.newsletter, origin))?.origin ?? null;
  }
  return ids;
}
