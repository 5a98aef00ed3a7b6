import { counted, number } from "#domain/counted.ts";
import { resumingOf } from "#domain/delivery/edition.ts";
import type { Counts, EditionView } from "#domain/edition/edition.ts";
import type { Plan } from "#domain/edition/timing/plan.ts";
import { type Html, html } from "#templates/text/html.ts";
import { base } from "../../contract.ts";
import { commandLine } from "../../parts/words.ts";
import { callsView, decisionsOnAll } from "./calls.ts";
import { isOffered, isResumable, isRunning, isStopped, isUnclear, isWaiting } from "./offers.ts";
import { actionButton, type Outgoing, questionLink } from "./press.ts";

/** The delivery's progress, its outcome, and possible actions. */
export function deliveryView(out: Outgoing): Html {
  const { counts, state, newsletter, date } = out.edition;
  if (counts.audience === 0 && !["freezing", "sending", "paused"].includes(state)) return html``;
  return html`<section class="card" aria-labelledby="delivery"><h2 id="delivery">Delivery</h2>
${shares(counts, state)}
${feedback(out.plan)}
${actionsView(out)}
${callsView(out)}
<div class="asides">${table(out.edition)}${counts.accepted > 0 && html`<p><a href="${base}/${newsletter}/results?date=${date}">Results beside the last editions</a></p>`}${commandsView(out)}</div></section>`;
}

/** Outcomes of emails after SES's acceptance. */
function feedback({ bounced, complained, rejected }: Plan): Html {
  if (bounced + complained + rejected === 0) return html``;
  const facts = [
    counted(bounced, "hard bounce"),
    counted(complained, "spam complaint"),
    ...(rejected === 0 ? [] : [`${number(rejected)} rejected by SES later`]),
  ];
  return html`<p class="facts-line">Of those: ${facts.join(", ")}.</p>`;
}

type Share = "accepted" | "waiting" | "unknown" | "held" | "left";

/** Shares of deliveries by state; only what SES has accepted counts as sent. */
function shares(counts: Counts, state: EditionView["state"]): Html {
  const { accepted, unknown, held, waiting, failed, refused, skipped, audience } = counts;
  const all: readonly [Share, string, number][] = [
    ["accepted", "accepted", accepted],
    ["unknown", "unknown", unknown],
    ["held", "held", held],
    ["left", "not mailed", refused + skipped],
    ["waiting", state === "cancelled" ? "won't get it" : "waiting", waiting + failed],
  ];
  const shown = all.filter(([name, , n]) => n > 0 || name === "accepted");
  return html`${bar(all, Math.max(audience, 1))}
<ul class="legend" aria-label="Of ${counted(audience, "reader")}">${shown.map(
    ([name, label, n]) => html`<li><span class="key ${name}"></span><b>${number(n)}</b> ${label}</li>`,
  )}</ul>`;
}

/** Smallest visible share, of 1,000, so every share can be seen. */
const NARROWEST = 12;

/** The width shows the share; a pattern marks what needs a person, without relying on colour. */
function bar(all: readonly [Share, string, number][], audience: number): Html {
  const wide = all.map(([, , n]) => (n === 0 ? 0 : Math.max(NARROWEST, (n / audience) * 1000)));
  const fit =
    1000 /
    Math.max(
      1000,
      wide.reduce((sum, one) => sum + one, 0),
    );
  let from = 0;
  const parts = all.map(([name, , n], at) => {
    const width = (wide[at] ?? 0) * fit;
    const part = html`<rect class="share-${name}" x="${from.toFixed(1)}" width="${width.toFixed(1)}" height="22"/>${["unknown", "held"].includes(name) && n > 0 && html`<rect x="${from.toFixed(1)}" width="${width.toFixed(1)}" height="22" fill="url(#hatch)"/>`}`;
    from += width;
    return part;
  });
  return html`<div class="shares" aria-hidden="true"><svg viewBox="0 0 1000 22" preserveAspectRatio="none" focusable="false"><defs><pattern id="hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="3" height="8" fill="#fff" fill-opacity=".45"/></pattern></defs>${parts}</svg></div>`;
}

