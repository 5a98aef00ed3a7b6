import type { Subscriber } from "#domain/audience/subscriber.ts";
import { groupOf } from "#domain/delivery/pace/size.ts";
import { type DeliveryReport, reportOf } from "#domain/delivery/resolving/report.ts";
import type { Edition } from "#domain/edition/edition.ts";
import type { LocalDate } from "#domain/time/instant.ts";
import type { EditionStore, Ledger } from "../../ports.ts";

export type HistoryPorts = {
  editions: Pick<EditionStore, "list">;
  ledger: Pick<Ledger, "groups" | "batchAround" | "outcome">;
};

export type ReaderDelivery = Omit<DeliveryReport, "reader" | "note"> & { date: LocalDate };

/** So many of the newest editions are looked at: the batches of those before 90 days are gone. */
const MAX_EDITIONS = 100;
const AT_ONCE = 10;

/** What a reader got of each edition that was frozen with them in it, newest first, also under a former address. */
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
  const { newsletter, date, groups, frozenAt } = edition;
  if (groups === null || frozenAt === null) return [];
  const runs = new Map((await ports.ledger.groups(edition)).map(({ group, run }) => [group, run]));
  const deliveries: ReaderDelivery[] = [];
  for (const id of ids) {
    const group = groupOf(id, groups);
    const run = runs.get(group);
    if (run === undefined) continue;
    const batch = await ports.ledger.batchAround({ newsletter, date, group, run, due: frozenAt }, id);
    const position = batch?.ids.indexOf(id) ?? -1;
    if (!batch || position < 0) continue;
    const outcome = await ports.ledger.outcome(edition, group, id);
    const { reader: _, note: __, ...report } = reportOf(batch, position, outcome);
    deliveries.push({ date, ...report });
  }
  return deliveries;
}
