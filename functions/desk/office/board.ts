import { counted, number } from "#domain/counted.ts";
import { type EditionOutlook, textBesideState } from "#domain/edition/timing/outlook.ts";
import type { Plan } from "#domain/edition/timing/plan.ts";
import type { Board, BoardDay, BoardNewsletter } from "#domain/edition/views/board.ts";
import { type Html, html } from "#templates/text/html.ts";
import { base, paths } from "../contract.ts";
import { badgeOf, stateWord } from "../parts/badge.ts";
import { alarm, outlookBesideState } from "../parts/outlook.ts";
import { subjectView } from "../parts/subject.ts";
import { clockIn, commandLine, dayOf, distance, duration, mediumDate, shortDate } from "../parts/words.ts";
import { icons } from "../views/icons.ts";
import { warmUpLine } from "./warm-up.ts";

/** Up to this many newsletters, each is shown in full. */
const SHOWN_IN_FULL = 2;

/** Home: shows at a glance whether everything is all right. Problems come first; the rest is a row for each newsletter. */
export function boardBody({ newsletters, sources }: Board, now: string): Html {
  const problems = [...newsletters.flatMap(problemsOf), ...sourceProblem(sources)];
  const isOpen = newsletters.length <= SHOWN_IN_FULL;
  return html`<div class="office" data-live>
<div class="page-head"><h1>Newsletters</h1>${sourcesLine(sources)}</div>
${verdict(newsletters, problems.length)}
${problems.length > 0 && html`<ul class="problems" aria-label="Problems">${problems.map((problem) => html`<li>${problem}</li>`)}</ul>`}
<div class="board">${newsletters.map((one) => newsletterView(one, { now, isOpen }))}</div>
${commandLine("edition list NEWSLETTER", "source list")}</div>`;
}

/** The answer to "is everything all right?", and how far today's editions are. */
function verdict(newsletters: readonly BoardNewsletter[], problems: number): Html {
  const answer =
    problems === 0
      ? html`<b class="good">${icons.check} No problems</b>`
      : html`<b class="stop">${icons.warning} ${counted(problems, "problem")}</b>`;
  const today = Map.groupBy(newsletters, ({ next }) => progressOf(next[0]));
  const parts = progress.flatMap((name) => {
    const count = today.get(name)?.length ?? 0;
    if (count === 0) return [];
    return [newsletters.length === 1 ? name : `${number(count)} ${name}`];
  });
  return html`<p class="board-verdict" role="status">${answer} <span>Today: ${parts.join(", ")}</span></p>`;
}

const progress = ["sent", "being sent", "to come", "stopped", "not going out", "without an edition"] as const;

function progressOf(today: BoardNewsletter["next"][number] | undefined): (typeof progress)[number] {
  switch (today?.plan.outlook.kind) {
    case "sent":
      return "sent";
    case "sending":
    case "going-out":
      return "being sent";
    case "goes-out":
    case "needs-approval":
      return "to come";
    case "stopped":
      return "stopped";
    case "window-passed":
      return "not going out";
    default:
      return "without an edition";
  }
}

const sourcesLine = ({ total, failing }: Board["sources"]): Html | false =>
  failing.length === 0 &&
  html`<p class="meta"><a href="${paths.sources}">${counted(total, "source")}</a>, all healthy</p>`;

function sourceProblem({ failing }: Board["sources"]): Html[] {
  if (failing.length === 0) return [];
  const names = failing.slice(0, 2).map(({ title }) => title);
  const more = failing.length > 2 ? ` and ${failing.length - 2} more` : "";
  return [html`<span class="badge stop">Failing</span> <a href="${paths.sources}">${names.join(", ")}${more}</a>`];
}

