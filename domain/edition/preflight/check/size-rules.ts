import { blocker, email, type Finding, finalBlocker, warning } from "../finding.ts";
import type { Facts } from "./facts.ts";

/** Size and elements of the email: B5, B6, B7. */
export const sizeRules = (facts: Facts): Finding[] => [...bytes(facts), ...sheets(facts), ...elements(facts)];

/** Limit of the HTML in UTF-8 bytes. Gmail clips a message at about 102 KB, including the unsubscribe link. */
const WARN = 70_000;
const MOST = 90_000;
/** Limit of style sheets in bytes. Gmail drops all of them beyond 16 KB. */
const SHEETS = 6_144;

const bytesIn = (text: string): number => new TextEncoder().encode(text).length;
const kilobytes = (n: number): string => `${(n / 1000).toFixed(1)} KB`;

function bytes({ filled }: Facts): Finding[] {
  const size = bytesIn(filled.html);
  const less = "Remove headlines from the end, or shorten the lead.";
  if (size > MOST) {
    const cut = `The email has ${kilobytes(size)}, and Gmail cuts its end off, the unsubscribe link with it.`;
    return [finalBlocker("B5", email, `${cut} ${less}`)];
  }
  const near = `The email has ${kilobytes(size)}: near the 90 KB at which the end of the list is left out.`;
  return size > WARN ? [warning("B5", email, `${near} ${less}`)] : [];
}

const operator = "Tell your Broadsheet operator.";

function sheets({ html }: Facts): Finding[] {
  const size = html.sheets.reduce((sum, { text }) => sum + bytesIn(text), 0);
  const found = [
    ...(size > SHEETS ? [`Its style sheets have ${kilobytes(size)}, and some mail programs drop long ones.`] : []),
    ...(html.sheets.some(({ inBody }) => inBody) ? ["A style sheet is in the body, where Gmail drops it."] : []),
    ...(html.sheets.some(({ text }) => text.includes("/*"))
      ? ["A style sheet has a comment, after which a mail program drops a rule."]
      : []),
  ];
  return found.map((what) => warning("B6", email, `${what} ${operator}`));
}

/** Elements that could only come from content; mail programs don't show them, and some treat the email as an attack. */
const hostile = ["script", "iframe", "form", "input", "button", "object", "embed", "applet", "frame", "base"];

function elements({ html }: Facts): Finding[] {
  const active = [...hostile.filter((tag) => html.elements[tag]), ...html.handlers];
  const css = [...html.sheets.map(({ text }) => text), ...html.styles].join("\n");
  const fetched = [
    ...(html.elements.link ? ["a linked style sheet"] : []),
    ...(/@import/i.test(css) ? ["an imported style sheet"] : []),
    ...(/@font-face/i.test(css) ? ["a web font"] : []),
    ...(html.images.some(({ src }) => /^data:/i.test(src)) ? ["a picture inside its markup"] : []),
  ];
  return [
    ...(active.length > 0
      ? [blocker("B7", email, `The email has what mail programs take for an attack: ${active.join(", ")}. ${operator}`)]
      : []),
    ...fetched.map((what) => warning("B7", email, `The email has ${what}, which most mail programs drop. ${operator}`)),
  ];
}
