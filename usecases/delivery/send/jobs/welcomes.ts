import { isClaimable } from "#domain/delivery/calls/attempt.ts";
import type { Batch } from "#domain/delivery/ledger/batch.ts";
import { isWelcomeOver, laterEditions, postponed, welcomeKey, withdrawn } from "#domain/delivery/welcome.ts";
import type { Edition } from "#domain/edition/edition.ts";
import { type Instant, toInstant } from "#domain/time/instant.ts";
import { isUnreadableItem } from "#domain/unreadable-item.ts";
import { newestEditions } from "../../../editions/newest-editions.ts";
import { asRead } from "../../as-read.ts";
import { idsOf, runsOf } from "../../reader-place.ts";
import { isInAny, LOOKED_AT } from "../../welcome/welcome-reader.ts";
import type { Outcome } from "../calling/deliver.ts";
import type { SendPorts } from "../ports.ts";
import type { Job, Task } from "./job.ts";

/** Seconds until an edition that is being frozen is checked again, and until SES is tried again after it refused. */
const FREEZING_SECONDS = 20;
const REFUSED_SECONDS = 300;

/** Adds the welcomes to send: one job for each edition with welcomes. */
export async function refreshWelcomes(ports: SendPorts, jobs: Map<string, Job>): Promise<void> {
  for (const pointer of await ports.ledger.welcomes()) {
    const { newsletter, date, root } = pointer;
    const name = `${newsletter} ${date} welcome`;
    const job = jobs.get(name) ?? (await openWelcomes(ports, { newsletter, date }));
    jobs.set(name, job);
    if (job.welcomes?.has(root)) continue;
    job.welcomes?.set(root, pointer);
    const batch = await readable(ports, () => ports.ledger.batch(welcomeKey(pointer)));
    if (batch === "unreadable") continue;
    if (batch?.state === "ready") job.ready.push(batch);
  }
}

async function openWelcomes(ports: SendPorts, key: Job["key"]): Promise<Job> {
  return {
    ...{ key, stage: "full", size: null, canary: new Set(), open: new Map() },
    runs: runsOf(await ports.ledger.groups(key)),
    ...{ unread: [], elsewhere: [], adopted: new Set(), ready: [], inProgress: 0, idleSince: null },
    ...{ mailed: { accepted: 0, refused: 0 }, mailedElsewhere: { accepted: 0, refused: 0 } },
    welcomes: new Map(),
  };
}

/** A welcome that this version can't read waits for one that can, without delaying others. */
async function readable<T>(ports: SendPorts, read: () => Promise<T>): Promise<T | "unreadable"> {
  try {
    return await read();
  } catch (error) {
    if (!isUnreadableItem(error)) throw error;
    ports.log.warn("a welcome can't be read", { reason: error.message });
    return "unreadable";
  }
}

/** Whether a welcome can be claimed by that time. */
export async function isWelcomeDue(ports: SendPorts, horizon: Instant): Promise<boolean> {
  for (const pointer of await ports.ledger.welcomes()) {
    const batch = await readable(ports, () => ports.ledger.batch(welcomeKey(pointer)));
    if (batch !== undefined && batch !== "unreadable" && isClaimable(batch, horizon)) return true;
  }
  return false;
}

/**
 * Checked before a welcome's claim, which may be hours after it was written if SES's quota was used up. Returns the
 * batch as stored if it isn't sent now; undefined: another process changed it.
 */
export async function welcomePermission(
  ports: SendPorts,
  { job, batch }: Task,
  edition: Pick<Edition, "newsletter" | "date" | "state">,
): Promise<{ may: "send" } | { may: "keep"; batch: Batch | undefined }> {
  const now = toInstant(ports.clock.now());
  const pointer = job.welcomes?.get(batch.key.first);
  const keep = async (after: Batch) =>
    ({ may: "keep", batch: (await ports.ledger.saveBatch(after, asRead(batch))) ? after : undefined }) as const;
  if (pointer && isWelcomeOver(pointer, now)) return keep(withdrawn(batch, "it is a day old", now));
  // A late joiner gets the edition like its other readers: if and when it is sent.
  if (pointer?.ownTime !== undefined) {
    if (edition.state === "cancelled") return keep(withdrawn(batch, "the edition was cancelled", now));
    const isSent = edition.state === "sending" || edition.state === "finished";
    return isSent ? { may: "send" } : keep(postponed(batch, REFUSED_SECONDS, now));
  }
  const newest = await newestEditions(ports.editions, edition.newsletter, LOOKED_AT, now);
  const later = laterEditions(newest, edition.date, now);
  if (later.is === "wait") return keep(postponed(batch, FREEZING_SECONDS, now));
  if (later.editions.length === 0) return { may: "send" };
  const [id = ""] = batch.ids;
  const reader = (await ports.subscribers.getMany(edition.newsletter, [id], true)).get(id);
  const get = async (newsletter: string, one: string) =>
    (await ports.subscribers.getMany(newsletter, [one], true)).get(one);
  const ids = reader ? await idsOf({ get }, reader) : [id];
  if (await isInAny(ports, later.editions, ids)) return keep(withdrawn(batch, "the reader has a newer edition", now));
  return { may: "send" };
}

/**
 * An error that would hold the edition doesn't hold its welcomes: the edition is finished, and they are retried later.
 */
export async function afterWelcome(ports: SendPorts, { batch, consequence }: Outcome): Promise<Outcome> {
  if (!["hold-edition", "halt-edition", "stop-edition"].includes(consequence.is)) return { batch, consequence };
  const none = { is: "none" } as const;
  if (batch?.state !== "ready") return { batch, consequence: none };
  ports.log.warn("a welcome waits", { batch: batch.key, consequence });
  const after = postponed(batch, REFUSED_SECONDS, toInstant(ports.clock.now()));
  return { batch: (await ports.ledger.saveBatch(after, asRead(batch))) ? after : undefined, consequence: none };
}