/** What needs a person, with links: alarms first. */
function problemsOf({ name, title, next, past, ahead }: BoardNewsletter): Html[] {
  const alarms = next.flatMap(({ plan, edition }, n) => {
    const what = html`${n === 0 ? "Today's" : "Tomorrow's"} edition of <bdi>${title}</bdi>`;
    return alarm(plan.outlook, what, alarmLink(name, edition)) ?? [];
  });
  const upcoming = next.filter(({ plan }) => !plan.outlook.isUrgent).map(({ edition }) => edition);
  const others = [...past, ...upcoming].flatMap(({ date, state, unknown, held, outlook }) => {
    const to = html`<a href="${base}/${name}/${date}/send"><bdi>${title}</bdi>, ${mediumDate(date)}</a>`;
    if (isStopped(state)) return [html`${badgeOf(state)} ${to}: ${textBesideState(outlook)}`];
    const open = openDeliveries(unknown, held);
    return open === null ? [] : [html`<span class="badge stop">${open.badge}</span> ${to}: ${open.text}`];
  });
  const early = ahead.flatMap(({ date, outlook }) =>
    outlook.kind === "stopped"
      ? [html`<a href="${base}/${name}/${date}/send"><bdi>${title}</bdi>, ${mediumDate(date)}</a>: ${outlook.text}`]
      : [],
  );
  return [...alarms, ...others, ...early];
}

/** Unknown: events may still tell the outcome. Held: only a person can decide. */
function openDeliveries(unknown: number, held: number): { badge: string; text: string } | null {
  if (unknown + held === 0) return null;
  if (unknown === 0)
    return { badge: "Held", text: `${counted(held, "delivery waits", "deliveries wait")} for a decision.` };
  const behind = held === 0 ? "" : `, ${number(held)} held`;
  return {
    badge: "Unknown",
    text: `${counted(unknown, "delivery has", "deliveries have")} no known outcome${behind}.`,
  };
}

const isStopped = (state: BoardDay["state"]): boolean => state !== null && ["held", "halted", "paused"].includes(state);

const alarmLink = (name: string, { date, state }: BoardDay): Html =>
  html`<a class="button small" href="${base}/${name}/${date}${state !== null && "/send"}">${state === null ? "Edit" : ["draft", "approved"].includes(state) ? "Send…" : "Delivery"}</a>`;

type Showing = { now: string; isOpen: boolean };

