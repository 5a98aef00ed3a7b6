import type { Workbench } from "#domain/edition/workbench.ts";
import { type Html, html } from "#templates/html.ts";
import type { Seen } from "../seen.ts";
import { tokenField } from "./edition-token.ts";
import { clockIn } from "./words.ts";

/** How the edition is, when it goes out, and what can be taken back. */
export function head(seen: Seen): Html {
  const { bench, path, token, mayEdit } = seen;
  const { undo, redo, drafted } = bench;
  return html`<p class="state"><b data-state="${bench.edition.state}">${stateName(bench)}</b> ${sentence(bench)}</p>
${deadline(bench)}
${
  mayEdit &&
  html`<form method="post" action="${path}" class="steps">${tokenField(token)}
${!drafted && html`<button name="do" value="build" data-do="build">Draft it now</button>`}
${step("undo", "Undo", undo)}${step("redo", "Redo", redo)}
<p class="next" data-next>${undo && html`Undo: ${undo.by} ${undo.text}`}</p></form>`
}`;
}

function step(name: "undo" | "redo", label: string, target: Workbench["undo"]): Html {
  const said = target ? `${label}: ${target.by} ${target.text}` : `${label}: nothing`;
  const value = name === "undo" && target ? `undo:${target.n}` : name;
  return html`<button class="small" name="do" value="${value}" data-do="${name}" data-of="${target?.n ?? ""}" aria-label="${said}" title="${said}"${target === null && html` aria-disabled="true"`}>${label}</button>`;
}

const names: Partial<Record<Workbench["edition"]["state"], string>> = {
  draft: "Draft",
  approved: "Approved",
  skipped: "Skipped",
  held: "Held",
  cancelled: "Cancelled",
  halted: "Halted",
  finished: "Sent",
};

const stateName = ({ edition, drafted }: Workbench): string =>
  drafted ? (names[edition.state] ?? "On its way") : "Not drafted yet";

function sentence({ edition, drafted, mode, approval, cutoff, timeZone }: Workbench): string {
  if (!drafted) return "This is what it would be now. Whatever you do first drafts it.";
  const upTo = cutoff === null ? "from a file" : `from the news up to ${clockIn(cutoff, timeZone, edition.date)}`;
  switch (edition.state) {
    case "draft":
      return mode === "auto"
        ? `${upTo}. It sends itself unless somebody stops it.`
        : `${upTo}. It waits for an approver.`;
    case "approved":
      return `by ${approval?.by ?? "somebody"}. Any change takes that back.`;
    case "skipped":
    case "held":
    case "halted":
    case "cancelled":
      return edition.reason ?? "";
    default:
      return "It can no longer be changed here.";
  }
}

function deadline({ dueAt, latest, timeZone, edition }: Workbench): Html {
  if (["finished", "cancelled", "skipped"].includes(edition.state)) return html``;
  if (dueAt === null || latest === null)
    return html`<p class="due">Its time is over; by hand it can still be sent.</p>`;
  return html`<p class="due">Goes out <time datetime="${dueAt}"><b>${clockIn(dueAt, timeZone, edition.date)}</b> ${timeZone}</time><span data-local="${dueAt}" data-zone="${timeZone}"> · ${clockIn(dueAt, "UTC", edition.date)} UTC</span> · <span data-countdown="${dueAt}" data-latest="${latest}">at the latest ${clockIn(latest, timeZone, edition.date)}</span></p>`;
}
