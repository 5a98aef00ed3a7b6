/**
 * How fast recipients are sent to SES. Slots set when the next call should leave; the gate is the hard limit: in any
 * 1.01 s, at most the rate departs (SES counts by the second; the hundredth is for differences between clocks). Times
 * are milliseconds of a monotonic clock.
 */
const SECOND_MS = 1010;
/** Slots missed by more than this are lost; making up for them at once would only crowd the gate. */
const CATCH_UP_MS = 100;

export type Pace = {
  /** Recipients a second from now on; may be below 1. */
  setRate: (rate: number) => void;
  readonly rate: () => number;
  /** When the next call should leave. */
  nextSlot: (now: number) => number;
  /** Takes the next slot for n recipients. Returns its time. */
  takeSlot: (now: number, n: number) => number;
  /** Milliseconds until the gate could open for n recipients; 0: it is open. Infinity: never at this rate. */
  opensIn: (now: number, n: number) => number;
  /** If the gate is open, counts n recipients as departed now. */
  depart: (now: number, n: number) => boolean;
};

/** Below one a second: the time between two recipients. */
const windowAt = (rate: number) => SECOND_MS / Math.min(1, rate);

export function createPace(initialRate: number): Pace {
  let rate = initialRate;
  let lastSlot = Number.NEGATIVE_INFINITY;
  let lastInterval = 0;
  /** Oldest first, and how many recipients they are. */
  const departures: { at: number; n: number }[] = [];
  let departed = 0;

  const nextSlot = (now: number) => {
    const planned = lastSlot + lastInterval;
    return planned < now - CATCH_UP_MS ? now : planned;
  };
  const opensIn = (now: number, n: number) => {
    while (departures[0] && now - departures[0].at >= windowAt(rate)) departed -= departures.shift()?.n ?? 0;
    let room = Math.max(1, rate) - n;
    if (room < 0) return Number.POSITIVE_INFINITY;
    if (departed <= room) return 0;
    // From the newest back: departures that fit together with n may stay in the window; the first one that doesn't must
    // leave it first.
    for (let index = departures.length - 1; index >= 0; index--) {
      const departure = departures[index];
      room -= departure?.n ?? 0;
      if (departure && room < 0) return departure.at + windowAt(rate) - now;
    }
    return 0;
  };
  return {
    setRate(next) {
      rate = next;
    },
    rate: () => rate,
    nextSlot,
    takeSlot(now, n) {
      lastSlot = nextSlot(now);
      lastInterval = (SECOND_MS * n) / rate;
      return lastSlot;
    },
    opensIn,
    depart(now, n) {
      if (opensIn(now, n) > 0) return false;
      departures.push({ at: now, n });
      departed += n;
      return true;
    },
  };
}

const SLOWEST = 0.1;
const RECOVERY_MS = 10_000;
const RECOVERY_STEP = 0.05;
/** Calls in flight at the same time are throttled together, which counts as one reason to slow down. */
const ONE_THROTTLE_MS = 1_000;

/** The share of the rate that is used after SES throttled. `since`: epoch milliseconds. */
type Slowness = { readonly factor: number; readonly since: number };
export const fullSpeed: Slowness = { factor: 1, since: 0 };

/** The current share: it recovers by 5 % of the rate every 10 s. */
export const slownessAt = ({ factor, since }: Slowness, now: number): number =>
  Math.min(1, factor + Math.max(0, Math.floor((now - since) / RECOVERY_MS)) * RECOVERY_STEP);

/** After a throttle: 70 % of the current share, at least a tenth. */
export function slowDown(slowness: Slowness, now: number): Slowness {
  if (slowness.factor < 1 && now - slowness.since < ONE_THROTTLE_MS) return slowness;
  return { factor: Math.max(SLOWEST, slownessAt(slowness, now) * 0.7), since: now };
}
