import type { Decision } from "../saving/decision.ts";

/** Which of an edition's texts a field has: its name, and its story where it has one. */
export type TextPlace = { readonly field?: string | undefined; readonly story?: string | undefined };

/** @param was the text that `text` replaces, where that is known: the server refuses to replace another */
export function decisionOf({ field = "", story }: TextPlace, text: string, was: string | undefined): Decision {
  if (field === "summary") return { do: "summary", story, text: text.trim() || null, was };
  const value = field === "paragraphs" ? paragraphsIn(text) : text.trim();
  return { do: "rewrite", ...(story ? { story } : {}), [field]: value, was: { [field]: was } };
}

/** Whether a field may be saved without a word in it. */
export const mayBeEmpty = ({ field = "" }: TextPlace): boolean => ["paragraphs", "summary"].includes(field);

/** What a field will contain once all these decisions have arrived; undefined where that isn't known here. */
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

/** The text a decision gives a field; undefined where it is about something else. */
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
