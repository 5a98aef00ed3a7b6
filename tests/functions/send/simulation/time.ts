/** A clock that stands still until everything that can happen now has happened. */
export type Time = ReturnType<typeof createTime>;

type Timer = { readonly at: number; readonly order: number; readonly wake: () => void };

export function createTime(start: number) {
  let now = start;
  let order = 0;
  const timers: Timer[] = [];

  /** All promises that can go on have gone on before the next tick: Node empties the queue of microtasks first. */
  const settle = () => new Promise<void>((resolve) => process.nextTick(resolve));

  const push = (timer: Timer) => {
    timers.push(timer);
    for (let child = timers.length - 1; child > 0; ) {
      const parent = (child - 1) >> 1;
      if (!before(timers[child], timers[parent])) break;
      swap(timers, child, parent);
      child = parent;
    }
  };
  const pop = (): Timer | undefined => {
    const first = timers[0];
    const last = timers.pop();
    if (timers.length === 0 || last === undefined) return first;
    timers[0] = last;
    for (let parent = 0; ; ) {
      const left = 2 * parent + 1;
      const least = before(timers[left + 1], timers[left]) ? left + 1 : left;
      if (!before(timers[least], timers[parent])) return first;
      swap(timers, least, parent);
      parent = least;
    }
  };
  return {
    now: () => now,
    sleep: (milliseconds: number): Promise<void> =>
      new Promise((wake) => {
        order += 1;
        push({ at: now + Math.max(0, milliseconds), order, wake });
      }),
    /** Lets time pass until `end`, or until `over` says that nothing more can happen. */
    async run(end: number, over: () => boolean): Promise<void> {
      for (;;) {
        await settle();
        const next = timers[0];
        if (!next || next.at > end || over()) return;
        now = next.at;
        // Everything of this very moment, in the order it was asked for.
        while (timers[0]?.at === now) pop()?.wake();
      }
    },
  };
}

function before(a: Timer | undefined, b: Timer | undefined): boolean {
  if (!a) return false;
  return !b || a.at < b.at || (a.at === b.at && a.order < b.order);
}

function swap(timers: Timer[], a: number, b: number): void {
  const [one, other] = [timers[a], timers[b]];
  if (one && other) [timers[a], timers[b]] = [other, one];
}

/** Random numbers from a seed (mulberry32): the same seed, the same story. */
export function createDice(seed: number) {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return {
    next,
    chance: (probability: number) => next() < probability,
    between: (from: number, to: number) => from + next() * (to - from),
    whole: (from: number, to: number) => Math.floor(from + next() * (to - from + 1)),
    pick: <T>(from: readonly [T, ...T[]]): T => from[Math.floor(next() * from.length)] ?? from[0],
    hex: (digits: number) => Array.from({ length: digits }, () => Math.floor(next() * 16).toString(16)).join(""),
  };
}
export type Dice = ReturnType<typeof createDice>;
