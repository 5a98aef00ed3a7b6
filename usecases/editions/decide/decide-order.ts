import type { Author } from "#domain/desk/author.ts";
import { FILE_LEAD } from "#domain/edition/content/from-file.ts";
import type { DecisionInput } from "#domain/edition/decisions/decision-input.ts";
import {
  type Decision,
  decisionsInForce,
  editorialStateOf,
  type NewDecision,
} from "#domain/edition/decisions/decisions.ts";
import { redoable, undoable } from "#domain/edition/decisions/undo.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import type { EditionState } from "../making/change.ts";
import { placeOf, storyNamed } from "./find-story.ts";

/** Who decides, when, and the request's id. */
export type Stamp = Author & { at: string; key?: string };

type Placing = Extract<DecisionInput, { do: "pin" | "remove" | "move" | "lead" }>;

/** A change of the order. */
export function decidePlace(input: Placing, current: EditionState, stamp: Stamp): Outcome<NewDecision> {
  const found = storyNamed(input.story, current);
  if (!found.ok) return found;
  const story = found.value;
  const to = input.do === "move" ? input.to : input.do === "lead" ? 0 : input.do === "pin" ? input.at : undefined;
  if (story === FILE_LEAD) return fault("wrong-state", "The lead of an edition from a file stays: rewrite it instead.");
  if (to === 0 && editorialStateOf(current.log).file) {
    return fault("wrong-state", "The lead of an edition from a file stays: its headlines have the places from 1 on.");
  }
  if (input.do === "remove") return done({ do: "remove", story, ...stamp });
  if (input.do === "pin") return done({ do: "pin", story, to: to ?? placeOf(story, current.content), ...stamp });
  return done({ do: "move", story, to: to ?? 0, ...stamp });
}

/** Restores it at the position it had when it was removed. */
export function decideRestore(name: string, now: EditionState, stamp: Stamp): Outcome<NewDecision> {
  const named = storyNamed(name, now);
  if (!named.ok) return named;
  const story = named.value;
  const ids = now.field.scored.find(({ candidate }) => candidate.id === story)?.candidate.articles.map(({ id }) => id);
  const isIt = (id: string) => id === story || (ids?.includes(id) ?? false);
  const open = decisionsInForce(now.log);
  const removal = open.findLast((decision) => decision.do === "remove" && isIt(decision.story));
  if (removal === undefined || ![...editorialStateOf(now.log).removed].some(isIt)) {
    return fault(
      "wrong-state",
      "That story is not among the removed. Add it with: npx --no-install broadsheet edition add.",
    );
  }
  const before = now.fold(open.filter(({ n }) => n < removal.n));
  const to = [before.lead, ...before.headlines].findIndex(({ storyId }) => storyId !== null && isIt(storyId));
  return done({ do: "pin", story, to: to < 0 ? null : to, ...stamp });
}

/** Undoes one decision: the latest, or the one with that number. */
export function decideUndo(of: number | undefined, { log }: EditionState, stamp: Stamp): Outcome<NewDecision> {
  const open = undoable(log);
  const target: Decision | undefined = of === undefined ? open.at(-1) : open.find(({ n }) => n === of);
  if (target) return done({ do: "undo", of: target.n, ...stamp });
  return of === undefined
    ? fault("wrong-state", "There is no decision left to take back.")
    : fault("wrong-state", `Decision ${of} cannot be taken back: there is none, or it is undone already.`);
}

/** Redoes the latest undone decision. */
export function decideRedo({ log }: EditionState, stamp: Stamp): Outcome<NewDecision> {
  const target = redoable(log);
  return target
    ? done({ do: "undo", of: target.n, ...stamp })
    : fault("wrong-state", "There is nothing to do again: no decision was taken back since the latest one.");
}
