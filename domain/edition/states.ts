import type { Instant } from "../time/instant.ts";
import { type Edition, EditionState, type LocalTime } from "./edition.ts";

/** Where each state may go. Delivery alone leads to sending, paused and finished. */
export const transitions: Readonly<Record<EditionState, readonly EditionState[]>> = {
  draft: ["approved", "skipped", "held", "cancelled"],
  approved: ["freezing", "held", "cancelled", "draft"],
  freezing: ["sending", "held", "cancelled"],
  sending: ["paused", "finished", "held", "halted", "cancelled"],
  paused: ["sending", "held", "cancelled"],
  held: ["approved", "sending", "cancelled"],
  halted: ["sending", "cancelled"],
  skipped: ["draft"],
  cancelled: ["draft"],
  finished: [],
};

/** Whether an edition may go to a state: one that was frozen never becomes a draft again. */
export const mayBecome = ({ state, frozenAt }: Pick<Edition, "state" | "frozenAt">, next: EditionState): boolean =>
  transitions[state].includes(next) && (next !== "draft" || frozenAt === null);

/** The states from which an edition may go to this one: what a conditional update asks for. */
export const statesBefore = (next: EditionState): EditionState[] =>
  EditionState.options.filter((state) => transitions[state].includes(next));

/**
 * What approving sets. By hand it is due at once, for all, and never late; a schedule gives when it is due and too late,
 * and whether each reader gets it at their own time.
 */
export const approval = (
  now: Instant,
  due: { dueAt: Instant; latest: Instant | null; localTime?: LocalTime | null } = { dueAt: now, latest: null },
): Partial<Edition> => ({ state: "approved", reason: null, approvedAt: now, ...due });

/** Whether its stories reached readers, or are about to. */
export const hasRun = ({ state, frozenAt }: Pick<Edition, "state" | "frozenAt">): boolean =>
  frozenAt !== null || ["approved", "freezing", "sending", "paused", "finished"].includes(state);

/** Whether its audience is frozen and someone of it may still get it: what it says can be corrected for them. */
export const isOnItsWay = ({ state, frozenAt }: Pick<Edition, "state" | "frozenAt">): boolean =>
  frozenAt !== null && ["freezing", "sending", "paused", "held", "halted"].includes(state);

/** An edition as it is when first drafted. */
export const newEdition = (about: {
  newsletter: string;
  date: string;
  now: Instant;
  rev: number;
  cutoff: Instant | null;
}): Edition => ({
  newsletter: about.newsletter,
  date: about.date,
  state: "draft",
  reason: null,
  stage: null,
  rev: about.rev,
  cutoff: about.cutoff,
  createdAt: about.now,
  approvedAt: null,
  dueAt: null,
  latest: null,
  frozenAt: null,
  groups: null,
  size: null,
  frozen: null,
});
