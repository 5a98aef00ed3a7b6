import type { Finding } from "#domain/edition/preflight/finding.ts";
import { type Html, html } from "#templates/text/html.ts";
import { findingView, verdict } from "../../parts/finding.ts";
import type { Outgoing } from "./press.ts";

/** The check's findings, blockers first; each links to where it can be fixed. */
export function findingsView({ check, edition, path }: Outgoing): Html {
  if (check === null) return html``;
  const { findings, links } = check;
  const page = `/desk/${edition.newsletter}/${edition.date}`;
  const stops = findings.filter(({ level }) => level === "blocker").length;
  return html`<div data-found-slowly><p class="verdict" data-ready="${stops === 0 ? "yes" : "no"}"><b>${verdict(stops, findings.length - stops)}</b></p>
${findings.length > 0 && html`<ul class="findings">${findings.map((one) => findingView(one, leading(one, page)))}</ul>`}
${links === null ? html`<p class="meta">Links are checked when it is sent. <a href="${path}?links=yes">Check links now</a></p>` : html`<p class="meta">Links checked.</p>`}</div>`;
}

function leading({ at }: Finding, page: string): Html | null {
  const story = "story" in at ? at.story : null;
  return story === null ? null : html`<a href="${page}#row-${story}">Go to it</a>`;
}

/** A button's label and fields if the check has blockers that can be overridden. */
export function waiving({ check }: Outgoing): { word: string; fields: Readonly<Record<string, string>> } {
  return check === null || check.ready ? { word: "", fields: {} } : { word: " anyway", fields: { anyway: "yes" } };
}

/** A finding that can't be overridden. */
export const isForbidden = ({ check }: Outgoing): boolean =>
  check?.findings.some(({ level, final }) => level === "blocker" && final) ?? false;
