import type { EditionView } from "#domain/edition/edition.ts";
import type { Plan } from "#domain/edition/plan.ts";
import type { Check } from "#domain/edition/preflight/finding.ts";
import type { Fault } from "#domain/outcome.ts";
import type { CommandName } from "#functions/command/contract.ts";
import { isAllowed, lowestRole } from "#functions/desk-command/contract.ts";
import { type Html, html } from "#templates/html.ts";
import type { Person } from "../person.ts";

/** What is confirmed before it is done, because it can't be undone. */
export const questions = ["send", "cancel", "resume", "resend", "delivered"] as const;
export type Question = (typeof questions)[number];

/** An edition on its way out, as someone sees it. */
export type Outgoing = {
  edition: EditionView;
  /** The newsletter's title. */
  title: string;
  plan: Plan;
  person: Person;
  token: string;
  /** Where this page lives. */
  path: string;
  now: string;
  /** What a check of its bytes found; null where it could not be checked. */
  check: Check | null;
  /** What was refused just now. */
  fault: Fault | null;
  /** What has to be confirmed before it is done. */
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

/** How a button looks: one primary button a page; red for what can't be undone. */
export type Look = "primary" | "quiet" | "danger";

/** A button that does it at once; anyone without the role reads which role it needs. */
export function actionButton(
  { path, token, edition, person }: Outgoing,
  action: Action,
  { label, look = "quiet", fields = {} }: { label: string; look?: Look; fields?: Readonly<Record<string, string>> },
): Html {
  if (!isAllowed(person.role, action)) return roleNote(action, label);
  const all = { token, do: action, hash: edition.hash ?? "", ...fields };
  return html`<form method="post" action="${path}">${Object.entries(all).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )}<button class="${look}">${label}</button></form>`;
}

/** A link to a question that has to be answered first. */
export function questionLink(
  { path, person }: Outgoing,
  action: Action,
  { question, label, look = "quiet" }: { question: Question; label: string; look?: Look },
): Html {
  if (!isAllowed(person.role, action)) return roleNote(action, label);
  return html`<p><a class="button ${look}" href="${path}?ask=${question}">${label}</a></p>`;
}

const roleNote = (action: Action, label: string): Html =>
  html`<p class="withheld">${label.replace("…", "")}: needs the role ${lowestRole[action]}.</p>`;
