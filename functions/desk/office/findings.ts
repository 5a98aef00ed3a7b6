import type { Finding } from "#domain/edition/preflight/finding.ts";
import { type Html, html } from "#templates/html.ts";
import type { Outgoing } from "./press.ts";
import { command, counted } from "./words.ts";

/** What would embarrass or break, first what stops the sending; each leads to where it is mended. */
export function findingsView({ check, edition }: Outgoing): Html {
  if (check === null) return html``;
  const { newsletter, date } = edition;
  const stops = check.findings.filter(({ level }) => level === "blocker").length;
  const line = command(`edition check ${newsletter} --date ${date}`);
  if (check.findings.length === 0)
    return html`<h2>Check</h2><p>Nothing was found. Links are tried when it is sent.</p>${line}`;
  const said = stops === 0 ? "Nothing stops it." : `${counted(stops, "finding")} would stop it.`;
  return html`<h2>Check</h2><p>${said}</p>
<ul class="findings">${check.findings.map((one) => item(one, `/desk/${newsletter}/${date}`))}</ul>${line}`;
}

function item({ level, message, at, point }: Finding, page: string): Html {
  const story = "story" in at ? at.story : null;
  const row = story === null ? null : html` <a href="${page}#row-${story}">Go to it</a>`;
  return html`<li class="${level}"><strong>${level === "blocker" ? "Stops it" : "Warning"}</strong> ${message} <small>${point}</small>${row}</li>`;
}

/** How a button reads and what it says along, where the check found something that may be waived. */
export function waiving({ check }: Outgoing): { word: string; fields: Readonly<Record<string, string>> } {
  return check === null || check.ready ? { word: "", fields: {} } : { word: " anyway", fields: { anyway: "yes" } };
}

/** What nobody may waive. */
export const isForbidden = ({ check }: Outgoing): boolean =>
  check?.findings.some(({ level, final }) => level === "blocker" && final) ?? false;