/** One row, which opens to today and tomorrow in full, the last fortnight, and what is ahead. */
function newsletterView(one: BoardNewsletter, { now, isOpen }: Showing): Html {
  const { name, title, readers, next, past, ahead, timeZone, localTime } = one;
  return html`<section class="card paper" aria-labelledby="paper-${name}"><div class="paper-row"><div class="paper-name"><h2 id="paper-${name}"><a href="${base}/${name}/editions"><bdi>${title}</bdi></a></h2>
<p>${counted(readers, "reader")}${next.slice(0, 1).map(({ plan }) => warmUpLine(plan))} · <a href="${base}/${name}/results">Results</a></p></div>
${next.map(({ plan, edition }, n) => dayLink(name, { plan, edition, label: labels[n] ?? "", now }))}
${miniature(past)}</div>
<details class="paper-more" data-key="paper-${name}"${isOpen && html` open`}><summary aria-label="More about ${title}" title="More about ${title}">${icons.below}</summary>
<div class="days-ahead">${next.map(({ plan, edition }, n) => dayCard(one, { plan, edition, label: labels[n] ?? "", now }))}</div>
<h3 class="label">Last 14 days</h3>
<div class="strip-wrap" data-newest tabindex="0" role="region" aria-label="Last 14 days of ${title}"><ol class="fortnight">${past.map((day) => pastDay(name, day))}</ol></div>
${latestHeartbeat(one)}
<h3 class="label">Coming up${localTime && html` <span class="meta">at each reader's local time</span>`}</h3>
<ul class="ahead" aria-label="Coming editions of ${title}">${ahead.map(({ date, outlook, note }) => html`<li><a href="${base}/${name}/${date}">${mediumDate(date)}</a> ${outlook.at === null ? html`<b>${aheadWord[outlook.kind] ?? "no edition"}</b>` : clockIn(outlook.at, timeZone, date)}${note !== null && html` · <span>${note}</span>`}</li>`)}</ul></details></section>`;
}

/** Of an edition that someone sent before its date. */
const aheadWord: Partial<Record<EditionOutlook["kind"], string>> = {
  sending: "being sent",
  sent: "sent",
  stopped: "stopped",
};

const labels = ["Today", "Tomorrow"] as const;

type Day = { plan: Plan; edition: BoardDay; label: string; now: string };

/** A day in one line: its state, and when it goes out or to how many it went. */
function dayLink(name: string, { plan, edition, label, now }: Day): Html {
  const { date, state, audience, accepted } = edition;
  const { at } = plan.outlook;
  const when =
    audience > 0
      ? `${number(accepted)} of ${number(audience)}`
      : at !== null && at > now
        ? `${clockIn(at, plan.timeZone, date)}, ${distance(at, now)}`
        : plan.own === null && "no edition";
  return html`<a class="day" href="${base}/${name}/${date}${audience > 0 && "/send"}"><b>${label}</b> ${badgeOf(state)} <span>${when}</span></a>`;
}

/** The last 14 days as marks of different height and colour. */
function miniature(past: readonly BoardDay[]): Html {
  const days = Map.groupBy(past, toneOf);
  const text = [...days].map(([tone, all]) => `${all.length} ${tone === "problem" ? "with problems" : tone}`);
  return html`<svg class="miniature" role="img" viewBox="0 0 ${past.length * 9} 24" focusable="false"><title>Last 14 days: ${text.join(", ")}</title>${past.map(
    (day, at) => {
      const tone = toneOf(day);
      const height = { sent: 16, problem: 24, "without an edition": 3 }[tone];
      return html`<rect class="${tone === "without an edition" ? "none" : tone}" x="${at * 9}" y="${24 - height}" width="6" height="${height}"/>`;
    },
  )}</svg>`;
}

function toneOf({ state, unknown, held }: BoardDay): "sent" | "problem" | "without an edition" {
  if (isStopped(state) || unknown + held > 0) return "problem";
  return state === "finished" ? "sent" : "without an edition";
}

function dayCard({ name, language }: BoardNewsletter, { plan, edition, label, now }: Day): Html {
  const at = `${base}/${name}/${edition.date}`;
  const { state, subject } = edition;
  const isOpen = state === null || ["draft", "approved"].includes(state);
  const isPutAside = state !== null && ["skipped", "cancelled"].includes(state) && edition.audience === 0;
  return html`<article class="day-card${isStopped(state) && " problem"}"><h3><span><b>${label}</b> ${dayOf(edition.date)}</span> ${badgeOf(state)}</h3>
<p class="subject${subject === "" && " none"}"><a href="${at}">${subjectView(subject, language, "No subject yet")}</a></p>
<p class="meta">${!plan.outlook.isUrgent && outlookBesideState(plan.outlook, plan.timeZone, now)}${state === "finished" && sentDetails(edition)}</p>
<p class="buttons"><a class="button${(label !== "Today" || !isOpen || plan.outlook.isUrgent) && " quiet"} small" href="${at}">${isOpen ? "Edit" : "View"}</a>${state !== null && html` <a class="button quiet small" href="${at}/send">${isOpen ? "Send" : isPutAside ? "Reopen…" : "Delivery"}</a>`}</p></article>`;
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
  const facts = `${mediumDate(latest.date)}: finished at ${clockIn(finishedAt, timeZone, latest.date)}, ${number(accepted)} of ${counted(audience, "reader")}, about $${dollars.toFixed(2)}.`;
  return html`<p class="meta">${facts} ${unusual.length === 0 ? "Nothing unusual." : unusual.join(" ")}</p>`;
}

/** A day in a few characters: accepted, bounced, and duration. */
function pastDay(name: string, day: BoardDay): Html {
  const { date, state, accepted, bounced, seconds } = day;
  if (state === null)
    return html`<li class="none"><span>${shortDate(date)}</span> <span class="mark-word" aria-label="no edition">–</span></li>`;
  const isProblem = toneOf(day) === "problem";
  const tone = isProblem ? "problem" : state === "finished" ? "good" : "";
  const facts = [
    ...(bounced > 0 ? [`${number(bounced)} bounced`] : []),
    ...(seconds === null ? [] : [duration(seconds)]),
  ];
  return html`<li><a class="${tone}" href="${base}/${name}/${date}/send"><span>${shortDate(date)}</span> ${state === "finished" ? html`<b>${number(accepted)}</b> ${(isProblem ? ["Unknown"] : facts).map((fact) => html`<span class="mark-word">${fact}</span>`)}` : html`<span class="mark-word">${stateWord(state)}</span>`}</a></li>`;
}
