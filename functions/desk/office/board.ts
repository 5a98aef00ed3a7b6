import type { Plan } from "#domain/edition/timing/plan.ts";
import type { Board, BoardDay, BoardNewsletter } from "#domain/edition/views/board.ts";
import { type Html, html } from "#templates/text/html.ts";
import { base, paths } from "../contract.ts";
import { badgeOf, stateWord } from "../parts/badge.ts";
import { alarm, outlookLine } from "../parts/outlook.ts";
import { commandLine, counted, dayOf, duration, mediumDate, number, shortDate } from "../parts/words.ts";
import { warmUpLine } from "./warm-up.ts";

/** Home: shows at a glance whether everything is all right. */
export function boardBody({ newsletters, sources }: Board, now: string): Html {
  return html`<div class="office" data-live>
<div class="page-head"><h1>Newsletters</h1>${sourcesLine(sources)}</div>
<div class="board">${newsletters.map((one) => newsletterView(one, now))}</div>
${commandLine("edition list NEWSLETTER", "source list")}</div>`;
}

function sourcesLine({ total, failing }: Board["sources"]): Html {
  if (failing.length === 0)
    return html`<p class="meta"><a href="${paths.sources}">${counted(total, "source")}</a>, all healthy</p>`;
  const names = failing.slice(0, 2).map(({ title }) => title);
  const more = failing.length > 2 ? ` and ${failing.length - 2} more` : "";
  return html`<p><span class="badge stop">Failing</span> <a href="${paths.sources}">${names.join(", ")}${more}</a></p>`;
}

