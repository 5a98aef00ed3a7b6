/** More of a page's JSON-LD is not its publisher. Characters. */
const MOST = 100_000;
/** Lists and objects are followed so deep. */
const DEEPEST = 6;

/**
 * Who publishes a page, by its JSON-LD (schema.org): the `publisher` of what it describes, else the name of the WebSite
 * or NewsMediaOrganization that it is. Empty where it doesn't say.
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
