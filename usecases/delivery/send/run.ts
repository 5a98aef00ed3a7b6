import type { DeliverySettings } from "#domain/config.ts";
import { positionsToCall } from "#domain/delivery/calls/attempt.ts";
import { createPace, type Pace, slowDown, slownessAt } from "#domain/delivery/pace/pace.ts";
import { dailyCeiling } from "#domain/delivery/pace/quota.ts";
import { FIRST_DEPARTURE_MS, LEASE_FRESH_PART, SKEW_LIMIT_MS } from "#domain/delivery/pace/sender.ts";
import { callSize } from "#domain/delivery/pace/size.ts";
import type { Edition, EditionKey, Revision } from "#domain/edition/edition.ts";
import { toInstant } from "#domain/time/instant.ts";
import { type Allowance, createAllowance } from "./allowance.ts";
import { endsWithin } from "./deadline.ts";
import { deliver, type Outcome, type RunContext, type Slot } from "./deliver.ts";
import { type Lease, pause } from "./lease.ts";
import type { SendPorts } from "./ports.ts";
import { afterWelcome } from "./welcomes.ts";
import {
  createWork,
  dropEdition,
  finishTask,
  holdIfUnreadable,
  millisecondsUntilDue,
  refresh,
  returnTask,
  startGroup,
  type Task,
  takeTask,
  WORTH_WAITING_MS,
  type Work,
} from "./work.ts";

/** Calls to SES at once; fewer than the adapter has sockets. */
const MAX_IN_FLIGHT = 64;
/** The longest pause between two looks at what there is to do. */
const LOOK_MS = 250;
const RETRY_AFTER_ERROR_MS = 1_000;
/** Between two questions to SES what it allows, when it does not say. */
const UNKNOWN_ACCOUNT_MS = 3_000;
const STANDSTILL_MS = 120_000;
/** A loop that has not come round for this long hangs: each call to the table ends earlier (adapters/dynamo/table.ts). */
const HUNG_AFTER_MS = 60_000;
const WATCHDOG_MS = 5_000;
/** Calls that were made are waited for after the end of a run: 20 s for SES, and as long for their records. */
const DRAIN_MS = 60_000;

/** Why a run of the sender ended. */
export type RunEnd = "idle" | "time" | "quota" | "lease lost" | "stalled" | "stopped";

/** One run under a lease. */
type Run = {
  readonly ports: SendPorts;
  readonly lease: Lease;
  readonly settings: DeliverySettings;
  readonly work: Work;
  readonly allowance: Allowance;
  readonly pace: Pace;
  readonly inFlight: Set<Promise<void>>;
  /** By the monotonic clock. */
  readonly endsAt: number;
  readonly preparation: ReturnType<typeof movingAverage>;
  readonly context: RunContext;
  /** Calls that left for SES. */
  calls: number;
  /** When a call last left, or this was last complained of; by the monotonic clock. */
  progressAt: number;
  /** When the loop last came round; by the monotonic clock. */
  cameRoundAt: number;
  /** Set when an answer ends the run. */
  over: RunEnd | undefined;
};

export function createRun(ports: SendPorts, lease: Lease, settings: DeliverySettings): Run {
  const work = createWork(ports);
  const allowance: Allowance = createAllowance(ports, lease, () => setPace(run));
  const pace = createPace(1);
  const preparation = movingAverage();
  const endsAt = ports.clock.mono() + settings.runSeconds * 1000;
  const context: RunContext = {
    ports,
    lease,
    pace,
    claimSeconds: settings.claimSeconds,
    quota: allowance.quota,
    revisionOf: revisions(ports),
    startGroup: (task) => startGroup(work, task),
    notePreparation: preparation.add,
    hasTimeLeft: () => run.over !== "stalled" && !ports.mustEnd() && ports.clock.mono() < endsAt,
  };
  const inFlight = new Set<Promise<void>>();
  const run: Run = {
    ...{ ports, lease, settings, work, allowance, pace, inFlight, endsAt, preparation, context },
    calls: 0,
    progressAt: ports.clock.mono(),
    cameRoundAt: ports.clock.mono(),
    over: undefined,
  };
  return run;
}

/**
 * Sends what there is until there is no more, or no more time. A loop that hangs in a call, whatever it is for, is left
 * behind: it comes to its end when the call does, and until then the gate lets nothing of it pass.
 */
