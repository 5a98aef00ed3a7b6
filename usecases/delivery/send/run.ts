import type { DeliverySettings } from "#domain/config/delivery-settings.ts";
import { createPace, type Pace, slownessAt } from "#domain/delivery/pace/pace.ts";
import { LEASE_FRESH_PART } from "#domain/delivery/pace/reading.ts";
import type { Edition, EditionKey, Revision } from "#domain/edition/edition.ts";
import type { RunContext } from "./calling/deliver.ts";
import { sharedRead } from "./calling/shared-read.ts";
import { createWork, mailedOf, startGroup, type Work } from "./jobs/work.ts";
import { type Allowance, createAllowance, shareAllowance } from "./lease/allowance.ts";
import type { Lease } from "./lease/lease.ts";
import { createSharing, type Sharing } from "./lease/sharing.ts";
import type { SendPorts } from "./ports.ts";

const STANDSTILL_MS = 120_000;

/** Why a run of the sender ended. */
export type RunEnd = "idle" | "time" | "quota" | "lease lost" | "stalled" | "stopped";

/** One run under a lease. */
export type Run = {
  readonly ports: SendPorts;
  readonly lease: Lease;
  readonly settings: DeliverySettings;
  readonly work: Work;
  readonly sharing: Sharing;
  readonly allowance: Allowance;
  readonly pace: Pace;
  readonly inFlight: Set<Promise<void>>;
  /** By the monotonic clock. */
  readonly endsAt: number;
  readonly preparation: ReturnType<typeof movingAverage>;
  readonly context: RunContext;
  /** Calls that departed. */
  calls: number;
  /** When a call last departed, or when this was last logged; by the monotonic clock. */
  progressAt: number;
  /** When the loop last started a round; by the monotonic clock. */
  cameRoundAt: number;
  /** Called when a delivery has ended. */
  onEnd: () => void;
  /** Set when an answer ends the run. */
  over: RunEnd | undefined;
};

export function createRun(ports: SendPorts, lease: Lease, settings: DeliverySettings): Run {
  const work = createWork(ports, lease);
  const allowance: Allowance =
    lease.index === 0
      ? createAllowance(ports, lease, settings.share, () => setPace(run))
      : shareAllowance(ports, lease);
  const pace = createPace(1);
  const preparation = movingAverage();
  const endsAt = ports.clock.mono() + settings.runSeconds * 1000;
  const context: RunContext = {
    ports,
    lease,
    pace,
    claimSeconds: settings.claimSeconds,
    quota: allowance.quota,
    editionOf: sharedRead(
      ports.clock,
      ({ newsletter, date }) => `${newsletter} ${date}`,
      (key: EditionKey) => ports.editions.get(key),
    ),
    revisionOf: revisions(ports),
    startGroup: (task) => startGroup(work, task),
    mailedOf: (job) => mailedOf(work, job),
    notePreparation: preparation.add,
    hasTimeLeft: () => run.over !== "stalled" && !ports.mustEnd() && ports.clock.mono() < endsAt,
  };
  const inFlight = new Set<Promise<void>>();
  const run: Run = {
    ...{ ports, lease, settings, work, allowance, pace, inFlight, endsAt, preparation, context },
    sharing: createSharing(),
    calls: 0,
    progressAt: ports.clock.mono(),
    cameRoundAt: ports.clock.mono(),
    onEnd: () => undefined,
    over: undefined,
  };
  return run;
}

/** The current rate, in recipients a second. */
export function setPace({ ports, lease, allowance, settings, pace }: Run): number {
  pace.setRate(allowance.rate() * slownessAt(lease.sender().slow, ports.clock.now()));
  const fastest = Math.max(1, pace.rate()) * settings.leaseSeconds * LEASE_FRESH_PART;
  lease.foresee(Math.ceil(Math.min(fastest, allowance.free())));
  return pace.rate();
}

/** Logs, from time to time, that no call has departed in this run. */
export function reportStandstill(run: Run): void {
  const now = run.ports.clock.mono();
  if (now - run.progressAt < STANDSTILL_MS) return;
  run.progressAt = now;
  run.ports.log.error("there is work, and no call has left for two minutes", { rate: run.pace.rate() });
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

/** How long a delivery takes to prepare. Started this much earlier, it meets its slot with a young claim. */
function movingAverage() {
  let value = 0;
  return {
    value: () => value,
    add: (milliseconds: number) => {
      value = value * 0.9 + Math.min(milliseconds, 2_000) * 0.1;
    },
  };
}
