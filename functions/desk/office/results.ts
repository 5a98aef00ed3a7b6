import type { AudienceDay } from "#domain/audience/audience-day.ts";
import { counted, number } from "#domain/counted.ts";
import type { OutcomeKind } from "#domain/delivery/ledger/delivery-outcome.ts";
import { type EditionResult, type Results, usual } from "#domain/edition/views/results.ts";
import { type Html, html } from "#templates/text/html.ts";
import { base, paths } from "../contract.ts";
import { badgeOf } from "../parts/badge.ts";
import { subjectView } from "../parts/subject.ts";
import { commandLine, dayOf, mediumDate } from "../parts/words.ts";
import { moves, trend } from "./trend.ts";

type About = { name: string; title: string; language: string; results: Results };

/** An edition's results next to earlier ones, and how the audience changed. */
export function resultsBody({ name, title, language, results }: About): Html {
  const editions = results.editions.toReversed();
  const chosen = editions.findIndex(({ date }) => date === results.of);
  const edition = editions[chosen];
  if (edition === undefined) return noResults(name, title);
  const seen = { editions, chosen, edition };
  const shown = metrics.filter(({ of }) => editions.some((one) => of(one) !== null));
  const { date, state, subject } = edition;
  return html`<div class="office">
<p class="trail"><a href="${base}/${name}/editions">${title}</a> <a href="${base}/${name}/${date}">Edition</a> <a href="${base}/${name}/${date}/send">Delivery</a> <span aria-current="page">Results</span> <a href="${paths.log}?newsletter=${name}&amp;date=${date}">Log</a></p>
<h1>${subjectView(subject, language, `Edition of ${dayOf(date)}`)}</h1>
<p class="summary-line">${badgeOf(state)} <span>${dayOf(date)}</span> <span>${counted(edition.audience, "reader")}</span>${edition.waiting > 0 && html` <span>${counted(edition.waiting, "imported reader")} waiting</span>`}</p>
<section class="card" aria-labelledby="outcome"><h2 id="outcome">${editions.length === 1 ? "This edition" : `Beside the last ${editions.length} editions`}</h2>
${editions.length > 1 && html`<p class="meta">${mark} marks this edition. The newest is on the right.</p>`}
<div class="metrics">${shown.map((metric) => metricView(metric, seen))}</div></section>
${causesView(results)}
${audienceView(seen)}
${table({ name, language, results })}
${commandLine(`edition results ${name} --date ${date}`)}</div>`;
}

export const noResults = (name: string, title: string): Html =>
  html`<div class="office narrow"><p class="trail"><a href="${base}/${name}/editions">${title}</a> <span aria-current="page">Results</span></p><h1>Results</h1><p class="empty">No edition was sent yet, so there are no results.</p></div>`;

const mark = html`<svg class="pointer" viewBox="0 0 8 6" aria-hidden="true" focusable="false"><path d="M4 0l4 6H0z"/></svg><span class="unseen">A triangle</span>`;

type Seen = { editions: readonly EditionResult[]; chosen: number; edition: EditionResult };

/** One number of an edition. `of` null: it isn't known, or wasn't counted. */
type Metric = {
  name: string;
  of: (edition: EditionResult) => number | null;
  /** The total it is a share of, with its label; bars show the share, or the number where that is clearer. */
  whole: (edition: EditionResult) => number;
  part: string;
  bars: "part" | "number";
};

const answersOf = ({ worth }: EditionResult): number => (worth === null ? 0 : worth.yes + worth.no);

const metrics: readonly Metric[] = [
  {
    ...{ name: "Delivered", part: "of the audience", bars: "number" },
    of: ({ delivered }) => delivered,
    whole: ({ audience }) => audience,
  },
  {
    ...{ name: "Bounced", part: "of the accepted", bars: "part" },
    of: ({ bounced }) => bounced,
    whole: ({ accepted }) => accepted,
  },
  {
    ...{ name: "Marked as spam", part: "of the accepted", bars: "part" },
    of: ({ complained }) => complained,
    whole: ({ accepted }) => accepted,
  },
  {
    ...{ name: "Unsubscribed", part: "of the audience", bars: "part" },
    of: ({ audienceChange }) => audienceChange?.left ?? null,
    whole: ({ audience }) => audience,
  },
  {
    ...{ name: "Worth reading", part: "of those who answered", bars: "part" },
    of: ({ worth }) => worth?.yes ?? null,
    whole: answersOf,
  },
];

function metricView({ name, of, whole, part, bars }: Metric, { editions, chosen, edition }: Seen): Html {
  const shareOf = (one: EditionResult) => {
    const n = of(one);
    return n === null || bars === "number" ? n : n / Math.max(1, whole(one));
  };
  const say = (value: number) => (bars === "number" ? number(Math.round(value)) : percent(value));
  const values = editions.map(shareOf);
  const others = values.filter((value, at) => value !== null && at !== chosen).flatMap((value) => value ?? []);
  const often = usual(others);
  const n = of(edition);
  const titles = editions.map((one, at) => `${mediumDate(one.date)}: ${sayOr(values[at] ?? null, say)}`);
  return html`<div class="metric"><h3>${name}</h3><p><b>${n === null ? "–" : number(n)}</b> ${n !== null && n > 0 && `${percent(n / Math.max(1, whole(edition)))} ${part}`}</p>
${trend({ label: `${name}, edition by edition: ${rangeOf(values, say)}.`, values, chosen, titles })}
<p class="meta">${often === null ? "Nothing to compare with yet" : `Usually ${say(often)}`}</p></div>`;
}

const sayOr = (value: number | null, say: (value: number) => string): string =>
  value === null ? "not known" : say(value);

