import { type Decision, decisionsInForce } from "./decisions.ts";
import { isByPerson } from "./machine.ts";

const kinds = new Set<Decision["do"]>([
  "draft",
  "pin",
  "remove",
  "move",
  "add",
  "rewrite",
  "summary",
  "picture",
  "split",
  "join",
  "reset",
  "skip",
  "show",
]);

/** The decisions that count and can be taken back, oldest first. */
export const undoable = (log: readonly Decision[]): Decision[] =>
  decisionsInForce(log).filter((one) => kinds.has(one.do));

/** The last thing a person did to what the edition says. */
export const lastChange = (log: readonly Decision[]): Decision | undefined =>
  log.findLast((one) => isByPerson(one) && (kinds.has(one.do) || one.do === "undo"));

export type Undo = Extract<Decision, { do: "undo" }>;

/**
 * The undo that redo takes back: the latest that counts, unless something was decided after it. Whose it was does not
 * matter; the desk names them.
 */
export function redoable(log: readonly Decision[]): Undo | null {
  const latest = undoable(log).at(-1)?.n ?? 0;
  const undone = new Set<number>();
  const undos = log.filter((one) => one.do === "undo").toSorted((a, b) => b.n - a.n);
  const open = undos.filter((one) => {
    if (undone.has(one.n)) return false;
    undone.add(one.of);
    return true;
  });
  // An undo of an undo is a redo: what it took back counts again, and there is nothing of it to do again.
  const numbers = new Set(undos.map(({ n }) => n));
  return open.find((one) => !numbers.has(one.of) && one.n > latest) ?? null;
}
