import type { EditionView } from "#domain/edition/edition.ts";
import type { Plan } from "#domain/edition/plan.ts";
import { type Html, html } from "#templates/html.ts";
import { counted, distance, moment } from "../words.ts";

type State = EditionView["state"];

/** What a newsletter's edition of a date is about to do, in one line. */
export function outlook(plan: Plan, state: State | null, now: string): Html {
  const { due, timeZone } = plan;
  if (state === "finished") return html`Sent to ${counted(plan.readers, "reader")}.`;
  if (state === "sending" || state === "freezing") return html`Going out to ${counted(plan.readers, "reader")}.`;
  if (state !== null && !["draft", "approved"].includes(state)) return html`Nothing goes out unless you act.`;
  if (hasPassed(plan, now)) return html`Its send window has passed. You can still send it manually.`;
  if (due === null) return html`Needs approval${waitingUntil(plan, now)}.`;
  if (due.at <= now) return html`Goes out within a minute.`;
  return html`Goes out ${moment(due.at, timeZone)}, ${distance(due.at, now)}.`;
}

/** Whether nothing sends it any more by itself. */
const hasPassed = ({ due, own }: Plan, now: string): boolean => {
  const latest = due === null ? own?.latest : due.latest;
  return latest !== null && latest !== undefined && latest < now;
};

const waitingUntil = ({ own, timeZone }: Plan, now: string): Html | null =>
  own && html`, due ${moment(own.at, timeZone)}, ${distance(own.at, now)}`;

/** Milliseconds before an edition is due from which it's an alarm that nothing goes out. */
const ALARM = 60 * 60_000;

/** The alarm: it is due within the hour or was, and nothing goes out as things are. */
export function alarm(plan: Plan, state: State | null, now: string, title: string = plan.newsletter): Html | null {
  const { own, timeZone } = plan;
  if (own === null || Date.parse(own.at) - Date.parse(now) > ALARM) return null;
  const isStopped = state !== null && ["held", "halted", "paused"].includes(state);
  const isMissing = (state === null || state === "draft") && (plan.due === null || own.at < now);
  if (!isStopped && !isMissing) return null;
  const when = hasPassed(plan, now)
    ? html`It was due ${moment(own.at, timeZone)} and its send window has passed.`
    : html`It is due ${moment(own.at, timeZone)}, ${distance(own.at, now)}.`;
  return html`<div class="alarm" role="alert"><strong>No edition of ${title} is going out.</strong> ${when}</div>`;
}
