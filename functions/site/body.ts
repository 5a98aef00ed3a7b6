import type { SiteContext } from "./look.ts";

/** Our forms have a few hundred bytes. */
const LONGEST = 16 * 1024;

type Body = { fields: Record<string, string> } | { refused: 400 | 413 | 415 };

/** The first value of each field of a form or JSON object. A body that is too long isn't parsed. */
export async function readBody(c: SiteContext, kinds: readonly ("form" | "json")[]): Promise<Body> {
  const type = (c.req.header("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
  const kind = type === "application/json" ? "json" : type === "application/x-www-form-urlencoded" ? "form" : undefined;
  if (kind === undefined || !kinds.includes(kind)) return { refused: 415 };
  const bytes = await c.req.arrayBuffer();
  if (bytes.byteLength > LONGEST) return { refused: 413 };
  const text = new TextDecoder().decode(bytes);
  if (kind === "form") return { fields: Object.fromEntries([...new URLSearchParams(text)].reverse()) };
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return { refused: 400 };
    const strings = Object.entries(parsed).filter((entry): entry is [string, string] => typeof entry[1] === "string");
    return { fields: Object.fromEntries(strings) };
  } catch {
    return { refused: 400 };
  }
}
