import type { DeliverySettings } from "#domain/config/delivery-settings.ts";
import { lastClosed, sendingSeconds } from "#domain/delivery/ledger/group.ts";
import { costOf } from "#domain/delivery/pace/prices.ts";
import { planOf } from "#domain/delivery/pace/sender.ts";
import type { Edition } from "#domain/edition/edition.ts";
import { heartbeatOf } from "#domain/notices/heartbeat.ts";
import type { NoticeMessage } from "#domain/notices/notice.ts";
import { fromInstant, type Instant } from "#domain/time/instant.ts";
import type { EditionStore, NoticeStore } from "../ports/editions.ts";
import type { Ledger } from "../ports/ledger.ts";
import type { Log } from "../ports/services.ts";

export type HeartbeatPorts = {
  delivery: Pick<DeliverySettings, "confirmations" | "senders">;
  editions: Pick<EditionStore, "list" | "counts">;
  ledger: Pick<Ledger, "groups" | "sender">;
  notices: NoticeStore;
  /** Undefined: no notices are configured. */
  enqueue: ((message: NoticeMessage) => Promise<void>) | undefined;
  /** Fields that make the log line a metric too; absent: no metrics. */
  metrics?: (fields: Readonly<Record<string, unknown>>, at: number) => object;
  now: () => Instant;
  log: Log;
};

/** SES's rate doesn't change the cost per reader, only how long the sender runs. */
const USUAL_RATE = 14;

/**
 * Stores the heartbeat of an edition that has finished, and queues its notice, once. The next round continues after a
 * crash; a receiver recognises a repeated notice by its id. False: it failed, although the edition is finished.
 */
export async function leaveHeartbeat(ports: HeartbeatPorts, edition: Edition): Promise<boolean> {
  const { newsletter, date } = edition;
  try {
    if (!(await ports.notices.isNoticed({ newsletter, date }, "finished"))) await noteFinished(ports, edition);
    return true;
  } catch (error) {
    ports.log.warn("watch could not note how an edition went", { newsletter, date, error });
    return false;
  }
}

async function noteFinished(ports: HeartbeatPorts, edition: Edition): Promise<void> {
  const { newsletter, date } = edition;
  const key = { newsletter, date };
  const [groups, counts, sender, [, previous]] = await Promise.all([
    ports.ledger.groups(key),
    ports.editions.counts(key),
    ports.ledger.sender(),
    ports.editions.list(newsletter, 2, date),
  ]);
  const finishedAt = lastClosed(groups) ?? ports.now();
  const seconds = sendingSeconds(groups, finishedAt);
  // In local time, most of the duration is waiting for the next cohort, without a running sender.
  const isMeasured = seconds !== null && seconds !== 0 && edition.cohorts === undefined;
  const rate = !isMeasured ? USUAL_RATE : Math.max(1, counts.accepted / seconds);
  const { confirmations, senders } = ports.delivery;
  const cost = costOf({
    ...{ readers: counts.accepted, size: edition.size ?? 1, rate, confirmations, senders },
    ...{ plan: planOf(sender), inLocalTime: edition.cohorts !== undefined },
  });
  const heartbeat = heartbeatOf({
    ...{ edition, counts, finishedAt, seconds },
    dollars: cost.ses + cost.rest,
    previousAudience: previous?.state === "finished" ? (previous.frozen ?? null) : null,
  });
  await ports.notices.saveHeartbeat(key, heartbeat);
  await ports.enqueue?.({ v: 1, kind: "finished", newsletter, date });
  await ports.notices.markNoticed(key, "finished", ports.now());
  const fields = { newsletter, date, ...heartbeat };
  ports.log.info("an edition is finished", { ...fields, ...ports.metrics?.(fields, fromInstant(ports.now())) });
}
