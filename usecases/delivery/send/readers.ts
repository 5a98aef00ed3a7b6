import type { Subscriber } from "#domain/audience/subscriber.ts";
import { MOVES_FOLLOWED, type ReaderStatus, readerStatusOf, successorOf } from "#domain/delivery/calls/reader.ts";
import type { Batch } from "#domain/delivery/ledger/batch.ts";
import { groupOf } from "#domain/delivery/pace/size.ts";
import type { SendPorts } from "./ports.ts";

type Ports = { subscribers: SendPorts["subscribers"]; ledger: Pick<SendPorts["ledger"], "batchAround"> };

/** The committed run of each group of the edition. */
export type Runs = ReadonlyMap<string, string>;

/**
 * Those that these positions of a claimed batch are to be mailed to, as of now. Positions missing from the result are to be
 * skipped: they left, paused, were erased, or moved to an address that has its own place in this edition.
 */
export async function readersOf(
  ports: Ports,
  batch: Batch,
  positions: readonly number[],
  runs: Runs,
): Promise<Map<number, Subscriber>> {
  const { newsletter, date } = batch.key;
  const idAt = (position: number) => batch.ids[position] ?? "";
  const found = await ports.subscribers.getMany(newsletter, positions.map(idAt), true);
  let standings = new Map<number, ReaderStatus>(positions.map((at) => [at, readerStatusOf(found.get(idAt(at)), date)]));
  for (let step = 0; step < MOVES_FOLLOWED; step++) standings = await followed(ports, batch, standings, runs);
  return new Map(
    [...standings].flatMap(([position, standing]) =>
      standing.is === "mail" ? [[position, standing.subscriber] as const] : [],
    ),
  );
}

/**
 * One step along the chains of changed addresses. A chain ends where its next item was frozen itself: of two of a
 * reader's addresses in one edition the later one is mailed, or what comes after it. To look at the last item only
 * would mail who moved twice from both.
 */
async function followed(ports: Ports, batch: Batch, standings: ReadonlyMap<number, ReaderStatus>, runs: Runs) {
  const next = [...standings.values()].flatMap((standing) => (standing.is === "follow" ? [standing.to] : []));
  if (next.length === 0) return new Map(standings);
  const found = await ports.subscribers.getMany(batch.key.newsletter, next, true);
  const after = new Map<number, ReaderStatus>();
  for (const [position, standing] of standings) {
    if (standing.is !== "follow") after.set(position, standing);
    else if (await hasOwnPlace(ports, batch, standing.to, runs)) after.set(position, { is: "skip" });
    else after.set(position, successorOf(standing.from, found.get(standing.to), batch.key.date));
  }
  return after;
}

async function hasOwnPlace(ports: Ports, { key }: Batch, id: string, runs: Runs): Promise<boolean> {
  const group = groupOf(id, runs.size);
  const run = runs.get(group);
  if (run === undefined) return false;
  const { newsletter, date, due } = key;
  const around = await ports.ledger.batchAround({ newsletter, date, due, group, run }, id);
  return around?.ids.includes(id) ?? false;
}
