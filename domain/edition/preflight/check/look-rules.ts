import { email, type Finding, warning } from "../finding.ts";
import { contrast, luminance } from "./colours.ts";
import { type Facts, letters, type Run } from "./facts.ts";

/** Rules about styles. How the email looks is tested with pictures when the template changes. */
export const lookRules = (facts: Facts): Finding[] =>
  checks.flatMap(([point, holds, problem]) =>
    holds(facts) ? [] : [warning(point, email, `${problem} Tell your Broadsheet operator.`)],
  );

type Look = readonly [point: string, holds: (facts: Facts) => boolean, problem: string];

const everyRun = (holds: (run: Run) => boolean) => (facts: Facts) =>
  facts.html.runs.every((run) => !/[\p{L}\p{N}]/u.test(run.text) || holds(run));

const css = ({ html }: Facts): string => html.sheets.map(({ text }) => text).join("\n");
const inline = ({ html }: Facts): string => html.styles.join(";");
const forOutlook = ({ html }: Facts): string => html.outlook.join("\n");

/** Story text of at least 16 pixels. */
const isReadable = ({ content, html }: Facts): boolean => {
  const story = new Set(content.lead.paragraphs.map(letters));
  return html.runs.every(({ text, size }) => size === null || size >= 16 || !story.has(letters(text)));
};

const LEAST_CONTRAST = 4.5;

/** The rules for a dark design, by media query and under Outlook.com's hooks. */
const darkRules = (facts: Facts): string => {
  const sheet = css(facts);
  // bounded: our own style sheet and markup, at most 90 KB
  const from = /@media[^{]*prefers-color-scheme:\s*dark[^{]*\{/.exec(sheet);
  if (from === null) return "";
  const start = from.index + from[0].length;
  let depth = 1;
  let end = start;
  for (; end < sheet.length && depth > 0; end++) depth += sheet[end] === "{" ? 1 : sheet[end] === "}" ? -1 : 0;
  return sheet.slice(start, end - 1);
};
const hooked = (facts: Facts, hook: string): string =>
  // bounded: our own style sheet and markup, at most 90 KB
  [...css(facts).matchAll(/([^{}]+)\{([^{}]*)\}/g)]
    .filter(([, selector = ""]) => selector.includes(hook))
    .map(([, , body = ""]) => body)
    .join(";");
const hasText = (rules: string): boolean => /(^|[^-])\bcolor:\s*#/.test(rules);
const hasGround = (rules: string): boolean => /\bbackground(-color)?:\s*#/.test(rules);

// bounded: our own style sheet and markup, at most 90 KB
const generic = /(serif|sans-serif|monospace|cursive|fantasy|system-ui)\s*(!important)?\s*$/;
const endsGeneric = (styles: string): boolean =>
  [...styles.matchAll(/font-family:([^;}]+)/g)].every(([, fonts = ""]) => generic.test(fonts.trim()));

/** White text on a dark bar: Gmail on iOS inverts only one of the two. */
const isReversed = ({ color, background }: Run): boolean => {
  const [text, ground] = [luminance(color ?? ""), luminance(background ?? "")];
  return text !== null && ground !== null && ground < 0.18 && text > ground;
};

/** Colours of inline styles that are not six hexadecimal digits. */
const oddColour = /(^|;)\s*(color|background|background-color)\s*:\s*(?!#[0-9a-f]{6}\b)(?!transparent|inherit)[^;]+/i;
const oddCss = /\bvar\(|\bcalc\(|\brgba?\(|\bhsla?\(|display:\s*(flex|grid|inline-flex)/i;
const isLeft = /direction:\s*ltr|text-align:\s*left/i;

const checks: readonly Look[] = [
  [
    "B16",
    ({ html }) => html.links.every(({ underlined, text }) => underlined || text === ""),
    "A link differs from other text by its colour alone.",
  ],
  [
    "B17",
    (facts) =>
      everyRun(({ size }) => size === null || size >= 14)(facts) &&
      isReadable(facts) &&
      !/font-size:\s*[\d.]+(r?em|pt|%|v[wh])/.test(inline(facts)),
    "Letters are smaller than 14 pixels, the lead’s than 16, or in a unit that Outlook does not know.",
  ],
  [
    "B18",
    (facts) => endsGeneric(inline(facts)) && endsGeneric(css(facts)),
    "A list of fonts doesn’t end in a generic family, such as serif.",
  ],
  [
    "B18",
    // bounded: our own style sheet and markup, at most 90 KB
    (facts) => /<style[\s\S]*font-family/i.test(forOutlook(facts)),
    "No font is named for Outlook, which would use Times.",
  ],
  [
    "B21",
    (facts) => {
      const { metas } = facts.html;
      const declared = [metas["color-scheme"], metas["supported-color-schemes"]].every((one) => one === "light dark");
      const rules = darkRules(facts);
      const hooks = hasText(hooked(facts, "[data-ogsc]")) && hasGround(hooked(facts, "[data-ogsb]"));
      return (
        declared &&
        // bounded: our own style sheet and markup, at most 90 KB
        /:root\s*\{[^}]*color-scheme:\s*light dark/.test(css(facts)) &&
        hasText(rules) &&
        hasGround(rules) &&
        hooks
      );
    },
    "The email has no dark design of its own for every mail program that shows one.",
  ],
  [
    "B22",
    everyRun(({ color, background }) => color === null || background !== null),
    "Text has a colour but no background colour.",
  ],
  [
    "B23",
    everyRun(({ color, background }) => (contrast(color ?? "", background ?? "") ?? LEAST_CONTRAST) >= LEAST_CONTRAST),
    "Some of the text has too little contrast with its background.",
  ],
  ["B24", everyRun((run) => !isReversed(run)), "Light letters are on a dark bar, which some mail programs invert."],
  [
    "B25",
    (facts) => !/#(000000|ffffff|000|fff)\b/i.test(darkRules(facts)),
    "The dark design uses pure black or white, which dazzles.",
  ],
  [
    "B27",
    (facts) =>
      /<o:PixelsPerInch>96</.test(forOutlook(facts)) &&
      /mso-line-height-rule:\s*exactly/.test(forOutlook(facts)) &&
      // bounded: our own style sheet and markup, at most 90 KB
      /(^|[},\s])li\s*\{[^}]*margin/.test(forOutlook(facts)) &&
      // bounded: our own style sheet and markup, at most 90 KB
      /<table\b[^>]*\bwidth="\d+"/i.test(forOutlook(facts)),
    "Outlook for Windows does not get what it needs: its resolution, line heights, margins and a table of fixed width.",
  ],
  [
    "B28",
    ({ html }) => !html.styles.some((style) => oddColour.test(style) || oddCss.test(style)),
    "A style is written in a way that some mail programs do not read.",
  ],
  [
    "B29",
    ({ html }) =>
      /telephone=no/.test(html.metas["format-detection"] ?? "") &&
      html.metas["x-apple-disable-message-reformatting"] !== undefined &&
      /width=device-width/.test(html.metas.viewport ?? "") &&
      !/user-scalable\s*=\s*no|maximum-scale/.test(html.metas.viewport ?? ""),
    "Phones may make links of numbers, change the text’s size, or keep a reader from enlarging it.",
  ],
  [
    "B40",
    (facts) => facts.direction === "ltr" || !isLeft.test(css(facts) + inline(facts) + forOutlook(facts)),
    "Some of the email runs from left to right.",
  ],
];
