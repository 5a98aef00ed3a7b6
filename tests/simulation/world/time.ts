/** A virtual clock, which advances only when nothing more can happen at the present time. */
export type Time = ReturnType<typeof createTime>;

type Timer = { readonly at: number; readonly order: number; readonly wake: () => void };

export function createTime(start: number) {
  let now = start;
  let order = 0;
  const timers: Timer[] = [];

  /** Waits until all resolved promises have continued: Node empties the microtask queue before the next tick. */
  const settle = () => new Promise<void>((resolve) => process.nextTick(resolve));

  const push = (timer: Timer) => {
    let child = timers.length;
    timers.push(timer);
    while (child > 0) {
      const parent = (child - 1) >> 1;
      const above = timers[parent];
      if (!above || !before(timer, above)) break;
      timers[child] = above;
      child = parent;
    }
    timers[child] = timer;
  };
  const pop = (): Timer | undefined => {
    const [first] = timers;
    const last = timers.pop();
    if (last === undefined || timers.length === 0) return first;
    let parent = 0;
    for (;;) {
      const left = 2 * parent + 1;
      const [one, other] = [timers[left], timers[left + 1]];
      if (!one) break;
      const [least, at] = other && before(other, one) ? [other, left + 1] : [one, left];
      if (!before(least, last)) break;
      timers[parent] = least;
      parent = at;
    }
    timers[parent] = last;
    return first;
  };
  return {
    now: () => now,
    sleep: (milliseconds: number): Promise<void> =>
      new Promise((wake) => {
        order += 1;
        push({ at: now + Math.max(0, milliseconds), order, wake });
      }),
    /** Runs until `end`, or until `over` says that nothing more can happen. */
    async run(end: number, over: () => boolean): Promise<void> {
      for (;;) {
        await settle();
        const next = timers[0];
        if (!next || next.at > end || over()) return;
        now = next.at;
        // All timers of this moment, in the order in which they were set.
        while (timers[0]?.at === now) pop()?.wake();
      }
    },
  };
}

const before = (a: Timer, b: Timer): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

/** Random numbers from a seed (mulberry32). The same seed gives the same story. */
export function createDice(seed: number) {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const chance = (probability: number) => next() < probability;
  const between = (from: number, to: number) => from + next() * (to - from);
  return {
    next,
    chance,
    between,
    /** Usually 0, otherwise a number up to `most`. */
    sometimes: (probability: number, most: number) => (chance(probability) ? between(0, most) : 0),
    whole: (from: number, to: number) => Math.floor(from + next() * (to - from + 1)),
    pick: <T>(from: readonly [T, ...T[]]): T => from[Math.floor(next() * from.length)] ?? from[0],
    hex: (digits: number) => {
      let text = "";
      while (text.length < digits)
        text += Math.floor(next() * 0x1000000)
          .toString(16)
          .padStart(6, "0");
      return text.slice(0, digits);
    },
  };
}
export type Dice = ReturnType<typeof createDice>;
