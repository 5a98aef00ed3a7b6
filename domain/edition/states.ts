import type { Instant } from "../time/instant.ts";
import { type Edition, EditionState, type LocalTime } from "./edition.ts";

/** Possible transitions of each state. Only delivery leads to sending, paused and finished. */
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

/** Whether an edition may change to a state; a frozen one never becomes a draft again. */
export const mayBecome = ({ state, frozenAt }: Pick<Edition, "state" | "frozenAt">, next: EditionState): boolean =>
  transitions[state].includes(next) && (next !== "draft" || frozenAt === null);

/** The states from which an edition may change to this one, for a conditional update. */
export const statesBefore = (next: EditionState): EditionState[] =>
  EditionState.options.filter((state) => transitions[state].includes(next));

/**
 * The fields set by an approval. By hand, it is due at once, for all, and never late; a schedule gives due time,
 * window, and local time.
 */
export const approval = (
  now: Instant,
  due: { dueAt: Instant; latest: Instant | null; localTime?: LocalTime | null } = { dueAt: now, latest: null },
): Partial<Edition> => ({ state: "approved", reason: null, approvedAt: now, ...due });

/** Whether its stories reached readers, or are about to. */
export const hasRun = ({ state, frozenAt }: Pick<Edition, "state" | "frozenAt">): boolean =>
  frozenAt !== null || ["approved", "freezing", "sending", "paused", "finished"].includes(state);

/** Whether its audience is frozen and some readers may still get it, so it can be corrected for them. */
export const isOnItsWay = ({ state, frozenAt }: Pick<Edition, "state" | "frozenAt">): boolean =>
  frozenAt !== null && ["freezing", "sending", "paused", "held", "halted"].includes(state);

/** A new edition when it is first drafted. */
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
