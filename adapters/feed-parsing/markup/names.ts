import { customaryName, namespaceName } from "./vocabulary.ts";

/** Namespace addresses by prefix; "" is the default namespace. Inner scopes inherit from outer ones. */
export type Scope = Readonly<Record<string, string>>;
export type Attributes = Readonly<Record<string, string>>;

export const emptyScope: Scope = Object.freeze(Object.create(null));

/** Most prefixes in one scope. Feeds declare about twenty; each scope is a copy of the outer one. */
const MOST_PREFIXES = 60;
/** Longest prefix and namespace address, in characters; longer ones are ignored. */
const LONGEST_ADDRESS = 300;

/** The scope inside an element with these attributes; the same object if it declares nothing new. */
export function scopeOf(outer: Scope, attributes: Attributes): Scope {
  let inner: Record<string, string> | undefined;
  for (const [name, value] of Object.entries(attributes)) {
    const prefix = name === "xmlns" ? "" : name.startsWith("xmlns:") ? name.slice(6).toLowerCase() : undefined;
    if (prefix === undefined || outer[prefix] === value || name.length > LONGEST_ADDRESS) continue;
    inner ??= copyOf(outer);
    if (prefix in inner || Object.keys(inner).length < MOST_PREFIXES) inner[prefix] = value.slice(0, LONGEST_ADDRESS);
  }
  return inner ?? outer;
}

const copyOf = (scope: Scope): Record<string, string> => Object.assign(Object.create(null), scope);

function splitName(name: string): { prefix: string; local: string } {
  const colon = name.indexOf(":");
  const prefix = colon < 0 ? "" : name.slice(0, colon).toLowerCase();
  return { prefix, local: name.slice(colon + 1).toLowerCase() };
}

/** The document's format, whose own elements have no prefix here. */
export type Dialect = { readonly core: "rss" | "atom"; readonly rootDefault: string | undefined };

/**
 * One name for each element, whatever its prefix in the feed: `title` for the format's own, `dc:date` for a known
 * module's, and null for an unknown vocabulary, so it isn't mistaken for the format's own.
 */
export function plainName(name: string, scope: Scope, { core, rootDefault }: Dialect): string | null {
  const { prefix, local } = splitName(name);
  const address = scope[prefix];
  if (prefix === "" && (address === undefined || address === "" || address === rootDefault)) return local;
  const namespace = address === undefined ? customaryName(prefix) : namespaceName(address);
  if (namespace === core) return local;
  return namespace === "?" ? null : `${namespace}:${local}`;
}

export type Root = { readonly kind: "rss" | "rdf" | "atom"; readonly core: "rss" | "atom" };

/** The kind of feed that begins with this element; undefined: none. */
export function rootOf(name: string, scope: Scope): Root | undefined {
  const { prefix, local } = splitName(name);
  const address = scope[prefix];
  const namespace = address === undefined ? (prefix === "" ? "" : customaryName(prefix)) : namespaceName(address);
  if (local === "feed" && namespace !== "xhtml") return { kind: "atom", core: "atom" };
  if (local === "rdf" && (namespace === "rdf" || prefix === "rdf")) return { kind: "rdf", core: "rss" };
  if ((local === "rss" || local === "channel") && namespace !== "xhtml") return { kind: "rss", core: "rss" };
  return undefined;
}