export async function sendAll(run: Run): Promise<RunEnd> {
  let end: RunEnd | undefined;
  const work = loop(run).then((ended) => {
    end = ended;
  });
  while (end === undefined) {
    const ended = await endsWithin(run.ports.clock, WATCHDOG_MS, work);
    if (!ended && run.ports.clock.mono() - run.cameRoundAt >= HUNG_AFTER_MS) return endStalledRun(run);
  }
  return end;
}

function endStalledRun(run: Run): RunEnd {
  run.over = "stalled";
  run.ports.log.error("the sender hung in a call for a minute and is started again", { calls: run.calls });
  return "stalled";
}

async function loop(run: Run): Promise<RunEnd> {
  const { ports, lease } = run;
  await refresh(run.work);
  if (run.work.jobs.size === 0) return "idle";
  await run.allowance.read();
  while (!run.allowance.isKnown() && !ending(run)) {
    reportStandstill(run);
    await wait(run, UNKNOWN_ACCOUNT_MS);
    await run.allowance.readSoon();
  }
  // The departures of the sender before this one still count in SES's second.
  const rate = setPace(run);
  await wait(run, FIRST_DEPARTURE_MS / Math.min(1, rate) - (ports.clock.mono() - lease.takenAt.mono));
  lease.note({ wakeAt: null });
  await lease.keep();
  for (;;) {
    const end = ending(run);
    if (end) return end;
    run.cameRoundAt = ports.clock.mono();
    try {
      const ended = await step(run);
      if (ended) return ended;
    } catch (error) {
      ports.log.warn("the sender waits for the table", { error });
      await pause(ports, RETRY_AFTER_ERROR_MS);
    }
  }
}

/** Waits, which isn't a hanging. */
async function wait(run: Run, milliseconds: number): Promise<void> {
  const until = run.ports.clock.mono() + milliseconds;
  for (let left = milliseconds; left > 0 && !run.ports.mustEnd(); left = until - run.ports.clock.mono()) {
    await pause(run.ports, Math.min(left, WATCHDOG_MS));
    run.cameRoundAt = run.ports.clock.mono();
  }
}

/** What is in flight is waited for, unless it hangs: a call without its record would be an unknown. */
export async function drain({ ports, inFlight, context }: Run): Promise<void> {
  for (let left = DRAIN_MS; inFlight.size > 0 && left > 0; ) {
    const began = ports.clock.mono();
    await endsWithin(ports.clock, WATCHDOG_MS, Promise.all(inFlight));
    // While the run lasts its records are tried again and again.
    if (!context.hasTimeLeft()) left -= ports.clock.mono() - began;
  }
  if (inFlight.size > 0) ports.log.error("deliveries hang and are left to watch", { deliveries: inFlight.size });
}

function ending({ ports, lease, over, endsAt }: Run): RunEnd | undefined {
  if (over) return over;
  if (ports.mustEnd() || ports.clock.mono() >= endsAt) return "time";
  if (lease.isLost()) return "lease lost";
  if (Math.abs(ports.skew()) <= SKEW_LIMIT_MS) return undefined;
  ports.log.error("this clock and the table's differ by more than 5 s: nothing is sent", { skew: ports.skew() });
  return "stopped";
}

/** One turn: a batch on its way, or some waiting. Gives why the run ends, if it does. */
async function step(run: Run): Promise<RunEnd | undefined> {
  const { ports, work, lease, allowance, pace, inFlight } = run;
  if (inFlight.size >= MAX_IN_FLIGHT) {
    await Promise.race([...inFlight, ports.clock.sleep(RETRY_AFTER_ERROR_MS)]);
    return undefined;
  }
  await refresh(work);
  // What is known holds until the answer comes.
  void allowance.readIfOld();
  setPace(run);
  const now = ports.clock.mono();
  const early = pace.nextSlot(now) - run.preparation.value() - now;
  if (early >= 1) {
    await pause(ports, Math.min(early, LOOK_MS));
    return undefined;
  }
  if (!lease.isFresh()) {
    // The gate would refuse the call: a claim would be without success.
    await pause(ports, LOOK_MS);
    return undefined;
  }
  const task = await takeTask(work);
  if (task && run.over) returnTask(task);
  if (run.over) return run.over;
  if (!task) return (await waitForWork(run)) ? undefined : "idle";
  const size = callSize(pace.rate());
  const n = positionsToCall(task.batch, size).length;
  // More than any day allows: the edition's turn says so, and holds it.
  const hopeless = n > dailyCeiling(allowance.quota());
  if (hopeless || allowance.free() >= n) start(run, task, size, n);
  else {
    returnTask(task);
    if (inFlight.size > 0) await Promise.race([...inFlight, ports.clock.sleep(RETRY_AFTER_ERROR_MS)]);
    else return sleepForQuota(run, n);
  }
  return undefined;
}

