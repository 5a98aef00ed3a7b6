import { isSamePerson } from "../../desk/author.ts";
import { type Decision, type NewDecision, RewrittenField } from "./decisions.ts";

/**
 * A text is saved at every pause of its writer. The decisions that come from one visit to a field are one for editors:
 * one entry of the history, and undone together. All but the first have `continues`.
 */

/** Whether it can continue the log's last decision: the same person wrote the same fields of the same story. */
export function canContinue(decision: NewDecision, last: Decision | undefined): boolean {
  if (last === undefined || !isSamePerson(last, decision)) return false;
  if (decision.do === "summary") return last.do === "summary" && last.story === decision.story;
  if (decision.do !== "rewrite" || last.do !== "rewrite" || last.story !== decision.story) return false;
  return RewrittenField.options.every((field) => (decision[field] === undefined) === (last[field] === undefined));
}

const continuesPrevious = (decision: Decision | undefined): boolean =>
  decision !== undefined && "continues" in decision && decision.continues === true;

/** Finds the decisions, oldest first, that are one with the decision of that number. */
export function writingIn(log: readonly Decision[]): (n: number) => Decision[] {
  const byNumber = new Map(log.map((decision) => [decision.n, decision]));
  return (n) => {
    let first = n;
    while (continuesPrevious(byNumber.get(first)) && byNumber.has(first - 1)) first -= 1;
    let last = n;
    while (continuesPrevious(byNumber.get(last + 1))) last += 1;
    return Array.from({ length: last - first + 1 }, (_, at) => byNumber.get(first + at)).filter(
      (one) => one !== undefined,
    );
  };
}
