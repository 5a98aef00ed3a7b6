import type { EditionContent } from "../edition.ts";
import { type Decision, decisionsInForce, editorialStateOf } from "./decisions.ts";

/** What people made of an edition. */
export type EditorsChoice = {
  /** The story that a person put at the top, or saw there and approved; null: no person decided. */
  lead: string | null;
  /** The stories that a person took out and left out. */
  removed: readonly string[];
};

/** What is decided by one of these isn't an editor's decision. */
const machines = new Set(["schedule", "gate"]);

/** What editors decided about the lead and the removals of an edition that went out. */
export function editorsChoice(decisions: readonly Decision[], content: EditionContent): EditorsChoice {
  const byPeople = decisionsInForce(decisions).filter(({ by }) => !machines.has(by));
  const isApproved = byPeople.some((decision) => decision.do === "approve");
  const hasLed = byPeople.some((one) => (one.do === "pin" || one.do === "move" || one.do === "add") && one.to === 0);
  const removed = [...editorialStateOf(decisions).removed].filter((story) =>
    byPeople.some((decision) => decision.do === "remove" && decision.story === story),
  );
  return { lead: isApproved || hasLed ? content.lead.storyId : null, removed };
}
