import type { DeliverySettings } from "#domain/config.ts";
import { positionsToCall } from "#domain/delivery/attempt.ts";
import { createPace, slowedDown, slownessAt } from "#domain/delivery/pace.ts";
import { FIRST_DEPARTURE_MS, quotaWakeAt, SKEW_LIMIT_MS } from "#domain/delivery/sender.ts";
import { callSize } from "#domain/delivery/size.ts";
import type { Edition, EditionKey, Revision } from "#domain/edition/edition.ts";
import { toInstant } from "#domain/instant.ts";
import { createAllowance } from "./allowance.ts";
import { deliver, type Outcome, type Slot, type Surroundings } from "./deliver.ts";
import { type Lease, pause } from "./lease.ts";
import type { SendPorts } from "./ports.ts";
import { createWork, readable, type Task } from "./work.ts";

/** Calls to SES at once; fewer than the adapter has sockets. */
const IN_FLIGHT = 64;
/** What becomes due within this time is waited for. */
const WORTH_WAITING_MS = 5_000;
/** The longest pause between two looks at what there is to do. */
const LOOK_MS = 250;
const TROUBLE_MS = 1_000;

/** Why a run of the sender ended. */
export type RunEnd = "idle" | "time" | "quota" | "lease lost" | "stopped";

/** One run under a lease: sends what there is until there is no more, or no more time. */
export function createRun(ports: SendPorts, lease: Lease, settings: DeliverySettings) {
  const { clock } = ports;
  const work = createWork(ports);
  const allowance = createAllowance(ports, lease);
  const pace = createPace(1);
  const inFlight = new Set<Promise<void>>();
  const endsAt = clock.mono() + settings.runSeconds * 1000;
  const preparation = movingAverage();
  const tally = { calls: 0 };
  let over: RunEnd | undefined;

  const around: Surroundings = {
    ports,
    lease,
    pace,
    claimSeconds: settings.claimSeconds,
    quota: allowance.quota,
    revisionOf: revisions(ports),
    starting: work.starting,
    prepared: preparation.add,
  };

  const ending = (): RunEnd | undefined => {
    if (over) return over;
    if (ports.mustEnd() || clock.mono() >= endsAt) return "time";
    if (lease.isLost()) return "lease lost";
    if (Math.abs(ports.skew()) <= SKEW_LIMIT_MS) return undefined;
    ports.log.error("this clock and the table's differ by more than 5 s: nothing is sent", { skew: ports.skew() });
    return "stopped";
  };

  const heed = async (task: Task, { consequence }: Outcome): Promise<void> => {
    if (consequence.is === "slow-down") {
      lease.note({ slow: slowedDown(lease.sender().slow, clock.now()) });
      await allowance.readSoon();
    } else if (consequence.is === "quota-used-up") {
      lease.note({ wakeAt: quotaWakeAt(toInstant(clock.now())) });
      over ??= "quota";
    } else if (consequence.is === "end-run") {
      ports.log.error("the sender's run is ended", { reason: consequence.reason });
      over ??= "stopped";
    } else if (consequence.is !== "none") {
      work.drop(task);
      if (consequence.is === "hold-edition") await hold(ports, task.job.key, consequence.reason);
    }
  };

  const deliverOne = async (task: Task, slot: Slot): Promise<void> => {
    let batch: Outcome["batch"];
    try {
      const outcome = await readable(ports, task.job.key, () => deliver(around, task, slot));
      if (outcome) await heed(task, outcome);
      batch = outcome?.batch;
    } catch (error) {
      ports.log.warn("a batch could not be sent now", { batch: task.batch.key, error });
      // In this run's memory only: whether the table knows of a claim is seen when it is claimed again.
      batch = { ...task.batch, notBefore: toInstant(clock.now() + TROUBLE_MS) };
    }
    await work.settle(task, batch).catch((error: unknown) => {
      ports.log.warn("a group was not closed; watch will", { batch: task.batch.key, error });
    });
  };

  const start = (task: Task, size: number, n: number): void => {
    const ticket = allowance.reserve(n);
    const departed = (left: number) => {
      tally.calls += 1;
      ticket.departed(left);
    };
    const delivery = deliverOne(task, { size, at: pace.takeSlot(clock.mono(), n), departed }).finally(() => {
      ticket.done();
      inFlight.delete(delivery);
    });
    inFlight.add(delivery);
  };

  /** Waits for what may come. False: nothing will. */
  const waited = async (): Promise<boolean> => {
    const dueIn = work.dueIn();
    if (inFlight.size > 0) {
      await Promise.race([...inFlight, clock.sleep(Math.min(LOOK_MS, Math.max(1, dueIn)))]);
      return true;
    }
    if (dueIn > WORTH_WAITING_MS) return false;
    await pause(ports, Math.min(LOOK_MS, Math.max(1, dueIn)));
    return true;
  };

  /** One turn: a batch on its way, or some waiting. Gives why the run ends, if it does. */
  const step = async (): Promise<RunEnd | undefined> => {
    if (inFlight.size >= IN_FLIGHT) {
      await Promise.race(inFlight);
      return undefined;
    }
    await work.refresh();
    await allowance.readIfOld();
    pace.setRate(allowance.rate() * settings.share * slownessAt(lease.sender().slow, clock.now()));
    const early = pace.nextSlot(clock.mono()) - preparation.value() - clock.mono();
    if (early >= 1) {
      await pause(ports, Math.min(early, LOOK_MS));
      return undefined;
    }
    const task = await work.take();
    if (!task) return (await waited()) ? undefined : "idle";
    const size = callSize(pace.rate());
    const n = positionsToCall(task.batch, size).length;
    if (allowance.free() >= n) start(task, size, n);
    else {
      work.giveBack(task);
      if (inFlight.size > 0) await Promise.race(inFlight);
      else over ??= outOfQuota(lease, clock.now());
    }
    return undefined;
  };

  const loop = async (): Promise<RunEnd> => {
    await work.refresh();
    if (!work.hasJobs()) return "idle";
    // The departures of the sender before this one still count in SES's second.
    await Promise.all([allowance.read(), pause(ports, FIRST_DEPARTURE_MS - (clock.mono() - lease.takenAt.mono))]);
    lease.note({ wakeAt: null });
    for (;;) {
      const end = ending();
      if (end) return end;
      try {
        const ended = await step();
        if (ended) return ended;
      } catch (error) {
        ports.log.warn("the sender waits for the table", { error });
        await pause(ports, TROUBLE_MS);
      }
    }
  };

  return {
    loop,
    /** What is in flight is waited for, always: a call without its record would be an unknown. */
    drain: async () => {
      while (inFlight.size > 0) await Promise.all(inFlight);
    },
    calls: () => tally.calls,
  };
}

function outOfQuota(lease: Lease, now: number): RunEnd {
  lease.note({ wakeAt: quotaWakeAt(toInstant(now)) });
  return "quota";
}

async function hold(ports: SendPorts, key: EditionKey, reason: string): Promise<void> {
  const { newsletter, date } = key;
  if (!(await ports.editions.update(key, { state: "held", reason }, { state: ["sending"] }))) return;
  ports.log.error("an edition is held", { newsletter, date, reason });
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
