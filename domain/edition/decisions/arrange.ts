/** One thing an editor did to the order: a story given a place (null: the one it earned), kept in, or taken out. */
export type Step<T> = { do: "place"; item: T; to: number | null } | { do: "keep"; item: T } | { do: "remove"; item: T };

/** What is right for one kind of edition. */
export type Order<T> = {
  /** Best first; place 0 is the lead, null where nothing makes one. */
  natural: readonly (T | null)[];
  /** Places there are, the lead among them. What is behind them in `natural` waits to fill up. */
  size: number;
  /** The best lead of these; null: none of them makes one. */
  lead: (items: readonly T[]) => T | null;
  /** Whether an item goes before another by what it earned. */
  before: (one: T, other: T) => boolean;
  /** Whether two tell the same: where an editor places one, the other gives way. */
  same: (one: T, other: T) => boolean;
};

export type Arranged<T> = {
  list: (T | null)[];
  /** What stays in whatever comes: put in a place or wherever it belongs, or kept for what was done to it. */
  placed: ReadonlyMap<T, Why>;
};

type Why = "place" | "anywhere" | "kept";

/**
 * Does to the list what an editor saw it do: a story that is moved is taken out and put in at its new place, and the
 * others close up; what is removed leaves its place to the next of all. So the edition is what the screen showed, and of
 * two editors who move different stories at once each move still holds.
 */
export function arrange<T>(order: Order<T>, steps: readonly Step<T>[]): Arranged<T> {
  const { natural, size } = order;
  const state: State<T> = {
    list: natural.slice(0, size),
    waiting: natural.slice(size).filter((item) => item !== null),
    placed: new Map(),
  };
  for (const step of steps) {
    if (step.do === "remove") remove(state, order, step.item);
    else if (step.do === "place") place(state, order, step, step.to === null ? "anywhere" : "place");
    else place(state, order, { item: step.item, to: null }, state.placed.get(step.item) ?? "kept");
  }
  return { list: state.list, placed: state.placed };
}

type State<T> = { list: (T | null)[]; waiting: T[]; placed: Map<T, Why> };

function place<T>(state: State<T>, order: Order<T>, { item, to }: { item: T; to: number | null }, why: Why): void {
  const { list, placed } = state;
  const at = list.indexOf(item);
  const isThere = at >= 0;
  placed.set(item, why);
  if (isThere && to === null) return;
  if (isThere) list.splice(at, 1);
  else makeRoom(state, order, item);
  const index = Math.min(to ?? earnedPlace(state, order, item), order.size - 1, list.length);
  if (index === 0 && list[0] === null) list.splice(0, 1);
  list.splice(index, 0, item);
  if (list[0] === undefined) list[0] = null;
  fill(state, order);
}

/** What tells the same gives way, else the last that no editor placed. */
function makeRoom<T>(state: State<T>, order: Order<T>, item: T): void {
  const { list, placed } = state;
  const isFree = (other: T | null, index: number) => index > 0 && other !== null && !placed.has(other);
  state.waiting = state.waiting.filter((other) => other !== item && !order.same(other, item));
  const twin = list.findIndex((other, index) => isFree(other, index) && other !== null && order.same(other, item));
  if (twin > 0) return void list.splice(twin, 1);
  if (list.length < order.size) return;
  const last = list.findLastIndex(isFree);
  const [out] = list.splice(last > 0 ? last : list.length - 1, 1);
  if (out !== undefined && out !== null) state.waiting.unshift(out);
}

/** Behind all that goes before it, and never the lead's place. */
function earnedPlace<T>({ list }: State<T>, { before }: Order<T>, item: T): number {
  const behind = list.findIndex((other, index) => index > 0 && other !== null && before(item, other));
  return behind < 0 ? list.length : behind;
}

function remove<T>(state: State<T>, order: Order<T>, item: T): void {
  const { list, placed } = state;
  state.waiting = state.waiting.filter((other) => other !== item);
  placed.delete(item);
  const at = list.indexOf(item);
  if (at < 0) return;
  list.splice(at, 1);
  if (at === 0) list.unshift(nextLead(state, order));
  fill(state, order);
}

/** The best lead among those no editor placed, else among all there are. */
function nextLead<T>(state: State<T>, { lead }: Order<T>): T | null {
  const all = [...state.list.filter((item) => item !== null), ...state.waiting];
  const found = lead(all.filter((item) => !state.placed.has(item))) ?? lead(all);
  if (found === null) return null;
  const at = state.list.indexOf(found);
  if (at >= 0) state.list.splice(at, 1);
  state.waiting = state.waiting.filter((item) => item !== found);
  return found;
}

function fill<T>({ list, waiting }: State<T>, { size }: Order<T>): void {
  while (list.length < size) {
    const next = waiting.shift();
    if (next === undefined) return;
    list.push(next);
  }
}
