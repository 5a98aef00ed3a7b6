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

/** The decisions in force that can be undone, oldest first. */
export const undoable = (log: readonly Decision[]): Decision[] =>
  decisionsInForce(log).filter((one) => kinds.has(one.do));

/** A person's latest decision about the content. */
export const lastChange = (log: readonly Decision[]): Decision | undefined =>
  log.findLast((one) => isByPerson(one) && (kinds.has(one.do) || one.do === "undo"));

type Undo = Extract<Decision, { do: "undo" }>;

/**
 * The undo that redo reverses: the latest in force, unless there was a decision after it. It may be another person's;
 * the desk shows whose.
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
  // An undo of an undo is a redo, after which there is nothing left to redo.
  const numbers = new Set(undos.map(({ n }) => n));
  return open.find((one) => !numbers.has(one.of) && one.n > latest) ?? null;
}
