import { positionsToCall } from "#domain/delivery/calls/attempt.ts";
import { dailyCeiling } from "#domain/delivery/pace/quota.ts";
import { FIRST_DEPARTURE_MS, SKEW_LIMIT_MS } from "#domain/delivery/pace/sender.ts";
import { callSize } from "#domain/delivery/pace/size.ts";
import { endsWithin } from "./deadline.ts";
import { millisecondsUntilDue, refresh, returnTask, takeTask, WORTH_WAITING_MS } from "./jobs/work.ts";
import { pause } from "./lease/lease.ts";
import {
  adoptOrWait,
  beginSharing,
  canShare,
  isSharing,
  mustShareOut,
  prepareRenewals,
  shareOut,
} from "./lease/sharing.ts";
import { type Run, type RunEnd, reportStandstill, setPace } from "./run.ts";
import { RETRY_AFTER_ERROR_MS, sleepForQuota, startDelivery } from "./start-delivery.ts";

/** Calls to SES at once; fewer than the adapter has sockets. */
const MAX_IN_FLIGHT = 64;
/** The longest pause between two checks for work. */
const LOOK_MS = 250;
/** Time between two requests for SES's limits when it doesn't answer. */
const UNKNOWN_ACCOUNT_MS = 3_000;
/**
 * A loop without a new round for this long hangs, since each call to the table ends earlier (adapters/dynamo/table.ts).
 */
const HUNG_AFTER_MS = 60_000;
const WATCHDOG_MS = 5_000;
/** Wait for calls in flight at the end of a run: 20 s for SES, and as long for their records. */
const DRAIN_MS = 60_000;

/**
 * Sends until there is no more work or no more time. A loop that hangs in a call is abandoned: it ends when the call
 * does, and until then the gate lets none of its calls pass.
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
  prepareRenewals(run);
  if (canShare(run)) await beginSharing(run);
  // The last sender's departures still count in SES's current second.
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

/** A wait doesn't count as hanging. Without a share of the rate, it would be endless. */
async function wait(run: Run, milliseconds: number): Promise<void> {
  const { ports, lease } = run;
  const until = ports.clock.mono() + milliseconds;
  for (let left = milliseconds; left > 0 && !ports.mustEnd() && !lease.isLost(); left = until - ports.clock.mono()) {
    await pause(run.ports, Math.min(left, WATCHDOG_MS));
    run.cameRoundAt = run.ports.clock.mono();
  }
}

/** Waits for calls in flight unless they hang, because a call without its record would become unknown. */
export async function drain({ ports, inFlight, context }: Run): Promise<void> {
  for (let left = DRAIN_MS; inFlight.size > 0 && left > 0; ) {
    const began = ports.clock.mono();
    await endsWithin(ports.clock, WATCHDOG_MS, Promise.all(inFlight));
    // Its records are retried as long as the run lasts.
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

/** One round: start a batch, or wait. Returns why the run ends, if it does. */
async function step(run: Run): Promise<RunEnd | undefined> {
  const { ports, work, lease, allowance, pace, inFlight } = run;
  if (inFlight.size >= MAX_IN_FLIGHT) {
    await nextEnd(run, RETRY_AFTER_ERROR_MS);
    return undefined;
  }
  await refresh(work);
  if (mustShareOut(run)) await shareOut(run);
  // The known limits apply until the answer comes.
  void allowance.readIfOld();
  setPace(run);
  const now = ports.clock.mono();
  const early = pace.nextSlot(now) - run.preparation.value() - now;
  if (early >= 1) {
    await pause(ports, Math.min(early, LOOK_MS));
    return undefined;
  }
  if (!lease.isFresh()) {
    // The gate would refuse the call, so nothing is claimed.
    await pause(ports, LOOK_MS);
    return undefined;
  }
  const task = await takeTask(work);
  if (task && run.over) returnTask(task);
  if (run.over) return run.over;
  if (!task) return (await waitForWork(run)) ? undefined : "idle";
  const size = callSize(pace.rate());
  const n = positionsToCall(task.batch, size).length;
  // More than the daily quota: handled, and held, when it is this edition's turn.
  const hopeless = n > dailyCeiling(allowance.quota());
  if (hopeless || allowance.free() >= n) startDelivery(run, task, size, n);
  else {
    returnTask(task);
    if (inFlight.size > 0) await nextEnd(run, RETRY_AFTER_ERROR_MS);
    else return sleepForQuota(run, n);
  }
  return undefined;
}

/**
 * Waits until a delivery in flight ends, or for so long. Racing their promises in every round would give each of them as
 * many reactions as rounds happen while it is in flight.
 */
const nextEnd = (run: Run, milliseconds: number): Promise<void> =>
  new Promise((resolve, reject) => {
    run.onEnd = resolve;
    run.ports.clock.sleep(milliseconds).then(resolve, reject);
  });

/** Waits for more work. False: there is none. */
async function waitForWork(run: Run): Promise<boolean> {
  const { ports, work, inFlight } = run;
  const wait = millisecondsUntilDue(work);
  const look = Math.min(LOOK_MS, Math.max(1, wait));
  if (inFlight.size > 0) {
    await nextEnd(run, look);
    return true;
  }
  if (wait > WORTH_WAITING_MS && !(isSharing(run) && (await adoptOrWait(run)))) return false;
  await pause(ports, look);
  return true;
}
