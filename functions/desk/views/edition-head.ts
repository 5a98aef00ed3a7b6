import type { Workbench } from "#domain/edition/workbench.ts";
import { type Html, html } from "#templates/html.ts";
import { badgeOf } from "../badge.ts";
import type { EditionPageModel } from "../edition-page-model.ts";
import { tokenField } from "../token.ts";
import { clockIn } from "../words.ts";
import { icons } from "./icons.ts";

/** In the bar: the edition's state, and how long it is until it goes out. */
export function head({ bench, path, token, mayEdit }: EditionPageModel): Html {
  return html`<p class="state">${badgeOf(bench.drafted ? bench.edition.state : null)}${isAhead(bench) && html` <b class="countdown" data-countdown="${bench.dueAt}" data-latest="${bench.latest}">at ${clockIn(bench.dueAt ?? "", bench.timeZone, bench.edition.date)}</b>`}</p>
${!bench.drafted && mayEdit && html`<form method="post" action="${path}" class="steps">${tokenField(token)}<button class="small" name="do" value="build" data-do="build">Draft now</button></form>`}`;
}

/** Undo and redo, as the bar has them. */
export function steps({ bench: { undo, redo }, path, token, mayEdit }: EditionPageModel): Html {
  if (!mayEdit) return html``;
  return html`<form method="post" action="${path}" class="steps">${tokenField(token)}${step("undo", undo)}${step("redo", redo)}</form>`;
}

function step(name: "undo" | "redo", target: Workbench["undo"]): Html {
  const verb = name === "undo" ? "Undo" : "Redo";
  const label = target ? `${verb}: ${target.text} (${target.by})` : `${verb}: nothing to ${name}`;
  const value = name === "undo" && target ? `undo:${target.n}` : name;
  return html`<button class="tool" name="do" value="${value}" data-do="${name}" data-of="${target?.n ?? ""}" aria-label="${label}" title="${label}"${target === null && html` aria-disabled="true"`}>${icons[name]}</button>`;
}

const isAhead = ({ edition, dueAt, latest }: Workbench): boolean =>
  dueAt !== null && latest !== null && ["draft", "approved"].includes(edition.state);

/** Above the stories: when it goes out in both zones, what has to happen for that, and which news it has. */
export function outline({ bench }: EditionPageModel): Html {
  const { edition, dueAt, timeZone, cutoff, drafted } = bench;
  const news =
    drafted &&
    cutoff !== null &&
    html` <span class="news">News up to ${clockIn(cutoff, timeZone, edition.date)}.</span>`;
  if (!isAhead(bench) || dueAt === null) return html`<p class="outline">${withoutTime(bench)}${news}</p>`;
  const at = html`<time datetime="${dueAt}"><b>${clockIn(dueAt, timeZone, edition.date)}</b> ${timeZone}</time> <span class="own-zone">(<span data-local="${dueAt}" data-zone="${timeZone}">${clockIn(dueAt, "UTC", edition.date)} UTC</span>)</span>`;
  return html`<p class="outline">${sentence(bench, at)}${news}</p>`;
}

function sentence({ edition, drafted, mode, approval }: Workbench, at: Html): Html {
  if (!drafted) return html`Goes out ${at}. This is what it would contain now; your first change drafts it.`;
  if (edition.state === "approved") {
    return html`Approved by ${approval?.by ?? "an editor"}, goes out ${at}. Any change withdraws the approval.`;
  }
  return mode === "auto" ? html`Sends itself ${at}.` : html`Due ${at}. Needs an approver.`;
}

function withoutTime({ edition, drafted }: Workbench): string {
  switch (edition.state) {
    case "draft":
      return drafted
        ? "Its send window has passed. You can still send it manually."
        : "Its send window has passed. This is what it would contain now.";
    case "approved":
      return "Approved, going out now.";
    case "skipped":
    case "held":
    case "halted":
    case "cancelled":
      return edition.reason ?? "Nothing goes out unless you act.";
    default:
      return "It has been sent, so it can't be changed here.";
  }
}
