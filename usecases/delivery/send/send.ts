import type { DeliverySettings } from "#domain/config/delivery-settings.ts";
import { applyAccount } from "#domain/delivery/pace/quota.ts";
import { accountOf, takeSender } from "#domain/delivery/pace/sender.ts";
import { fromInstant, toInstant } from "#domain/time/instant.ts";
import { isUnreadableItem } from "#domain/unreadable-item.ts";
import { holdAllRestored, isOwnTable } from "../own-table.ts";
import { endsWithin } from "./deadline.ts";
import { anythingDue } from "./jobs/anything-due.ts";
import { givenBack, takeLease } from "./lease/lease.ts";
import { reportLeftCalls } from "./lease/left-calls.ts";
import { isAnyExpected, isSharing } from "./lease/sharing.ts";
import type { SendPorts } from "./ports.ts";
import { createRun, type Run, type RunEnd } from "./run.ts";
import { drain, sendAll } from "./send-all.ts";

export type RunReport = {
  readonly end: RunEnd | "nothing to do" | "another sender" | "restored";
  /** Calls that departed. */
  readonly calls: number;
  readonly kicked: boolean;
  /** Which sender; absent: the first. */
  readonly sender?: number;
};

/**
 * One run of a sender: takes its lease, sends what is due for at most `runSeconds`, and releases the lease. A second
 * run at the same time is harmless: it finds the lease taken.
 * @param index which of several; 0 is the first, which does everything if no other comes
 */
export async function send(ports: SendPorts, settings: DeliverySettings, index = 0): Promise<RunReport> {
  try {
    return await sendDue(ports, settings, index);
  } catch (error) {
    if (!isUnreadableItem(error)) throw error;
    // The sender's own item or its list can't be read; an unreadable item of an edition holds only that edition.
    // Further kicks don't help.
    ports.log.error('nothing can be sent: see the runbook, "delivery-asks"', { reason: error.message });
    return { end: "stopped", calls: 0, kicked: false };
  }
}

async function sendDue(ports: SendPorts, settings: DeliverySettings, index: number): Promise<RunReport> {
  const [editions, welcomes] = await Promise.all([ports.ledger.pointers(), ports.ledger.welcomes()]);
  if (editions.length + welcomes.length === 0) {
    if (index === 0) await learnAccount(ports);
    return { end: "nothing to do", calls: 0, kicked: false };
  }
  if (!(await isOwnTable(ports))) return restored(ports);
  const lease = await takeLease(ports, ports.newRun(), settings, index);
  if (!lease) return withoutLease(ports, index);
  const run = createRun(ports, lease, settings);
  // Runs in parallel with sending, which it must not delay.
  const reported = lease.ranOut ? reportLeftCalls(ports, lease, settings) : undefined;
  let end: RunEnd = "stopped";
  try {
    end = await sendAll(run);
  } finally {
    await drain(run);
    if (reported) await endsWithin(ports.clock, LOOK_MS, reported);
    await lease.release();
  }
  const kicked = index === 0 ? await kickFirst(run, end) : await kickItself(ports, end, index);
  const report = { end, calls: run.calls, kicked, ...(index > 0 && { sender: index }) };
  ports.log.info("a run of the sender ended", report);
  return report;
}

/** A restored copy of the table doesn't know what was sent since, so nothing is sent until a person accepts it. */
async function restored(ports: SendPorts): Promise<RunReport> {
  await holdAllRestored(ports);
  return { end: "restored", calls: 0, kicked: false };
}

/** For as long as SES's own count may lag behind ours. */
const KNOWN_FOR_MS = 120_000;

/**
 * A sender without work reads SES's limits if they are old, because the next audience is frozen in calls of that size.
 * They are stored with an expired lease, so no one has to wait for it.
 */
async function learnAccount(ports: SendPorts): Promise<void> {
  const now = ports.clock.now();
  const senders = await ports.ledger.senders();
  const known = senders.find(({ index }) => index === undefined);
  if (known?.readAt && now - fromInstant(known.readAt) < KNOWN_FOR_MS) return;
  try {
    const account = await ports.ses.account();
    const over = { ...takeSender(known, ports.newRun(), toInstant(now), 0), until: givenBack };
    const read = applyAccount(accountOf(senders) ?? over, account, now);
    await ports.ledger.takeSender({ ...over, ...read }, toInstant(now));
  } catch (error) {
    ports.log.warn("SES's limits could not be read", { error });
  }
}

/**
 * If a run has to end while it waits for the lease, it sends its kick again, since no other process may know of the
 * work.
 */
async function withoutLease(ports: SendPorts, index: number): Promise<RunReport> {
  const ending = ports.mustEnd();
  if (ending) await (index === 0 ? ports.kick() : ports.kick(index));
  return { end: ending ? "time" : "another sender", calls: 0, kicked: ending };
}

/** While others are at work, the first one goes on: they need it for their shares, and for what they leave. */
async function kickFirst(run: Run, end: RunEnd): Promise<boolean> {
  if (end === "quota" || end === "stopped" || !isSharing(run) || !isAnyExpected(run))
    return kickIfNeeded(run.ports, end);
  await run.ports.kick();
  return true;
}

/** The first sender sees to the work of one that ended for any other reason; without a share, it may have ended too. */
async function kickItself(ports: SendPorts, end: RunEnd, index: number): Promise<boolean> {
  if (end === "lease lost") return kickIfNeeded(ports, end);
  if (end !== "time" && end !== "stalled") return false;
  await ports.kick(index);
  return true;
}

/** Several groups may have to be read. */
const LOOK_MS = 20_000;

/**
 * Checks once more for work after the lease was released: an earlier kick found a live sender and did nothing, and its
 * work would wait for watch.
 */
async function kickIfNeeded(ports: SendPorts, end: RunEnd): Promise<boolean> {
  if (end === "quota" || end === "stopped") return false;
  let due = true;
  const look = anythingDue(ports).then((found) => {
    due = found;
  });
  // If the table doesn't answer, an extra kick does no harm.
  await endsWithin(ports.clock, LOOK_MS, look);
  if (due) await ports.kick();
  return due;
}
