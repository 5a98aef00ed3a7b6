import type { EditionView } from "#domain/edition/edition.ts";
import type { Plan } from "#domain/edition/plan.ts";
import { type Html, html } from "#templates/html.ts";
import { distance, moment, number } from "./words.ts";

type State = EditionView["state"];

/** An edition's state as editors say it. */
export const stateWords: Readonly<Record<State, string>> = {
  draft: "Draft",
  approved: "Approved",
  freezing: "Counting its readers",
  sending: "Being sent",
  paused: "Paused",
  finished: "Sent",
  skipped: "Skipped",
  held: "Held",
  halted: "Halted",
  cancelled: "Cancelled",
};

/** A colour never says it alone: the word stands in it. */
export const badge = (state: State | null): Html =>
  html`<span class="badge ${state ?? "none"}">${state === null ? "Not drafted yet" : stateWords[state]}</span>`;

/** What a newsletter's edition of a date is about to do, in one line. */
export function outlook(plan: Plan, state: State | null, now: string): Html {
  const { due, timeZone } = plan;
  if (state === "finished") return html`Sent to ${number(plan.readers)} readers.`;
  if (state === "sending" || state === "freezing") return html`On its way to ${number(plan.readers)} readers.`;
  if (state !== null && !["draft", "approved"].includes(state)) return html`Nothing goes out unless somebody acts.`;
  if (due === null) return html`Waits for somebody to approve it${waitingUntil(plan, now)}.`;
  if (due.at <= now) return html`Goes out within a minute.`;
  return html`Goes out ${moment(due.at, timeZone)}, ${distance(due.at, now)}.`;
}

const waitingUntil = ({ own, timeZone }: Plan, now: string): Html | null =>
  own && html`, due ${moment(own.at, timeZone)}, ${distance(own.at, now)}`;

/** Minutes before an edition is due from which its absence is everybody's matter. */
const ALARM = 60 * 60_000;

/** The red banner: it is due within the hour or was, and as things stand nothing goes out. */
export function alarm(plan: Plan, state: State | null, now: string): Html | null {
  const { own, timeZone } = plan;
  if (own === null || Date.parse(own.at) - Date.parse(now) > ALARM) return null;
  const stuck = state !== null && ["held", "halted", "paused"].includes(state);
  const nothing = (state === null || state === "draft") && (plan.due === null || own.at < now);
  if (!stuck && !nothing) return null;
  const late = own.latest !== null && own.latest < now;
  const when = late
    ? html`It was due ${moment(own.at, timeZone)}, and its last moment to start has passed.`
    : html`It is due ${moment(own.at, timeZone)}, ${distance(own.at, now)}.`;
  return html`<div class="alarm" role="alert"><strong>No edition of ${plan.newsletter} is going out.</strong> ${when}</div>`;
}
