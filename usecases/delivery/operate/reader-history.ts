import type { Subscriber } from "#domain/audience/subscriber.ts";
import type { Batch } from "#domain/delivery/ledger/batch.ts";
import { type DeliveryReport, reportOf } from "#domain/delivery/resolving/report.ts";
import { welcomeKey } from "#domain/delivery/welcome.ts";
import type { Edition } from "#domain/edition/edition.ts";
import type { LocalDate } from "#domain/time/instant.ts";
import type { EditionStore } from "../../ports/editions.ts";
import type { Ledger } from "../../ports/ledger.ts";
import { findPlace, runsOf } from "../reader-place.ts";

export type HistoryPorts = {
  editions: Pick<EditionStore, "list">;
  ledger: Pick<Ledger, "groups" | "batchAround" | "batch" | "outcome">;
};

export type ReaderDelivery = Omit<DeliveryReport, "reader" | "note"> & { date: LocalDate };

/** Number of newest editions that are read: batches older than 90 days are gone. */
const MAX_EDITIONS = 100;
const AT_ONCE = 10;

/** The outcome of each edition whose audience includes the reader, newest first, also under former addresses. */
export async function historyOf(
  ports: HistoryPorts,
  { newsletter, id, origin }: Subscriber,
): Promise<ReaderDelivery[]> {
  const editions = (await ports.editions.list(newsletter, MAX_EDITIONS)).filter(({ frozen }) => frozen !== null);
  const ids = origin === null ? [id] : [id, origin];
  const deliveries: ReaderDelivery[] = [];
  for (let at = 0; at < editions.length; at += AT_ONCE) {
    const some = editions.slice(at, at + AT_ONCE).map((edition) => deliveriesOf(ports, edition, ids));
    deliveries.push(...(await Promise.all(some)).flat());
  }
  return deliveries;
}

async function deliveriesOf(ports: HistoryPorts, edition: Edition, ids: readonly string[]): Promise<ReaderDelivery[]> {
  const { date } = edition;
  const runs = runsOf(await ports.ledger.groups(edition));
  const deliveries: ReaderDelivery[] = [];
  for (const id of ids) {
    const batch = (await findPlace(ports.ledger, edition, runs, id)) ?? (await welcomeOf(ports, edition, ids, id));
    if (!batch) continue;
    const position = batch.ids.indexOf(id);
    const outcome = await ports.ledger.outcome(edition, batch.key.group, id);
    const { reader: _, note: __, ...report } = reportOf(batch, position, outcome);
    deliveries.push({ date, ...report });
  }
  return deliveries;
}

/** The edition as a welcome: its batch is named after the reader's first address. */
async function welcomeOf(
  { ledger }: HistoryPorts,
  { newsletter, date, frozenAt }: Edition,
  ids: readonly string[],
  id: string,
): Promise<Batch | undefined> {
  if (frozenAt === null) return undefined;
  for (const root of ids) {
    const batch = await ledger.batch(welcomeKey({ newsletter, date, due: frozenAt, root }));
    if (batch?.ids.includes(id)) return batch;
  }
  return undefined;
}
