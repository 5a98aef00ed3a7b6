import type { EditionContent } from "../edition.ts";
import { type Decision, decisionsInForce, editorialStateOf } from "./decisions.ts";
import { isByPerson } from "./machine.ts";

/** Editors' decisions about an edition, for replays. */
export type EditorsChoice = {
  /** The lead that a person placed or approved; null: no person decided. */
  lead: string | null;
  /** The stories that a person removed and didn't restore. */
  removed: readonly string[];
};

/** What editors decided about the lead and the removals of an edition that went out. */
export function editorsChoice(decisions: readonly Decision[], content: EditionContent): EditorsChoice {
  const byPeople = decisionsInForce(decisions).filter(isByPerson);
  const isApproved = byPeople.some((decision) => decision.do === "approve");
  const hasLed = byPeople.some((one) => (one.do === "pin" || one.do === "move" || one.do === "add") && one.to === 0);
  const removed = [...editorialStateOf(decisions).removed].filter((story) =>
    byPeople.some((decision) => decision.do === "remove" && decision.story === story),
  );
  return { lead: isApproved || hasLed ? content.lead.storyId : null, removed };
}
