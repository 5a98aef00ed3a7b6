import type { DigestView } from "./digest-view.ts";
import { withPlaceholders } from "./placeholders.ts";

// A literal import, for bundlers; caught, so a checkout without it gives instructions.
const compiled = await import("../compiled/digest.js").catch((cause: unknown) => {
  throw new Error("The email's compiled template is missing: run `npm ci`, or `npm run prepare` if that is done.", {
    cause,
  });
});

export const renderHtml = (view: DigestView): string => withPlaceholders(compiled.render(escapedView(view)));

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/**
 * The view with every string escaped for text and for double-quoted attributes, the only kind in the template. Nothing
 * else is escaped, because some mail clients and spam filters misread `&#x3D;` in an address.
 */
function escapedView(part: object): object {
  const escaped = (value: unknown): unknown => {
    if (typeof value === "string") return value.replaceAll(/[&<>"]/g, (sign) => entities[sign] ?? sign);
    if (Array.isArray(value)) return value.map(escaped);
    return typeof value === "object" && value !== null ? escapedView(value) : value;
  };
  return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, escaped(value)]));
}
