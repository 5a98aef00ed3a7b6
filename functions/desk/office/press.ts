import type { UndecidedCall } from "#domain/delivery/resolving/undecided-call.ts";
import type { EditionView } from "#domain/edition/edition.ts";
import type { Changes } from "#domain/edition/history/changes.ts";
import type { Plan } from "#domain/edition/plan.ts";
import type { Check } from "#domain/edition/preflight/finding.ts";
import type { Fault } from "#domain/outcome.ts";
import type { CommandName } from "#functions/command/contract.ts";
import { isAllowed, isDeskCommand, lowestRole } from "#functions/desk-command/contract.ts";
import { type Html, html } from "#templates/html.ts";
import type { Person } from "../person.ts";

/** What is confirmed before it is done, because it can't be undone. */
export const questions = ["send", "skip", "correct", "note", "cancel", "resume", "resend", "delivered"] as const;
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
  /** Edits that the readers who are still waiting don't have yet; null: there are none, or it isn't on its way. */
  pending: { changes: Changes; decisions: number } | null;
  /** Calls to SES that someone has to decide on, the oldest first, and how many more there are. */
  calls: { calls: readonly UndecidedCall[]; more: number };
  /** The one of them that the question is about; null: all. */
  call: UndecidedCall | null;
  /** What has to be confirmed before it is done. */
  question: Question | null;
  /** What someone wrote for readers and was refused; empty: nothing. */
  written: string;
};

/** What buttons do, by the command that does it; skipping is a decision, and undoing that or building takes it up again. */
export const actions = [
  "skip",
  "reopen",
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
  "note",
] as const satisfies readonly (CommandName | keyof typeof decisions)[];
export type Action = (typeof actions)[number];

const decisions = { skip: "decide", reopen: "decide" } as const satisfies Record<string, CommandName>;
const commandOf = (action: Action): CommandName =>
  action === "skip" || action === "reopen" ? decisions[action] : action;

/** How a button looks: one primary button a page; red for what can't be undone. */
export type Look = "primary" | "quiet" | "danger";

type Button = {
  label: string;
  look?: Look;
  fields?: Readonly<Record<string, string>>;
  /** What someone may write beside it; `longest`: it must be written, on several lines, of so many letters at most. */
  asks?: { name: string; label: string; longest?: number };
  /** What else can be pressed in the same row. */
  beside?: Html;
};

/** A button that does it at once; anyone without the role reads which role it needs. */
export function actionButton(
  { path, token, edition, person, written }: Outgoing,
  action: Action,
  { label, look = "quiet", fields = {}, asks, beside }: Button,
): Html {
  if (!isAllowed(person.role, commandOf(action))) return roleNote(action, label);
  const all = { token, do: action, hash: edition.hash ?? "", ...fields };
  return html`<form method="post" action="${path}">${Object.entries(all).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )}${asks && questionField(asks, written)}${beside ? html`<div class="buttons"><button class="${look}">${label}</button>${beside}</div>` : html`<button class="${look}">${label}</button>`}</form>`;
}

const questionField = ({ name, label, longest }: NonNullable<Button["asks"]>, written: string): Html =>
  longest === undefined
    ? html`<p><label for="${name}">${label}</label> <input id="${name}" name="${name}" maxlength="200"></p>`
    : html`<p><label for="${name}">${label}</label> <textarea id="${name}" name="${name}" rows="4" dir="auto" autofocus maxlength="${longest}" required>${written}</textarea></p>`;

type QuestionLink = { question: Question; label: string; look?: Look; about?: Readonly<Record<string, string>> };

/** A link to a question that has to be answered first. */
export function questionLink(
  { path, person }: Outgoing,
  action: Action,
  { question, label, look = "quiet", about = {} }: QuestionLink,
): Html {
  if (!isAllowed(person.role, commandOf(action))) return roleNote(action, label);
  const query = new URLSearchParams({ ask: question, ...about });
  return html`<p><a class="button ${look}" href="${path}?${query.toString()}">${label}</a></p>`;
}

const roleFor = (command: CommandName): string => (isDeskCommand(command) ? lowestRole[command] : "operator");

const roleNote = (action: Action, label: string): Html =>
  html`<p class="withheld">${label.replace("…", "")}: needs the role ${roleFor(commandOf(action))}.</p>`;
