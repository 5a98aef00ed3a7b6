import type { Dice, Time } from "./time.ts";

/** What can go wrong on the way between a process and the table. */
export type Network = {
  /** Milliseconds, one way. */
  readonly latency: readonly [number, number];
  /** A write whose answer is lost and that the SDK repeats. */
  readonly repeat: number;
  /** A request that fails for good, half of them after it took effect. */
  readonly fail: number;
  /** A request without an answer: its client gives up, and it may take effect before that, later, or never. */
  readonly hang: number;
};

/** When the adapters give a call up (adapters/dynamo/table.ts), and how much later it may still take effect. */
const GIVEN_UP_MS = 12_500;
const ARRIVES_WITHIN_MS = 90_000;

/** A process ends at its nth request: before it took effect, or after it and before its answer. */
export type Death = { readonly at: number; readonly after: boolean };

/** A Lambda run: it can die or stand still at any moment, and its clock is its own. */
export type Process = ReturnType<typeof startProcess>;

type Fate = {
  readonly network: Network;
  /** Milliseconds its clock is ahead. */
  readonly skew: number;
  readonly death: Death | undefined;
  /** Told of every request. */
  readonly note: (what: string) => void;
  /** Which table the requests go to: what comes late to one that was replaced does not reach the one after it. */
  readonly table: () => unknown;
};

export function startProcess(time: Time, dice: Dice, { network, skew, death, note, table }: Fate) {
  const [shortest, longest] = network.latency;
  let alive = true;
  let frozenUntil = 0;
  let frozenFor = 0;
  let requests = 0;
  let diedAt = "";
  let tellDeath: () => void = () => undefined;
  const died = new Promise<undefined>((resolve) => {
    tellDeath = () => resolve(undefined);
  });
  const never = () => new Promise<never>(() => undefined);
  const crash = () => {
    alive = false;
    tellDeath();
  };
  const runs = () => alive && time.now() >= frozenUntil;
  /** Nothing of a dead process happens any more; a frozen one goes on when it wakes. */
  const goOn = async (): Promise<void> => {
    while (alive && time.now() < frozenUntil) await time.sleep(frozenUntil - time.now());
    if (!alive) await never();
  };
  const travel = async (): Promise<void> => {
    await time.sleep(dice.between(shortest, longest));
    if (!runs()) await goOn();
  };
  const die = (name: string) => {
    diedAt = name;
    note(`died at ${name}`);
    crash();
    return never();
  };
  const arriveLate = async (effect: () => Promise<unknown>): Promise<void> => {
    const sentTo = table();
    await time.sleep(dice.between(0, ARRIVES_WITHIN_MS));
    if (table() === sentTo) await effect().catch(() => undefined);
  };
  const hang = async (name: string, effect: () => Promise<unknown>): Promise<never> => {
    if (dice.chance(0.6)) void arriveLate(effect);
    await time.sleep(GIVEN_UP_MS);
    if (!runs()) await goOn();
    note(`gave up ${name}`);
    throw new Error(`no answer to ${name} in time`);
  };
  /** A request to somewhere else: the way there, what it does, the way back. */
  const call = async <T>(name: string, effect: () => Promise<T>): Promise<T> => {
    requests += 1;
    note(name);
    const dies = death !== undefined && death.at === requests;
    await travel();
    if (dies && !death.after) return die(name);
    if (network.hang > 0 && dice.chance(network.hang)) return hang(name, effect);
    const fails = network.fail > 0 && dice.chance(network.fail);
    if (fails && dice.chance(0.5)) throw new Error(`no answer to ${name}`);
    let result = await effect();
    if (dies) return die(name);
    if (network.repeat > 0 && dice.chance(network.repeat)) {
      // The first copy may have been held up on its way, and come after all.
      if (dice.chance(0.3)) void arriveLate(effect);
      await time.sleep(dice.between(shortest, longest));
      result = await effect();
    }
    await travel();
    if (fails) throw new Error(`the answer to ${name} was lost`);
    return result;
  };
  return {
    clock: {
      now: () => time.now() + skew,
      // A monotonic clock may stand still while its process does.
      mono: () => time.now() - frozenFor,
      sleep: async (milliseconds: number) => {
        await time.sleep(milliseconds);
        if (!runs()) await goOn();
      },
    },
    call,
    goOn,
    /** A request like `call`, of which the other side decides what happens to it. */
    async dieBefore(name: string): Promise<boolean> {
      requests += 1;
      note(name);
      const dies = death !== undefined && death.at === requests;
      if (dies && !death.after) await die(name);
      return dies;
    },
    die,
    isAlive: () => alive,
    crash,
    died,
    /** What it asked for when its fate ended it, "" if that did not happen. */
    diedAt: () => diedAt,
    requests: () => requests,
    freeze: (milliseconds: number) => {
      if (time.now() < frozenUntil) return;
      frozenUntil = time.now() + milliseconds;
      frozenFor += milliseconds;
    },
  };
}

/** The same port, asked from a process: each method is a request. */
export function through<Port extends object>(process: Process, name: string, port: Port): Port {
  return new Proxy(port, {
    get(target, method, receiver) {
      const own = Reflect.get(target, method, receiver);
      if (typeof own !== "function") return own;
      return (...args: unknown[]) => process.call(`${name}.${String(method)}`, () => Reflect.apply(own, target, args));
    },
  });
}
