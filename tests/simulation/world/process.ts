import type { Dice, Time } from "./time.ts";

/** What can go wrong between a process and the table. */
export type Network = {
  /** Milliseconds, one way. */
  readonly latency: readonly [number, number];
  /** The probability that a write's answer is lost, and the SDK repeats the write. */
  readonly repeat: number;
  /** The probability that a request fails permanently; half of these have taken effect. */
  readonly fail: number;
  /**
   * The probability that a request gets no answer: the client gives up, and the request takes effect before that,
   * later, or never.
   */
  readonly hang: number;
};

/** When the adapters give up a call (adapters/dynamo/table.ts), and how much later it may still take effect. */
const GIVEN_UP_MS = 12_500;
const ARRIVES_WITHIN_MS = 90_000;

/** A process is killed at its nth request: before the request takes effect, or after that but before the answer. */
export type Death = { readonly at: number; readonly after: boolean };

/** A Lambda run. It can be killed or frozen at any moment, and has its own clock. */
export type Process = ReturnType<typeof startProcess>;

type Fate = {
  readonly network: Network;
  /** Milliseconds by which its clock is ahead. */
  readonly skew: number;
  readonly death: Death | undefined;
  /** Called at every request. */
  readonly note: (what: string) => void;
  /** The table that requests go to. A late request to a replaced table doesn't reach its replacement. */
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
  /** A dead process does nothing more; a frozen one continues when it wakes. */
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
  /** A request over the network: the way there, its effect, and the way back. */
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
      // The first copy of the request may only have been delayed, and still arrive.
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
    /** A request like `call` whose effect the other side decides. */
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
    /** The request at which it was killed; "": it wasn't. */
    diedAt: () => diedAt,
    requests: () => requests,
    freeze: (milliseconds: number) => {
      if (time.now() < frozenUntil) return;
      frozenUntil = time.now() + milliseconds;
      frozenFor += milliseconds;
    },
  };
}

/** The same port as a process uses it: each method is a request over the network. */
export function through<Port extends object>(process: Process, name: string, port: Port): Port {
  return new Proxy(port, {
    get(target, method, receiver) {
      const own = Reflect.get(target, method, receiver);
      if (typeof own !== "function") return own;
      return (...args: unknown[]) => process.call(`${name}.${String(method)}`, () => Reflect.apply(own, target, args));
    },
  });
}
