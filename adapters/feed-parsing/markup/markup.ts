import { LONGEST_ATTRIBUTE } from "../limits.ts";
import type { Attributes } from "./names.ts";
import { ATTRIBUTES } from "./vocabulary.ts";

export const escapeXml = (text: string): string =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");

/** Attributes whose value is a link. */
const LINKS = new Set(["href", "src", "url"]);

/** The known attributes of an element, with absolute links; its base is kept for links in its text. */
export function attributesOf(attributes: Attributes, base: string | undefined): string {
  let out = "";
  for (const [rawName, value] of Object.entries(attributes)) {
    const name = rawName.toLowerCase();
    if (!ATTRIBUTES.has(name) || value === "" || value.length > LONGEST_ATTRIBUTE) continue;
    out += ` ${name}="${escapeXml(LINKS.has(name) ? absolute(value.trim(), base) : value)}"`;
  }
  return out;
}

const absolute = (link: string, base: string | undefined) =>
  base === undefined || /^[a-z][a-z0-9+.-]*:/i.test(link) ? link : (URL.parse(link, base)?.href ?? link);

/** HTML elements whose attributes matter when they are written back as text. */
const TELLING: Readonly<Record<string, readonly string[]>> = {
  img: ["src", "alt", "title", "width", "height", "data-src", "srcset"],
  a: ["href"],
};

/** A start tag as HTML source, without prefix, with the relevant attributes and absolute links. */
export function openMarkup(rawName: string, attributes: Attributes, base: string | undefined): string {
  const name = localName(rawName);
  let out = `<${name}`;
  for (const attribute of TELLING[name] ?? []) {
    const value = attributes[attribute];
    if (value === undefined || value.length > LONGEST_ATTRIBUTE) continue;
    out += ` ${attribute}="${escapeXml(LINKS.has(attribute) ? absolute(value.trim(), base) : value)}"`;
  }
  return `${out}>`;
}

const VOID = new Set(["br", "hr", "img", "wbr", "input", "source", "col"]);

export const closeTag = (rawName: string) => (VOID.has(localName(rawName)) ? "" : `</${localName(rawName)}>`);

/** HTML's names in lower case; a single capital is a type in code: `Vector<T>`. */
function localName(rawName: string): string {
  const name = rawName.slice(rawName.indexOf(":") + 1);
  return /^[A-Z]$/.test(name) && !/^[ABIPQSU]$/.test(name) ? name : name.toLowerCase();
}
