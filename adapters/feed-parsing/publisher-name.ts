/** How much of a page's JSON-LD is read, in characters. */
const MOST = 100_000;
/** Deepest nesting of lists and objects that is followed. */
const DEEPEST = 6;

/**
 * A page's publisher, by its JSON-LD (schema.org): the `publisher` of the described item, else the name of the WebSite
 * or NewsMediaOrganization. Empty: not given.
 */
export function publisherName(script: string): string {
  if (script.length > MOST) return "";
  try {
    const data: unknown = JSON.parse(script);
    return nameIn(data, "publisher", 0) || nameIn(data, "site", 0);
  } catch {
    return "";
  }
}

const SITES = new Set(["WebSite", "NewsMediaOrganization", "Organization"]);

function nameIn(data: unknown, wanted: "publisher" | "site", depth: number): string {
  if (depth > DEEPEST || typeof data !== "object" || data === null) return "";
  if (Array.isArray(data)) return firstOf(data, wanted, depth);
  const about: Record<string, unknown> = { ...data };
  const own = wanted === "publisher" ? nameOf(about.publisher) : isSite(about["@type"]) ? nameOf(about) : "";
  return own || firstOf(Object.values(about), wanted, depth);
}

function firstOf(values: readonly unknown[], wanted: "publisher" | "site", depth: number): string {
  for (const value of values) {
    const name = nameIn(value, wanted, depth + 1);
    if (name !== "") return name;
  }
  return "";
}

const isSite = (type: unknown): boolean => [type].flat().some((one) => typeof one === "string" && SITES.has(one));

function nameOf(about: unknown): string {
  if (typeof about === "string") return about;
  if (Array.isArray(about)) return nameOf(about[0]);
  return typeof about === "object" && about !== null && "name" in about && typeof about.name === "string"
    ? about.name
    : "";
}
