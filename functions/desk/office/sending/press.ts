import type { UndecidedCall } from "#domain/delivery/resolving/undecided-call.ts";
import type { EditionView } from "#domain/edition/edition.ts";
import type { Changes } from "#domain/edition/history/changes.ts";
import type { Check } from "#domain/edition/preflight/finding.ts";
import type { Plan } from "#domain/edition/timing/plan.ts";
import type { Fault } from "#domain/outcome.ts";
import type { CommandName } from "#functions/command/contract.ts";
import { isAllowed, isDeskCommand, lowestRole } from "#functions/desk-command/contract.ts";
import { type Html, html } from "#templates/text/html.ts";
import type { Person } from "../../access/person.ts";

/** Actions that need confirmation, because they can't be undone. */
export const questions = ["send", "skip", "correct", "note", "cancel", "resume", "resend", "delivered"] as const;
export type Question = (typeof questions)[number];

/** Input of the pages for sending an edition. */
export type Outgoing = {
  edition: EditionView;
  /** The newsletter's title, and the language of its editions, a BCP 47 tag. */
  title: string;
  language: string;
  plan: Plan;
  person: Person;
  token: string;
  /** This page's path. */
  path: string;
  now: string;
  /** The check's findings; null if it couldn't be checked. */
  check: Check | null;
  /** The refusal of the last action. */
  fault: Fault | null;
  /** Edits that aren't applied for waiting readers yet; null: none, or it isn't being sent. */
  pending: { changes: Changes; decisions: number } | null;
  /** Calls to SES that need a decision, oldest first, and how many more there are. */
  calls: { calls: readonly UndecidedCall[]; more: number };
  /** The call in question; null: all. */
  call: UndecidedCall | null;
  /** The action that needs confirmation. */
  question: Question | null;
  /** A text for readers that was refused; empty: none. */
  written: string;
};

/** Actions of buttons, by their command. Skipping is a decision; undoing it, or building, reverses it. */
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

/** A button's style: one primary button a page; red for what can't be undone. */
export type Look = "primary" | "quiet" | "danger";

type Button = {
  label: string;
  look?: Look;
  fields?: Readonly<Record<string, string>>;
  /** A field above it. */
  asks?: Html;
  /** Further buttons in the same row. */
  beside?: Html;
};

/** A button that acts at once; people without the role see which role it needs. */
export function actionButton(
  { path, token, edition, person }: Outgoing,
  action: Action,
  { label, look = "quiet", fields = {}, asks, beside }: Button,
): Html {
  if (!isAllowed(person.role, commandOf(action))) return roleNote(action, label);
  const all = { token, do: action, hash: edition.hash ?? "", ...fields };
  return html`<form method="post" action="${path}">${Object.entries(all).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )}${asks}${beside ? html`<div class="buttons">${beside}<button class="${look}">${label}</button></div>` : html`<button class="${look}">${label}</button>`}</form>`;
}

type QuestionLink = { question: Question; label: string; look?: Look; about?: Readonly<Record<string, string>> };

/** A link to a confirmation. */
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