function newsletterView(one: BoardNewsletter, now: string): Html {
  const { name, title, readers, next, past, ahead, timeZone, localTime } = one;
  const problems = problemsOf(one);
  return html`<section class="card" aria-labelledby="paper-${name}"><div class="paper-head"><h2 id="paper-${name}"><bdi>${title}</bdi></h2>
<p>${counted(readers, "reader")}${next.slice(0, 1).map(({ plan }) => warmUpLine(plan))} · <a href="${base}/${name}/editions">All editions</a> · <a href="${base}/${name}/results">Results</a></p></div>
${next.map(({ plan, edition }, n) => alarm(plan.outlook, n === 0 ? "Today's edition" : "Tomorrow's edition", alarmLink(name, edition)))}
${problems.length > 0 && html`<ul class="problems" aria-label="Problems">${problems.map((problem) => html`<li>${problem}</li>`)}</ul>`}
<div class="days-ahead">${next.map(({ plan, edition }, n) => dayCard(one, { plan, edition, label: n === 0 ? "Today" : "Tomorrow", now }))}</div>
<h3 class="label">Last 14 days</h3>
<div class="strip-wrap" data-newest tabindex="0" role="region" aria-label="Last 14 days of ${title}"><ol class="fortnight">${past.map((day) => pastDay(name, day))}</ol></div>
${latestHeartbeat(one)}
<h3 class="label">Coming up${localTime && html` <span class="meta">at each reader's local time</span>`}</h3>
<ul class="ahead" aria-label="Coming editions of ${title}">${ahead.map(({ date, outlook, note }) => html`<li><a href="${base}/${name}/${date}">${mediumDate(date)}</a> ${outlook.at === null ? html`<b>no edition</b>` : clockOf(outlook.at, timeZone)}${note !== null && html` · <span>${note}</span>`}</li>`)}</ul></section>`;
}

const alarmLink = (name: string, { date, state }: BoardDay): Html =>
  html`<a class="button small" href="${base}/${name}/${date}${state !== null && "/send"}">${state === null ? "Edit" : ["draft", "approved"].includes(state) ? "Send…" : "Delivery"}</a>`;

/** What needs a person, with links. */
function problemsOf({ name, next, past }: BoardNewsletter): Html[] {
  // An alarm already has the details.
  const upcoming = next.filter(({ plan }) => !plan.outlook.isUrgent).map(({ edition }) => edition);
  return [...past, ...upcoming].flatMap(({ date, state, unknown, held, outlook }) => {
    const to = html`<a href="${base}/${name}/${date}/send">${mediumDate(date)}</a>`;
    if (state === "held" || state === "halted" || state === "paused") {
      return [html`${badgeOf(state)} ${to} ${outlook.text}`];
    }
    if (unknown + held === 0) return [];
    return [
      html`<span class="badge stop">Unknown</span> ${to}: ${counted(unknown + held, "delivery has", "deliveries have")} an unknown outcome.`,
    ];
  });
}

type DayCard = { plan: Plan; edition: BoardDay; label: string; now: string };

function dayCard({ name }: BoardNewsletter, { plan, edition, label, now }: DayCard): Html {
  const at = `${base}/${name}/${edition.date}`;
  const { state, subject } = edition;
  const isOpen = state === null || ["draft", "approved", "skipped"].includes(state);
  const isProblem = state !== null && ["held", "halted", "paused"].includes(state);
  return html`<article class="day-card${isProblem && " problem"}"><h3><span><b>${label}</b> ${dayOf(edition.date)}</span> ${badgeOf(state)}</h3>
<p class="subject${subject === "" && " none"}"><a href="${at}"><bdi>${subject === "" ? "No subject yet" : subject}</bdi></a></p>
<p class="meta">${!plan.outlook.isUrgent && outlookLine(plan.outlook, plan.timeZone, now)}${state === "finished" && sentDetails(edition)}</p>
<p class="buttons"><a class="button${(label !== "Today" || !isOpen || plan.outlook.isUrgent) && " quiet"} small" href="${at}">${isOpen ? "Edit" : "View"}</a>${state !== null && html` <a class="button quiet small" href="${at}/send">${isOpen ? "Send" : "Delivery"}</a>`}</p></article>`;
}

function sentDetails({ bounced, complained, seconds }: BoardDay): string {
  const facts = [
    ...(seconds === null ? [] : [`In ${duration(seconds)}`]),
    counted(bounced, "bounce"),
    ...(complained === 0 ? [] : [counted(complained, "complaint")]),
  ];
  return ` ${facts.join(", ")}.`;
}

/** How the newest finished edition went. */
function latestHeartbeat({ past, next, timeZone }: BoardNewsletter): Html | false {
  const days = [...past, ...next.map(({ edition }) => edition)];
  const latest = days.findLast(({ heartbeat }) => heartbeat !== null);
  if (latest?.heartbeat == null) return false;
  const { finishedAt, accepted, audience, dollars, unusual } = latest.heartbeat;
  const facts = `${mediumDate(latest.date)}: finished at ${clockOf(finishedAt, timeZone)}, ${number(accepted)} of ${counted(audience, "reader")}, about $${dollars.toFixed(2)}.`;
  return html`<p class="meta">${facts} ${unusual.length === 0 ? "Nothing unusual." : unusual.join(" ")}</p>`;
}

/** A day in a few characters: accepted, bounced, and duration. */
function pastDay(name: string, day: BoardDay): Html {
  const { date, state, accepted, bounced, unknown, held, seconds } = day;
  if (state === null)
    return html`<li class="none"><span>${shortDate(date)}</span> <span class="mark-word" aria-label="no edition">–</span></li>`;
  const isProblem = unknown + held > 0 || ["held", "halted", "paused"].includes(state);
  const tone = isProblem ? "problem" : state === "finished" ? "good" : "";
  const facts = [
    ...(bounced > 0 ? [`${number(bounced)} bounced`] : []),
    ...(seconds === null ? [] : [duration(seconds)]),
  ];
  return html`<li><a class="${tone}" href="${base}/${name}/${date}/send"><span>${shortDate(date)}</span> ${state === "finished" ? html`<b>${number(accepted)}</b> ${(isProblem ? ["Unknown"] : facts).map((fact) => html`<span class="mark-word">${fact}</span>`)}` : html`<span class="mark-word">${stateWord(state)}</span>`}</a></li>`;
}

const clockOf = (at: string, timeZone: string): string =>
  new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" }).format(Date.parse(at));