const rows: readonly [keyof Counts, string, string][] = [
  ["accepted", "Accepted by SES", "On its way to the reader's mailbox"],
  ["waiting", "Waiting", "Not sent yet"],
  ["failed", "To be retried", "SES rejected these with a transient error"],
  ["skipped", "Skipped", "Unsubscribed or bounced before it was sent"],
  ["refused", "Refused", "SES doesn't accept these addresses"],
  ["unknown", "Unknown", "SES gave no answer. Its events may still tell"],
  ["held", "Held", "Someone has to decide"],
];

const leftOut: (typeof rows)[number] = ["waiting", "Won't get it", "The edition was cancelled first"];

/** Outcomes without deliveries are left out. */
function table({ counts, state }: EditionView): Html {
  const all = state === "cancelled" ? rows.map((row) => (row[0] === "waiting" ? leftOut : row)) : rows;
  const shown = all.filter(([key]) => counts[key] > 0);
  return html`<details class="more" data-key="outcomes"><summary>All outcomes</summary><table><thead><tr><th scope="col">Outcome</th><th scope="col" class="figure">Readers</th><th scope="col">Meaning</th></tr></thead>
<tbody>${shown.map(
    ([key, name, meaning]) =>
      html`<tr><th scope="row">${name}</th><td class="figure">${number(counts[key])}</td><td>${meaning}</td></tr>`,
  )}</tbody></table></details>`;
}

function commandsView(out: Outgoing): Html {
  const { edition } = out;
  const key = `${edition.newsletter} --date ${edition.date}`;
  const commands = [
    ...(edition.state === "sending" && isWaiting(edition) ? [`edition pause ${key}`] : []),
    ...(isResumable(edition) ? [`edition resume ${key}${isOnlyAnyway(out) ? " --anyway" : ""}`] : []),
    ...(isUnclear(edition) ? [`edition resolve ${key} --all --as delivered`] : []),
    ...(isOffered.correct(out) ? [`edition correct ${key} --decisions`] : []),
  ];
  return commands.length === 0 ? html`` : commandLine(...commands);
}

/** Whether SES rejected some, which are held although their calls were answered. */
function hasRejected({ edition: { counts }, calls: { calls, more } }: Outgoing): boolean {
  const unanswered = calls.reduce((sum, { undecided }) => sum + undecided, 0);
  return counts.failed > 0 || (counts.held > 0 && (more > 0 || counts.held + counts.unknown > unanswered));
}

const howToResume = ({ edition, plan, now }: Outgoing) => resumingOf({ ...edition, latest: plan.outlook.latest }, now);
export const isOnlyAnyway = (out: Outgoing): boolean => howToResume(out) === "only-anyway";

/** One button, whatever resuming takes: it acts at once only where nothing has to be decided. */
export const resumeButton = (out: Outgoing): Html =>
  howToResume(out) === "at-once"
    ? actionButton(out, "resume", { label: "Resume", look: "primary" })
    : questionLink(out, "resume", { question: "resume", label: "Resume…", look: "primary" });

function actionsView(out: Outgoing): Html {
  const { edition } = out;
  const { state } = edition;
  if (!isRunning(edition) && !isUnclear(edition)) return html``;
  return html`<div class="buttons">${state === "sending" && isWaiting(edition) && actionButton(out, "pause", { label: "Pause", look: "primary" })}
${isResumable(edition) && resumeButton(out)}
${hasRejected(out) && isStopped(edition) && actionButton(out, "retry", { label: "Retry failed deliveries" })}
${isUnclear(edition) && out.calls.calls.length === 0 && decisionsOnAll(out)}
${isOffered.correct(out) && questionLink(out, "correct", { question: "correct", label: "Apply edits to waiting readers…" })}
${isOffered.cancel(out) && questionLink(out, "cancel", { question: "cancel", label: "Cancel edition…", look: "danger" })}</div>`;
}
