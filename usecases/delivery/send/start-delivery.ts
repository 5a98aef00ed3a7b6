import { slowDown } from "#domain/delivery/pace/pace.ts";
import type { EditionKey } from "#domain/edition/edition.ts";
import { toInstant } from "#domain/time/instant.ts";
import { deliver, type Outcome, type Slot } from "./calling/deliver.ts";
import type { Task } from "./jobs/job.ts";
import { afterWelcome } from "./jobs/welcomes.ts";
import { dropEdition, finishTask, holdIfUnreadable } from "./jobs/work.ts";
import type { SendPorts } from "./ports.ts";
import { type Run, type RunEnd, reportStandstill, setPace } from "./run.ts";

export const RETRY_AFTER_ERROR_MS = 1_000;

/** Starts a delivery in its slot without waiting for it: its outcome is recorded while others are prepared. */
export function startDelivery(run: Run, task: Task, size: number, n: number): void {
  reportStandstill(run);
  const ticket = run.allowance.reserve(n);
  const departed = (left: number) => {
    run.calls += 1;
    run.progressAt = run.ports.clock.mono();
    ticket.departed(left);
  };
  const at = run.pace.takeSlot(run.ports.clock.mono(), n);
  const delivery = deliverOne(run, task, { size, at, departed }).finally(() => {
    ticket.done();
    run.inFlight.delete(delivery);
    run.onEnd();
  });
  run.inFlight.add(delivery);
}

async function deliverOne(run: Run, task: Task, slot: Slot): Promise<void> {
  const { ports } = run;
  let batch: Outcome["batch"];
  try {
    const delivered = await holdIfUnreadable(ports, task.job.key, () => deliver(run.context, task, slot));
    const outcome = delivered && task.job.welcomes ? await afterWelcome(ports, delivered) : delivered;
    batch = outcome?.batch;
    if (outcome) await applyConsequence(run, task, outcome);
  } catch (error) {
    ports.log.warn("a batch could not be sent now", { batch: task.batch.key, error });
    // Only in this run's memory: whether the table has the claim shows when it is claimed again.
    batch = { ...task.batch, notBefore: toInstant(ports.clock.now() + RETRY_AFTER_ERROR_MS) };
  }
  try {
    await finishTask(run.work, task, batch);
  } catch (error) {
    ports.log.warn("a group was not closed; watch will", { batch: task.batch.key, error });
  }
}

/** SES's new limits apply at once, also to calls that are already prepared. */
async function rereadAccount(run: Run): Promise<void> {
  await run.allowance.readSoon();
  setPace(run);
}

/** Effects of an answer beyond its own batch. */
async function applyConsequence(run: Run, task: Task, { consequence }: Outcome): Promise<void> {
  const { ports, lease } = run;
  if (consequence.is === "slow-down") {
    lease.note({ slow: slowDown(lease.sender().slow, ports.clock.now()) });
    await rereadAccount(run);
  } else if (consequence.is === "quota-used-up") {
    // SES may count departures that we don't know of, so its limits are read again before we sleep by our own count.
    await rereadAccount(run);
    run.over ??= sleepForQuota(run, task.batch.ids.length);
  } else if (consequence.is === "end-run") {
    ports.log.error("the sender's run is ended", { reason: consequence.reason });
    run.over ??= "stopped";
  } else if (consequence.is !== "none") {
    dropEdition(run.work, task);
    if (consequence.is === "hold-edition") await stop(ports, task.job.key, "held", consequence.reason);
    if (consequence.is === "halt-edition") await stop(ports, task.job.key, "halted", consequence.reason);
  }
}

/** Ends the run until there is room for n recipients. */
export function sleepForQuota({ lease, allowance }: Run, n: number): RunEnd {
  // The first sender reads SES's limits, and sleeps for all.
  if (lease.index === 0) lease.note({ wakeAt: allowance.wakeAt(n) });
  return "quota";
}

async function stop(ports: SendPorts, key: EditionKey, state: "held" | "halted", reason: string): Promise<void> {
  const { newsletter, date } = key;
  if (!(await ports.editions.update(key, { state, reason }, { state: ["sending"] }))) return;
  ports.log.error(`an edition is ${state}`, { newsletter, date, reason });
}
