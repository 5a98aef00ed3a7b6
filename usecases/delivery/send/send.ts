import type { DeliverySettings } from "#domain/config/delivery-settings.ts";
import { applyAccount } from "#domain/delivery/pace/quota.ts";
import { takeSender } from "#domain/delivery/pace/sender.ts";
import { fromInstant, toInstant } from "#domain/time/instant.ts";
import { isUnreadableItem } from "#domain/unreadable-item.ts";
import { holdRestored, isOwnTable } from "../own-table.ts";
import { forgetWelcomes } from "../welcome/forget-welcomes.ts";
import { endsWithin } from "./deadline.ts";
import { givenBack, takeLease } from "./lease.ts";
import { reportLeftCalls } from "./left-calls.ts";
import type { SendPorts } from "./ports.ts";
import { createRun, type RunEnd } from "./run.ts";
import { drain, sendAll } from "./send-all.ts";
import { anythingDue } from "./work.ts";

export type RunReport = {
  readonly end: RunEnd | "nothing to do" | "another sender" | "restored";
  /** Calls that left for SES. */
  readonly calls: number;
  readonly kicked: boolean;
};

/**
 * One run of the one sender: takes the lease, sends what is due for at most `runSeconds`, gives the lease back. Two at
 * once are harmless: the second finds the lease taken.
 */
export async function send(ports: SendPorts, settings: DeliverySettings): Promise<RunReport> {
  try {
    return await sendDue(ports, settings);
  } catch (error) {
    if (!isUnreadableItem(error)) throw error;
    // The sender's own item or its list, for an edition's own items hold that edition alone. Kicks change nothing here.
    ports.log.error('nothing can be sent: see the runbook, "delivery-asks"', { reason: error.message });
    return { end: "stopped", calls: 0, kicked: false };
  }
}

async function sendDue(ports: SendPorts, settings: DeliverySettings): Promise<RunReport> {
  const [editions, welcomes] = await Promise.all([ports.ledger.pointers(), ports.ledger.welcomes()]);
  if (editions.length + welcomes.length === 0) {
    await learnAccount(ports);
    return { end: "nothing to do", calls: 0, kicked: false };
  }
  if (!(await isOwnTable(ports))) return restored(ports);
  const lease = await takeLease(ports, ports.newRun(), settings);
  if (!lease) return withoutLease(ports);
  const run = createRun(ports, lease, settings);
  // Beside the sending, which it must not keep waiting.
  const reported = lease.ranOut ? reportLeftCalls(ports, lease.run, settings) : undefined;
  let end: RunEnd = "stopped";
  try {
    end = await sendAll(run);
  } finally {
    await drain(run);
    if (reported) await endsWithin(ports.clock, LOOK_MS, reported);
    await lease.release();
  }
  const kicked = await kickIfNeeded(ports, end);
  const report = { end, calls: run.calls, kicked };
  ports.log.info("a run of the sender ended", report);
  return report;
}

/** A copy of the table does not know what was sent from the other: nothing is, until a person has looked. */
async function restored(ports: SendPorts): Promise<RunReport> {
  for (const pointer of await ports.ledger.pointers()) await holdRestored(ports, pointer);
  await forgetWelcomes(ports);
  return { end: "restored", calls: 0, kicked: false };
}

/** As long as SES's own count may lag behind what a run wrote down. */
const KNOWN_FOR_MS = 120_000;

/**
 * Anyone who is woken for nothing reads what SES allows, if that is old: the next audience is frozen in calls of that
 * size. Written down as a lease that has ended, so no one has to wait for it.
 */
async function learnAccount(ports: SendPorts): Promise<void> {
  const now = ports.clock.now();
  const known = await ports.ledger.sender();
  if (known?.readAt && now - fromInstant(known.readAt) < KNOWN_FOR_MS) return;
  try {
    const account = await ports.ses.account();
    const over = { ...takeSender(known, ports.newRun(), toInstant(now), 0), until: givenBack };
    await ports.ledger.takeSender({ ...over, ...applyAccount(over, account, now) }, toInstant(now));
  } catch (error) {
    ports.log.warn("SES did not say what it allows", { error });
  }
}

/** Told to end while it waited for the lease, a run hands its kick on: no one else may have heard of the work. */
async function withoutLease(ports: SendPorts): Promise<RunReport> {
  const ending = ports.mustEnd();
  if (ending) await ports.kick();
  return { end: ending ? "time" : "another sender", calls: 0, kicked: ending };
}

/** Several groups may have to be read. */
const LOOK_MS = 20_000;

/**
 * Looks once more after the lease was given back: a kick that came before found a sender alive and ended, and without
 * this its work would wait for watch.
 */
async function kickIfNeeded(ports: SendPorts, end: RunEnd): Promise<boolean> {
  if (end === "quota" || end === "stopped") return false;
  let due = true;
  const look = anythingDue(ports).then((found) => {
    due = found;
  });
  // Where the table does not say, one kick too many does no harm.
  await endsWithin(ports.clock, LOOK_MS, look);
  if (due) await ports.kick();
  return due;
}
