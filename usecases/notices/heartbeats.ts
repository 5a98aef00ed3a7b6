import type { DeliverySettings } from "#domain/config/delivery-settings.ts";
import { lastClosed, sendingSeconds } from "#domain/delivery/ledger/group.ts";
import { costOf } from "#domain/delivery/pace/prices.ts";
import { planOf } from "#domain/delivery/pace/sender.ts";
import type { Edition } from "#domain/edition/edition.ts";
import { heartbeatOf } from "#domain/notices/heartbeat.ts";
import type { NoticeMessage } from "#domain/notices/notice.ts";
import { fromInstant, type Instant } from "#domain/time/instant.ts";
import { newestEditions } from "../editions/newest-editions.ts";
import type { EditionStore, NoticeStore } from "../ports/editions.ts";
import type { Ledger } from "../ports/ledger.ts";
import type { Log } from "../ports/services.ts";

export type HeartbeatPorts = {
  newsletters: readonly string[];
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
  /** Editions that have a heartbeat; they aren't read again. */
  done: Set<string>;
};

/** Number of newest editions of a newsletter that are checked. */
const LOOKED_AT = 4;
/** SES's rate doesn't change the cost per reader, only how long the sender runs. */
const USUAL_RATE = 14;

/**
 * Stores a heartbeat for every edition that has finished since the last round, and queues its notice. The next round
 * continues after a crash; a receiver recognises a repeated notice by its id.
 * @returns the editions, such as `daily 2026-11-23`
 */
export async function leaveHeartbeats(ports: HeartbeatPorts): Promise<string[]> {
  const left: string[] = [];
  for (const newsletter of ports.newsletters) {
    try {
      const editions = await newestEditions(ports.editions, newsletter, LOOKED_AT, ports.now());
      for (const [at, edition] of editions.entries()) {
        const name = `${newsletter} ${edition.date}`;
        if (edition.state !== "finished" || ports.done.has(name)) continue;
        if (await leaveHeartbeat(ports, edition, editions[at + 1])) left.push(name);
        ports.done.add(name);
      }
    } catch (error) {
      // An edition is finished even without a heartbeat.
      ports.log.warn("watch could not note how an edition went", { newsletter, error });
    }
  }
  return left;
}

async function leaveHeartbeat(ports: HeartbeatPorts, edition: Edition, previous: Edition | undefined) {
  const { newsletter, date } = edition;
  const key = { newsletter, date };
  if (await ports.notices.isNoticed(key, "finished")) return false;
  const [groups, counts, sender] = await Promise.all([
    ports.ledger.groups(key),
    ports.editions.counts(key),
    ports.ledger.sender(),
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
  return true;
}
