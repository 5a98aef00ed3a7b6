/**
 * SES replaces `{{name}}` in an inline template by the value as it is: no escaping, no helpers, one pass. Anything
 * between the braces that is not a name in the data, block helpers included, makes the message fail to render.
 * Source: SESv2 API Reference, EmailTemplateContent, and the developer guide's page on inline templates.
 */
const placeholder = /\{\{\{?([^{}]*)\}?\}\}/g;

export type Values = Record<string, string>;

/** The names a template asks for, each once. */
export function namesIn(template: string): string[] {
  const names = new Set<string>();
  for (const found of template.matchAll(placeholder))
    names.add(found[0].startsWith("{{{") ? found[0] : (found[1] ?? "").trim());
  return [...names];
}

/** The first of these names that has no value, or null. */
export function missing(names: readonly string[], values: Values): string | null {
  return names.find((name) => !Object.hasOwn(values, name)) ?? null;
}

/** Fills a template whose names all have values. */
export function fill(template: string, values: Values): string {
  return template.replace(placeholder, (whole, name: string) => values[name.trim()] ?? whole);
}

/** Template data as SES takes it: a JSON object in a string. Undefined where it is not one. */
export function readValues(data: string | undefined): Values | undefined {
  if (data === undefined || data === "") return {};
  let parsed: unknown;
  try {
    parsed = JSON.parse(data);
  } catch {
    return undefined;
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return undefined;
  const values: Values = {};
  for (const [name, value] of Object.entries(parsed)) {
    if (typeof value === "string") values[name] = value;
    else if (typeof value === "number" || typeof value === "boolean") values[name] = String(value);
  }
  return values;
}
