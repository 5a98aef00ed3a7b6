/** Markup that is safe to put into a page. Only `html` makes it. */
export type Html = { readonly markup: string };

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escaped = (value: string) => value.replaceAll(/[&<>"']/g, (character) => escapes[character] ?? character);

type Value = Html | string | number | null | false | readonly Html[];

const shown = (value: Value): string => {
  if (value === null || value === false) return "";
  if (typeof value === "string") return escaped(value);
  if (typeof value === "number") return String(value);
  if ("markup" in value) return value.markup;
  return value.map(({ markup }) => markup).join("");
};

/** A template whose values are escaped, so no mail's text can become markup of the viewer. */
export function html(parts: TemplateStringsArray, ...values: Value[]): Html {
  return { markup: parts.map((part, at) => part + shown(values[at] ?? null)).join("") };
}
