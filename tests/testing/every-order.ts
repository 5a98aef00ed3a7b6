import { setImmediate } from "node:timers/promises";

/** A store whose every call waits until it is this actor's turn. */
type TakeTurns = <Store extends object>(store: Store) => Store;
export type Act = (takeTurns: TakeTurns) => Promise<unknown>;

type Race = {
  /** One for each actor. They start together; only one call at a time is let through. */
  acts: readonly Act[];
  /** Looks at what each gave, in the order of the acts. A rejected one gives its error. */
  judge: (given: readonly unknown[]) => Promise<void> | void;
};

type Options = {
  /** Whether the order of two calls, by their names, makes a difference. Default: always. */
  orderMatters?: (one: string, other: string) => boolean;
};

type Waiting = { readonly actor: number; readonly call: string };
/** Where the order of calls can go on: which actors' calls waited, and which of them is let through. */
type Choice = { readonly waiting: readonly Waiting[]; taken: number };
type Gate = { readonly call: string; readonly open: () => void }[];

const MOST_ORDERS = 200_000;

/**
 * Lets actors race in every order of their calls to the stores that they share: each call is one step, and nothing else
 * happens between two. Deterministic; a failure names the order.
 * @returns the number of orders
 */
export async function inEveryOrder(prepare: () => Promise<Race> | Race, options: Options = {}): Promise<number> {
  let choices: Choice[] = [];
  for (let orders = 1; orders <= MOST_ORDERS; orders += 1) {
    choices = await race(await prepare(), choices, options);
    for (let last = choices.at(-1); last !== undefined && last.taken === last.waiting.length - 1; last = choices.at(-1))
      choices.pop();
    const next = choices.at(-1);
    if (next === undefined) return orders;
    next.taken += 1;
  }
  throw new Error(`more than ${MOST_ORDERS} orders: give the actors less to do`);
}

/**
 * Runs one order: the given choices first, then always the first actor that waits. It ends early where the rest was tried
 * already, in an order that makes no difference (Godefroid's sleep sets).
 */
async function race({ acts, judge }: Race, given: readonly Choice[], { orderMatters = () => true }: Options) {
  const gates = acts.map((): Gate => []);
  const results = acts.map((act, actor) => act(turnsOf(gates[actor] ?? [])).catch((error: unknown) => error));
  const choices: Choice[] = [];
  /** Calls that were let through here before, with all that can follow. */
  let asleep: readonly Waiting[] = [];
  for (;;) {
    await setImmediate();
    const all = gates.flatMap(([first], actor) => (first === undefined ? [] : [{ actor, call: first.call }]));
    const waiting = all.filter(({ actor }) => asleep.every((one) => one.actor !== actor));
    if (all.length > 0 && waiting.length === 0) return choices;
    const choice = given[choices.length] ?? { waiting, taken: 0 };
    const next = choice.waiting[choice.taken];
    if (next === undefined) break;
    choices.push(choice);
    const tried = [...asleep, ...choice.waiting.slice(0, choice.taken)];
    asleep = tried.filter(({ call }) => !orderMatters(call, next.call));
    gates[next.actor]?.shift()?.open();
  }
  const order = choices.map(({ waiting, taken }) => waiting[taken]?.actor).join("");
  try {
    await judge(await Promise.all(results));
  } catch (error) {
    throw new Error(`in the order ${order} of the actors' calls`, { cause: error });
  }
  return choices;
}

function turnsOf(gate: Gate): TakeTurns {
  return (store) =>
    new Proxy(store, {
      get(target, name) {
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== "function") return method;
        return async (...args: unknown[]) => {
          await new Promise<void>((open) => gate.push({ call: String(name), open }));
          return Reflect.apply(method, target, args);
        };
      },
    });
}