function rangeOf(values: readonly (number | null)[], say: (value: number) => string): string {
  const known = values.flatMap((value) => value ?? []);
  if (known.length === 0) return "not known";
  const [least, most] = [say(Math.min(...known)), say(Math.max(...known))];
  return least === most ? least : `between ${least} and ${most}`;
}

/** `0.22 %`, `99.8 %`, `100 %`. */
function percent(part: number): string {
  if (part === 0 || part === 1) return `${part * 100} %`;
  return `${(part * 100).toFixed(part < 0.01 ? 2 : 1)} %`;
}

const causeWords: Readonly<Record<OutcomeKind, readonly [string, string]>> = {
  "hard-bounce": ["Bounced: no such mailbox", "SES doesn't mail these readers again"],
  blocked: ["Bounced: refused by the server", "It refused the sender or the content, not the reader"],
  complaint: ["Marked as spam", "These readers get nothing any more"],
  "soft-bounce": ["Bounced for now", "Such as a full mailbox; the next edition tries again"],
  delay: ["Delayed", "SES is still trying"],
  reject: ["Rejected by SES", "After SES had accepted it"],
  "rendering-failure": ["Not rendered by SES", "After SES had accepted it"],
};

function causesView({ causes }: Results): Html {
  if (causes.length === 0)
    return html`<section class="card" aria-labelledby="causes"><h2 id="causes">What came back</h2><p>Nothing came back from this edition's deliveries.</p></section>`;
  return html`<section class="card" aria-labelledby="causes"><h2 id="causes">What came back</h2>
<table><thead><tr><th scope="col">Cause</th><th scope="col" class="figure">Readers</th><th scope="col">Meaning</th></tr></thead>
<tbody>${causes.map(({ kind, deliveries }) => {
    const [cause, meaning] = causeWords[kind];
    return html`<tr><th scope="row">${cause}</th><td class="figure">${number(deliveries)}</td><td>${meaning}</td></tr>`;
  })}</tbody></table></section>`;
}

const goneIn = ({ left, removed, bounced, complained }: AudienceDay): number => left + removed + bounced + complained;

function audienceView({ editions, chosen, edition }: Seen): Html {
  const readers = editions.map(({ audience }) => audience);
  const changes = editions.map(({ audienceChange }) =>
    audienceChange === null ? null : { joined: audienceChange.joined, gone: goneIn(audienceChange) },
  );
  const change = edition.audienceChange;
  const titles = editions.map(({ date }, at) => {
    const one = changes[at];
    return `${mediumDate(date)}: ${one ? `${number(one.joined)} joined, ${number(one.gone)} left` : "not known"}`;
  });
  return html`<section class="card" aria-labelledby="audience"><h2 id="audience">Audience</h2><div class="metrics">
<div class="metric"><h3>Readers</h3><p><b>${number(edition.audience)}</b></p>
${trend({ label: `Readers, edition by edition: ${rangeOf(readers, number)}.`, values: readers, chosen, titles: editions.map(({ date, audience }) => `${mediumDate(date)}: ${counted(audience, "reader")}`) })}
<p class="meta">Each edition's audience</p></div>
<div class="metric"><h3>Joined and left</h3><p>${change === null ? html`<b>–</b>` : html`<b>${number(change.joined)}</b> joined, <b>${number(goneIn(change))}</b> left`}</p>
${moves({ label: `Joined and left, edition by edition: ${titles.join("; ")}.`, values: changes, chosen, titles })}
<p class="meta">${change !== null && goneIn(change) > 0 ? leavingText(change) : "Joined above the line, left below it"}</p></div></div></section>`;
}

/** `Left: 12 unsubscribed, 3 bounced` */
function leavingText({ left, removed, bounced, complained }: AudienceDay): string {
  const parts: readonly [number, string][] = [
    [left, "unsubscribed"],
    [bounced, "bounced"],
    [complained, "marked it as spam"],
    [removed, "removed by an operator"],
  ];
  const shown = parts.filter(([n]) => n > 0).map(([n, what]) => `${number(n)} ${what}`);
  return `Of those who left: ${shown.join(", ")}`;
}

const table = ({
  name,
  language,
  results: { editions, of },
}: Omit<
  About,
  "title"
>): Html => html`<section class="card wide stack compact" tabindex="0" aria-labelledby="all"><h2 id="all">Edition by edition</h2><table>
<thead><tr><th scope="col">Date</th><th scope="col">Subject</th>${columns.map(([label]) => html`<th scope="col" class="figure">${label}</th>`)}</tr></thead>
<tbody>${editions.map(
  (
    one,
  ) => html`<tr${one.date === of && html` class="chosen"`}><th scope="row"><a href="${base}/${name}/results?date=${one.date}"${one.date === of && html` aria-current="true"`}><time datetime="${one.date}">${mediumDate(one.date)}</time></a></th>
<td>${subjectView(one.subject, language)}</td>${columns.map(([label, value]) => html`<td class="figure" data-label="${label}">${value(one)}</td>`)}</tr>`,
)}</tbody></table></section>`;

const known = (n: number | undefined): string => (n === undefined ? "–" : number(n));

const columns: readonly (readonly [string, (edition: EditionResult) => string])[] = [
  ["Readers", ({ audience }) => number(audience)],
  ["Delivered", ({ delivered }) => number(delivered)],
  ["Bounced", ({ bounced }) => number(bounced)],
  ["Spam", ({ complained }) => number(complained)],
  ["Unsubscribed", ({ audienceChange }) => known(audienceChange?.left)],
  ["Joined", ({ audienceChange }) => known(audienceChange?.joined)],
  ["Worth reading", (one) => (one.worth === null ? "–" : percent(one.worth.yes / Math.max(1, answersOf(one))))],
];
