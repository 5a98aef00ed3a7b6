import type { Check, Finding } from "#domain/edition/preflight/finding.ts";
import { type Html, html } from "#templates/html.ts";
import { placeName } from "./words.ts";

/** What stands against sending the edition as it is; each finding leads to what it is about. */
export function checkList(check: Check): Html {
  const { findings, links } = check;
  const blockers = findings.filter(({ level }) => level === "blocker");
  const warnings = findings.filter(({ level }) => level === "warning");
  return html`<p class="verdict" data-ready="${blockers.length === 0 ? "yes" : "no"}"><b>${verdict(blockers.length, warnings.length)}</b></p>
${findings.length > 0 && html`<ul class="findings">${[...blockers, ...warnings].map(view)}</ul>`}
<p class="meta">${links === null ? "Links were not tried yet." : `${links.length} links were tried.`} Checked: <code>${check.hash.slice(0, 16)}</code></p>`;
}

export function verdict(blockers: number, warnings: number): string {
  const more = warnings === 0 ? "" : warnings === 1 ? ", one warning" : `, ${warnings} warnings`;
  if (blockers === 0) return `Nothing stops it${more}.`;
  return `${blockers === 1 ? "One thing stops" : `${blockers} things stop`} it${more}.`;
}

const view = ({ level, message, at, point }: Finding): Html =>
  html`<li class="${level}"><span class="badge${level === "blocker" && " warn"}">${level === "blocker" ? "Stops it" : "Warning"}</span> ${message} ${leading(at)} <span class="meta">${point}</span></li>`;

function leading(at: Finding["at"]): Html {
  switch (at.part) {
    case "subject":
    case "preheader":
      return html`<a href="#${at.part}-edition" data-jump>${at.part === "subject" ? "The subject" : "The preheader"}</a>`;
    case "lead":
    case "headline":
      return at.story === null
        ? html``
        : html`<a href="#row-${at.story}" data-jump>${at.part === "lead" ? "The lead" : `Headline ${placeName(at.n)}`}</a>`;
    default:
      return html``;
  }
}