/** The rate of now, in recipients a second. */
function setPace({ ports, lease, allowance, settings, pace }: Run): number {
  pace.setRate(allowance.rate() * settings.share * slownessAt(lease.sender().slow, ports.clock.now()));
  const fastest = Math.max(1, pace.rate()) * settings.leaseSeconds * LEASE_FRESH_PART;
  lease.foresee(Math.ceil(Math.min(fastest, allowance.free())));
  return pace.rate();
}

/** Waits for what may come. False: nothing will. */
async function waitForWork({ ports, work, inFlight }: Run): Promise<boolean> {
  const wait = millisecondsUntilDue(work);
  const look = Math.min(LOOK_MS, Math.max(1, wait));
  if (inFlight.size > 0) {
    await Promise.race([...inFlight, ports.clock.sleep(look)]);
    return true;
  }
  if (wait > WORTH_WAITING_MS) return false;
  await pause(ports, look);
  return true;
}

function start(run: Run, task: Task, size: number, n: number): void {
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
  });
  run.inFlight.add(delivery);
}

function reportStandstill(run: Run): void {
  const now = run.ports.clock.mono();
  if (now - run.progressAt < STANDSTILL_MS) return;
  run.progressAt = now;
  run.ports.log.error("there is work, and no call has left for two minutes", { rate: run.pace.rate() });
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
    // In this run's memory only: whether the table knows of a claim is seen when it is claimed again.
    batch = { ...task.batch, notBefore: toInstant(ports.clock.now() + RETRY_AFTER_ERROR_MS) };
  }
  try {
    await finishTask(run.work, task, batch);
  } catch (error) {
    ports.log.warn("a group was not closed; watch will", { batch: task.batch.key, error });
  }
}

/** What SES allows now holds at once, also for calls that are prepared already. */
async function rereadAccount(run: Run): Promise<void> {
  await run.allowance.readSoon();
  setPace(run);
}

/** What an answer means beyond its own batch. */
async function applyConsequence(run: Run, task: Task, { consequence }: Outcome): Promise<void> {
  const { ports, lease } = run;
  if (consequence.is === "slow-down") {
    lease.note({ slow: slowDown(lease.sender().slow, ports.clock.now()) });
    await rereadAccount(run);
  } else if (consequence.is === "quota-used-up") {
    // SES counts what we do not know of: it is asked again before we sleep by our own count alone.
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

function sleepForQuota({ lease, allowance }: Run, n: number): RunEnd {
  lease.note({ wakeAt: allowance.wakeAt(n) });
  return "quota";
}

async function stop(ports: SendPorts, key: EditionKey, state: "held" | "halted", reason: string): Promise<void> {
  const { newsletter, date } = key;
  if (!(await ports.editions.update(key, { state, reason }, { state: ["sending"] }))) return;
  ports.log.error(`an edition is ${state}`, { newsletter, date, reason });
}

/** Revisions are immutable and large: each is read once a run. */
function revisions(ports: SendPorts) {
  const known = new Map<string, Promise<Revision | undefined>>();
  return (edition: Edition): Promise<Revision | undefined> => {
    const name = `${edition.newsletter} ${edition.date} ${edition.rev}`;
    const reading = known.get(name) ?? ports.editions.revision(edition, edition.rev);
    known.set(name, reading);
    reading.catch(() => known.delete(name));
    return reading;
  };
}

/** How long a delivery takes to prepare: begun so much earlier, it meets its slot and its claim is young. */
function movingAverage() {
  let value = 0;
  return {
    value: () => value,
    add: (milliseconds: number) => {
      value = value * 0.9 + Math.min(milliseconds, 2_000) * 0.1;
    },
  };
}
