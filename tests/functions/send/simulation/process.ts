import type { Dice, Time } from "./time.ts";

/** What can go wrong on the way between a process and the table. */
export type Network = {
  /** Milliseconds, one way. */
  readonly latency: readonly [number, number];
  /** A write whose answer is lost and that the SDK repeats. */
  readonly repeat: number;
  /** A request that fails for good, half of them after it took effect. */
  readonly fail: number;
};

/** A Lambda run: it can die or stand still at any moment, and its clock is its own. */
export type Process = ReturnType<typeof startProcess>;

export function startProcess(time: Time, dice: Dice, network: Network) {
  const skew = dice.between(-2_000, 2_000);
  let alive = true;
  let frozenUntil = 0;
  let frozenFor = 0;
  const never = () => new Promise<never>(() => undefined);
  /** Nothing of a dead process happens any more; a frozen one goes on when it wakes. */
  const goOn = async (): Promise<void> => {
    while (alive && time.now() < frozenUntil) await time.sleep(frozenUntil - time.now());
    if (!alive) await never();
  };
  const travel = async () => {
    await time.sleep(dice.between(...network.latency));
    await goOn();
  };
  const call = async <T>(writes: boolean, effect: () => Promise<T>): Promise<T> => {
    await travel();
    const fails = dice.chance(network.fail);
    if (fails && dice.chance(0.5)) throw new Error("the table did not answer");
    let result = await effect();
    if (writes && dice.chance(network.repeat)) {
      await time.sleep(dice.between(...network.latency));
      result = await effect();
    }
    await travel();
    if (fails) throw new Error("the table's answer was lost");
    return result;
  };
  return {
    clock: {
      now: () => time.now() + skew,
      // A monotonic clock may stand still while its process does.
      mono: () => time.now() - frozenFor,
      sleep: async (milliseconds: number) => {
        await time.sleep(milliseconds);
        await goOn();
      },
    },
    read: <T>(effect: () => Promise<T>) => call(false, effect),
    write: <T>(effect: () => Promise<T>) => call(true, effect),
    goOn,
    isAlive: () => alive,
    crash: () => {
      alive = false;
    },
    freeze: (milliseconds: number) => {
      if (time.now() < frozenUntil) return;
      frozenUntil = time.now() + milliseconds;
      frozenFor += milliseconds;
    },
  };
}
