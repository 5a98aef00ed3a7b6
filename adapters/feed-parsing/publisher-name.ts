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
  const bare = script.replace(/<!\[CDATA\[|\]\]>/g, "").replace(/^[^[{]{0,99}|[^\]}]{0,99}$/g, "");
  const data = jsonOf(bare) ?? jsonOf(repaired(bare));
  return nameIn(data, "publisher", 0) || nameIn(data, "site", 0);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Without line breaks inside texts and commas before a closing bracket. */
const repaired = (json: string): string => json.replace(/\s+/g, " ").replace(/, ?(?=[}\]])/g, "");

const SITES = new Set(
  "WebSite NewsMediaOrganization Organization Corporation Blog Periodical Newspaper RadioStation TelevisionStation BroadcastService".split(
    " ",
  ),
);

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

/** @param type may be an address: `https://schema.org/WebSite` */
const isSite = (type: unknown): boolean =>
  [type].flat().some((one) => typeof one === "string" && SITES.has(one.slice(one.lastIndexOf("/") + 1)));

function nameOf(about: unknown): string {
  if (typeof about === "string") return about;
  if (Array.isArray(about)) return nameOf(about[0]);
  if (typeof about !== "object" || about === null || !("name" in about)) return "";
  const [name] = [about.name].flat();
  return typeof name === "string" ? name : "";
}
