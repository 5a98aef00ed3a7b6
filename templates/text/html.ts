import { literal } from "./literal.ts";

/** Safe markup. Only `html` makes it, so unescaped text can't be mistaken for it. */
export type Html = { readonly markup: string };

type Part = string | number | Html | null | undefined | false | readonly Part[];

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Escapes text for an element or a quoted attribute. */
export const escaped = (text: string): string => literal(text).replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? sign);

/** An HTML template: text is escaped, markup isn't, and null, undefined and false give nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { markup: strings.reduce((markup, text, i) => markup + markupOf(parts[i - 1]) + text) };
}

function markupOf(part: Part): string {
  if (part === null || part === undefined || part === false) return "";
  if (typeof part === "string") return escaped(part);
  if (typeof part === "number") return String(part);
  if ("markup" in part) return part.markup;
  return part.map(markupOf).join("");
}

/** JSON data. `<` is escaped, so no text can end the element. */
export const jsonLd = (data: object): Html => ({
  markup: `<script type="application/ld+json">${JSON.stringify(data).replaceAll("<", "\\u003c")}</script>`,
});

/** A style sheet of our own. */
export const styleElement = (css: string): Html => ({ markup: `<style>${css}</style>` });

/** A script of our own. */
export const scriptElement = (code: string): Html => ({ markup: `<script>${code}</script>` });
