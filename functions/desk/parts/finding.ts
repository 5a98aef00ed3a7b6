import { counted } from "#domain/counted.ts";
import type { Finding } from "#domain/edition/preflight/finding.ts";
import { type Html, html } from "#templates/text/html.ts";

/** A check's result in a few words. */
export function verdict(blockers: number, warnings: number): string {
  const more = warnings === 0 ? "" : `, ${counted(warnings, "warning")}`;
  return blockers === 0 ? `Ready to send${more}` : `${counted(blockers, "blocker")}${more}`;
}

/** One finding; `place` leads to what it is about. */
export const findingView = ({ level, message, point }: Finding, place: Html | null): Html =>
  html`<li class="${level}"><span class="badge${level === "blocker" ? " stop" : " warn"}" title="Rule ${point} of the email specification">${level === "blocker" ? "Blocker" : "Warning"}</span> <span class="what">${message} ${place}</span></li>`;
