import { isHeldForDecisions } from "#domain/delivery/edition.ts";
import { isHeldForPrevious } from "#domain/delivery/previous-edition.ts";
import type { EditionView } from "#domain/edition/edition.ts";
import type { Outgoing, Question } from "./press.ts";

export const isStopped = ({ state }: EditionView): boolean => ["paused", "held", "halted"].includes(state);
export const isUnclear = ({ counts }: EditionView): boolean => counts.unknown + counts.held > 0;
export const isWaiting = ({ counts }: EditionView): boolean => counts.waiting + counts.failed > 0;
export const isRunning = (edition: EditionView): boolean => edition.state === "sending" || isStopped(edition);
export const isResumable = (edition: EditionView): boolean => isStopped(edition) && !isHeldForDecisions(edition);

/** Whether nothing has been sent to SES yet. */
export const isOpen = ({ edition, plan }: Outgoing): boolean =>
  ["draft", "approved", "held"].includes(edition.state) && edition.counts.audience === 0 && plan.date === edition.date;

/** Sent by a person a moment ago and not started: undoing is the main action. */
export const isInItsWindow = ({ plan, edition }: Outgoing): boolean =>
  edition.state === "approved" && plan.due !== null && plan.due.latest === null;

/**
 * Which questions an edition can be asked about as it is now. An address may still have one of an earlier state, which
 * must not promise what can't happen, such as a sent edition going to its readers.
 */
export const isOffered: Readonly<Record<Question, (out: Outgoing) => boolean>> = {
  send: (out) => isOpen(out) && !isInItsWindow(out) && !isHeldForPrevious(out.edition),
  skip: (out) => isOpen(out) && !isInItsWindow(out) && out.edition.state !== "held",
  correct: ({ edition }) => isRunning(edition) && isWaiting(edition),
  cancel: ({ edition }) => isRunning(edition) && (isWaiting(edition) || isResumable(edition)),
  resume: ({ edition }) => isResumable(edition),
  resend: ({ edition }) => isUnclear(edition),
  delivered: ({ edition }) => isUnclear(edition),
  note: ({ edition }) => edition.counts.accepted > 0,
};
