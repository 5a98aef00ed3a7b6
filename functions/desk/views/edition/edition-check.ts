import { counted } from "#domain/counted.ts";
import type { Check, Finding } from "#domain/edition/preflight/finding.ts";
import { type Html, html } from "#templates/text/html.ts";
import { findingView, verdict } from "../../parts/finding.ts";
import { placeName } from "../../parts/words.ts";

/** Findings of the preflight check; each links to its place. */
export function checkList(check: Check): Html {
  const { findings, links } = check;
  const blockers = findings.filter(({ level }) => level === "blocker");
  const warnings = findings.filter(({ level }) => level === "warning");
  return html`<p class="verdict" data-ready="${blockers.length === 0 ? "yes" : "no"}"><b>${verdict(blockers.length, warnings.length)}</b></p>
${findings.length > 0 && html`<ul class="findings">${[...blockers, ...warnings].map((one) => findingView(one, leading(one.at)))}</ul>`}
<p class="meta">${links === null ? "Links not checked yet." : `${counted(links.length, "link")} checked.`}</p>`;
}

function leading(at: Finding["at"]): Html {
  switch (at.part) {
    case "subject":
    case "preheader":
      return html`<a href="#${at.part}-edition" data-jump>Go to the ${at.part}</a>`;
    case "lead":
    case "headline":
      return at.story === null
        ? html``
        : html`<a href="#row-${at.story}" data-jump>Go to ${at.part === "lead" ? "the lead" : `headline ${placeName(at.n)}`}</a>`;
    default:
      return html``;
  }
}
