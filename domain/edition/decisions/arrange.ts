/** One step of an editor: a story is given a position (null: by its score), kept, or removed. */
export type Step<T> = { do: "place"; item: T; to: number | null } | { do: "keep"; item: T } | { do: "remove"; item: T };

/** Rules that depend on the kind of edition. */
export type Order<T> = {
  /** Best first; position 0 is the lead, null if there is none. */
  natural: readonly (T | null)[];
  /** Number of positions, including the lead. Later items in `natural` fill free positions. */
  size: number;
  /** The best lead of these; null: none can lead. */
  lead: (items: readonly T[]) => T | null;
  /** Whether an item comes before another by score. */
  before: (one: T, other: T) => boolean;
  /** Whether two items tell the same news; if an editor places one, the other is removed. */
  same: (one: T, other: T) => boolean;
};

export type Arranged<T> = {
  list: (T | null)[];
  /** Items that always stay: placed, pinned, or kept because they were edited. */
  placed: ReadonlyMap<T, Why>;
};

type Why = "place" | "anywhere" | "kept";

/**
 * Applies steps to the list as editors saw them on the screen: a moved story is inserted at its new position and the
 * others close up; a removed story's position goes to the next best. If two editors move different stories at once,
 * both moves apply.
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

/** An item with the same news is removed, else the last one that no editor placed. */
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

/** After all items that come before it, and never in the lead's position. */
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

/** The best lead among items that no editor placed, else among all. */
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
