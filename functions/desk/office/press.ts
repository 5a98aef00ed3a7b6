import type { EditionView } from "#domain/edition/edition.ts";
import type { Plan } from "#domain/edition/plan.ts";
import type { Check } from "#domain/edition/preflight/finding.ts";
import type { Fault } from "#domain/outcome.ts";
import type { CommandName } from "#functions/command/contract.ts";
import { isAllowed, lowestRole } from "#functions/desk-command/contract.ts";
import { type Html, html } from "#templates/html.ts";
import type { Person } from "../person.ts";

/** What is asked again before it is done, since it cannot be taken back. */
export const questions = ["send", "cancel", "resume", "resend", "delivered"] as const;
export type Question = (typeof questions)[number];

/** An edition on its way out, as somebody sees it. */
export type Outgoing = {
  edition: EditionView;
  plan: Plan;
  person: Person;
  token: string;
  /** Where this page lives. */
  path: string;
  now: string;
  /** What a check of its bytes found; null where it is not asked any more, or could not be. */
  check: Check | null;
  /** What was refused just now. */
  fault: Fault | null;
  /** What is to be said yes to before it is done. */
  question: Question | null;
};

/** What buttons do, by the command that does it. */
export const actions = [
  "approve",
  "schedule",
  "withdraw",
  "send",
  "pause",
  "resume",
  "cancel",
  "retry",
  "resolve",
  "correct",
] as const satisfies readonly CommandName[];
export type Action = (typeof actions)[number];

/** A button that does it at once; whoever may not is told who may. */
export function pressing(
  { path, token, edition, person }: Outgoing,
  action: Action,
  label: string,
  fields: Readonly<Record<string, string>> = {},
): Html {
  if (!isAllowed(person.role, action)) return withheld(action, label);
  const all = { token, do: action, hash: edition.hash ?? "", ...fields };
  return html`<form method="post" action="${path}">${Object.entries(all).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )}<button>${label}</button></form>`;
}

/** A link to a question that is to be said yes to first. */
export function asking({ path, person }: Outgoing, action: Action, question: Question, label: string): Html {
  if (!isAllowed(person.role, action)) return withheld(action, label);
  return html`<p><a class="button quiet" href="${path}?ask=${question}">${label}</a></p>`;
}

const withheld = (action: Action, label: string): Html =>
  html`<p class="withheld">${label.replace("…", "")}: needs the role ${lowestRole[action]}.</p>`;
