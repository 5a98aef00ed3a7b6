import type { ConfigInput } from "#domain/config.ts";

/** Longest line of code, as in the formatter. */
const WIDTH = 120;

type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value | undefined };

/** Comments above the settings. */
const comments: Record<string, string> = {
  name: "The stack's name, and the beginning of every name it makes.",
  region: "Where SES is set up.",
  operator: "Who is mailed when an alarm goes off.",
  budget: "Mails the operator when the account's bill nears this sum.",
  site: "Links and pictures in old mails live as long as this domain does.",
  dns: "DNS records that the deployment sets in Route 53.",
  sources: "The first sources. Later ones come by `broadsheet source add`.",
};

/** A configuration as the text of broadsheet.config.ts, formatted like the formatter does. */
export function configText(config: ConfigInput): string {
  const settings = Object.entries(config)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => {
      const comment = comments[key];
      return `${comment === undefined ? "" : `  // ${comment}\n`}${entry(key, value, 1)}`;
    });
  return `import { defineConfig } from "#domain/config.ts";

/** This deployment. Every field is explained in domain/config.ts and domain/config/. */
export const config = defineConfig({
${settings.join("\n")}
});
`;
}

const entry = (key: string, value: Value, depth: number): string => {
  const name = /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
  const indent = "  ".repeat(depth);
  const text = literal(value, depth, indent.length + name.length + 3);
  const isTooLong = typeof value === "string" && indent.length + name.length + 3 + text.length > WIDTH;
  return `${indent}${name}:${isTooLong ? `\n${indent}  ` : " "}${text},`;
};

/** @param before columns that the line has before it and after it */
function literal(value: Value, depth: number, before: number): string {
  const inline = inlineLiteral(value);
  const isShort = before + inline.length <= WIDTH;
  if (typeof value !== "object" || (isShort && !isNested(value))) return inline;
  const indent = "  ".repeat(depth);
  if (isList(value)) {
    const inner = `${indent}  `;
    const items = value.map((item) => `${inner}${literal(item, depth + 1, inner.length + 1)},`);
    return `[\n${items.join("\n")}\n${indent}]`;
  }
  const entries = definedEntries(value).map(([key, item]) => entry(key, item, depth + 1));
  return `{\n${entries.join("\n")}\n${indent}}`;
}

function inlineLiteral(value: Value): string {
  if (typeof value === "string") return quoted(value);
  if (typeof value !== "object") return JSON.stringify(value);
  if (isList(value)) return `[${value.map(inlineLiteral).join(", ")}]`;
  const entries = definedEntries(value).map(([key, item]) => {
    const name = /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
    return `${name}: ${inlineLiteral(item)}`;
  });
  return `{ ${entries.join(", ")} }`;
}

/** In single quotes if that saves escapes, like the formatter. */
function quoted(text: string): string {
  const double = JSON.stringify(text);
  if (!text.includes('"') || text.includes("'")) return double;
  return `'${double.slice(1, -1).replaceAll('\\"', '"')}'`;
}

const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

/** Newsletters have a line for each setting. */
const isNested = (value: Value & object): boolean =>
  !isList(value) && definedEntries(value).some(([, item]) => typeof item === "object" && !isList(item));

const definedEntries = (value: { readonly [key: string]: Value | undefined }): [string, Value][] =>
  Object.entries(value).flatMap(([key, item]) => (item === undefined ? [] : [[key, item] as [string, Value]]));
