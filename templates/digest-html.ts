import type { DigestView } from "./digest-view.ts";
import { withPlaceholders } from "./placeholders.ts";

// A literal import, for bundlers; caught, because a checkout without it should say what to do.
const compiled = await import("./compiled/digest.js").catch((cause: unknown) => {
  throw new Error("The email's compiled template is missing: run `npm ci`, or `npm run prepare` if that is done.", {
    cause,
  });
});

export const renderHtml = (view: DigestView): string => withPlaceholders(compiled.render(escapedView(view)));

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/**
 * The view with every string in it escaped for text and for attributes in double quotes, the only kind the template
 * has. Nothing else is escaped: some mail clients and spam filters misread `&#x3D;` in an address.
 */
function escapedView(part: object): object {
  const escaped = (value: unknown): unknown => {
    if (typeof value === "string") return value.replaceAll(/[&<>"]/g, (sign) => entities[sign] ?? sign);
    if (Array.isArray(value)) return value.map(escaped);
    return typeof value === "object" && value !== null ? escapedView(value) : value;
  };
  return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, escaped(value)]));
}
