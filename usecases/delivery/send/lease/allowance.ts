import { addDepartures, applyAccount, remainingQuota, wakeAt } from "#domain/delivery/pace/quota.ts";
import { divisorAt } from "#domain/delivery/pace/shares.ts";
import type { Instant } from "#domain/time/instant.ts";
import { endsWithin } from "../deadline.ts";
import type { SendPorts } from "../ports.ts";
import type { Lease } from "./lease.ts";

const READ_EVERY_MS = 60_000;
/** SES allows one GetAccount request a second. */
const READ_AT_MOST_MS = 1_000;

/** An answer that takes longer is still used when it comes. */
const ANSWERS_WITHIN_MS = 5_000;

type Reservation = {
  /** This many of them departed. */
  readonly departed: (n: number) => void;
  /** The delivery has ended; room that wasn't used is free again. */
  readonly done: () => void;
};

export type Allowance = ReturnType<typeof createAllowance>;

type State = {
  readonly ports: Pick<SendPorts, "clock" | "ses" | "log">;
  readonly lease: Lease;
  /** Called with each answer: it applies at once, also to calls that are already prepared. */
  readonly onRead: () => void;
  known: boolean;
  reserved: number;
  readStartedAt: number;
};

/**
 * What SES allows this run: recipients a second, and how many of the daily quota are left.
 * @param share the part of the account's rate that is Broadsheet's
 */
export function createAllowance(ports: State["ports"], lease: Lease, share: number, onRead: () => void) {
  const state: State = { ports, lease, onRead, known: false, reserved: 0, readStartedAt: Number.NEGATIVE_INFINITY };
  const free = () => Math.max(0, remainingQuota(lease.account(), ports.clock.now()) - state.reserved);
  const rateOfAll = () => (lease.sender().rate ?? 1) * share;
  return {
    read: () => readIfOlder(state, 0),
    readIfOld: () => readIfOlder(state, READ_EVERY_MS),
    /** After a throttle. */
    readSoon: () => readIfOlder(state, READ_AT_MOST_MS),
    /** True: SES's limits were read in this run. Nothing is sent at a guessed rate or with yesterday's count. */
    isKnown: () => state.known,
    /** Recipients a second of all senders together. */
    rateOfAll,
    /** Recipients a second of this run. */
    rate: () => rateOfAll() / divisorAt(lease.shares(), rateOfAll(), ports.clock.now()),
    quota: () => lease.sender().quota,
    free,
    /** When there will be room for n recipients. */
    wakeAt: (n: number): Instant => wakeAt(lease.account(), n, ports.clock.now()),
    /** Reserves room for n recipients that may depart soon. */
    reserve: (n: number) => reserve(state, n),
  };
}

/**
 * The same for a sender other than the first: its share of the rate. Shares are given only while the quota lasts for
 * more than they can use, and the first sender counts what they used.
 */
export function shareAllowance(ports: State["ports"], lease: Lease): Allowance {
  const state: State = { ports, lease, onRead: () => undefined, known: true, reserved: 0, readStartedAt: 0 };
  const nothing = async () => undefined;
  const shares = lease.shares;
  return {
    ...{ read: nothing, readIfOld: nothing, readSoon: nothing },
    isKnown: () => true,
    rateOfAll: () => (shares()?.rate ?? 0) * (shares()?.senders ?? 1),
    rate: () => shares()?.rate ?? 0,
    quota: () => lease.others().find(({ index }) => index === undefined)?.quota ?? null,
    free: () => Number.POSITIVE_INFINITY,
    wakeAt: (n) => wakeAt(lease.account(), n, ports.clock.now()),
    reserve: (n) => reserve(state, n),
  };
}

/** Waits for the answer only for a limited time, so a silent SES doesn't block other work. */
async function readIfOlder(state: State, milliseconds: number): Promise<void> {
  const { clock } = state.ports;
  if (clock.mono() - state.readStartedAt < milliseconds) return;
  state.readStartedAt = clock.mono();
  await endsWithin(clock, ANSWERS_WITHIN_MS, readAccount(state));
}

async function readAccount(state: State): Promise<void> {
  const { ports, lease } = state;
  const began = ports.clock.mono();
  try {
    const account = await ports.ses.account();
    // After this time, SES's count of sent recipients is too old.
    if (ports.clock.mono() - began > READ_EVERY_MS) return;
    lease.note(applyAccount(lease.account(), account, ports.clock.now()));
    state.known = true;
    state.onRead();
  } catch (error) {
    ports.log.warn("SES's limits could not be read", { error });
  }
}

function reserve(state: State, n: number): Reservation {
  const { lease, ports } = state;
  let kept = n;
  state.reserved += n;
  const release = () => {
    state.reserved -= kept;
    kept = 0;
  };
  return {
    departed(left) {
      release();
      lease.note({ hist: addDepartures(lease.sender().hist, ports.clock.now(), left) });
    },
    done: release,
  };
}
