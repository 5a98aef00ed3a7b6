import type { Decision } from "../saving/decision.ts";

/** Identifies an edition's text: the field's name, and its story if it has one. */
type TextPlace = { readonly field?: string | undefined; readonly story?: string | undefined };

/** @param was the text that `text` replaces, if known; the server refuses to replace another one */
export function decisionOf(
  { field = "", story }: TextPlace,
  text: string,
  was: string | undefined,
): Exclude<Decision, "build"> {
  if (field === "summary") return { do: "summary", story, text: text.trim() || null, was };
  const value = field === "paragraphs" ? paragraphsIn(text) : text.trim();
  return { do: "rewrite", ...(story ? { story } : {}), [field]: value, was: { [field]: was } };
}

/** Whether a field may be saved empty. */
export const mayBeEmpty = ({ field = "" }: TextPlace): boolean => ["paragraphs", "summary"].includes(field);

/** A field's text once all these decisions are saved; undefined if that isn't known here. */
export function textAfter(
  decisions: readonly Decision[],
  place: TextPlace,
  before: string | undefined,
): string | undefined {
  let text = before;
  for (const decision of decisions) {
    const isUnclear = decision !== "build" && ["undo", "redo", "reset"].includes(decision.do);
    text = textIn(decision, place) ?? (isUnclear ? undefined : text);
  }
  return text;
}

/** The text that a decision gives a field; undefined if it is about something else. */
export function textIn(decision: Decision, { field = "", story }: TextPlace): string | undefined {
  if (decision === "build" || (decision.story ?? "") !== story) return undefined;
  if (field === "summary") return decision.do === "summary" ? String(decision.text ?? "") : undefined;
  if (decision.do !== "rewrite") return undefined;
  const value = decision[field];
  return value === undefined ? undefined : [value].flat().join("\n\n");
}

const paragraphsIn = (text: string): string[] =>
  text
    .split(/\n\s*\n/)
    .map((one) => one.trim())
    .filter(Boolean);
