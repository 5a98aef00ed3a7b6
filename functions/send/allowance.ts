import { freeQuota, type Sender } from "#domain/delivery/sender.ts";
import { fromInstant, toInstant } from "#domain/instant.ts";
import type { Lease } from "./lease.ts";
import type { SendPorts } from "./ports.ts";

const READ_EVERY_MS = 60_000;
/** SES answers GetAccount once a second. */
const READ_AT_MOST_MS = 1_000;
/** SES's count of the last 24 h may lag behind by so much: until then a former run's own count is better. */
const COUNT_LAG_MS = 120_000;

export type Ticket = {
  /** So many of them left for SES. */
  readonly departed: (n: number) => void;
  /** The delivery is over; what did not leave is free again. */
  readonly done: () => void;
};

export type Allowance = ReturnType<typeof createAllowance>;

type State = {
  readonly ports: Pick<SendPorts, "clock" | "ses" | "log">;
  readonly lease: Lease;
  /** The sender's item as this run found it. */
  readonly before: Sender;
  /** Sent in 24 h by anybody, as far as known when this run began. */
  atStart: number | undefined;
  own: number;
  reserved: number;
  askedAt: number;
};

/** What SES allows this run: recipients a second, and how many are left of the day's. */
export function createAllowance(ports: State["ports"], lease: Lease) {
  const before = lease.sender();
  const fresh = { atStart: undefined, own: 0, reserved: 0, askedAt: Number.NEGATIVE_INFINITY };
  const state: State = { ports, lease, before, ...fresh };
  return {
    read: () => readIfOlder(state, 0),
    readIfOld: () => readIfOlder(state, READ_EVERY_MS),
    /** After a throttle. */
    readSoon: () => readIfOlder(state, READ_AT_MOST_MS),
    /** Read in this run: nothing is sent at a guessed rate, or on a count of yesterday. */
    isKnown: () => state.atStart !== undefined,
    /** Recipients a second. */
    rate: () => lease.sender().rate ?? 1,
    quota: () => lease.sender().quota,
    free: () => freeQuota({ quota: lease.sender().quota, sent24: used(state) }, state.reserved),
    /** Keeps room for n recipients that may depart soon. */
    reserve: (n: number) => reserve(state, n),
  };
}

/** SES's own count lags behind; what this run sent on top of what it found is exact. */
const used = ({ lease, atStart, own }: State) => Math.max(lease.sender().sent24 ?? 0, (atStart ?? 0) + own);

async function readIfOlder(state: State, milliseconds: number): Promise<void> {
  const { ports, lease, before } = state;
  if (ports.clock.mono() - state.askedAt < milliseconds) return;
  state.askedAt = ports.clock.mono();
  try {
    const { rate, quota, sent24 } = await ports.ses.account();
    const now = ports.clock.now();
    state.atStart ??= Math.max(sent24, isLate(before.readAt, now) ? 0 : (before.sent24 ?? 0));
    lease.note({ rate, quota, sent24: Math.max(sent24, state.atStart + state.own), readAt: toInstant(now) });
  } catch (error) {
    ports.log.warn("SES did not say what it allows", { error });
  }
}

const isLate = (readAt: string | null, now: number) => readAt === null || now - fromInstant(readAt) >= COUNT_LAG_MS;

function reserve(state: State, n: number): Ticket {
  let kept = n;
  state.reserved += n;
  const letGo = () => {
    state.reserved -= kept;
    kept = 0;
  };
  return {
    departed(left) {
      letGo();
      state.own += left;
      state.lease.note({ sent24: used(state), readAt: toInstant(state.ports.clock.now()) });
    },
    done: letGo,
  };
}
