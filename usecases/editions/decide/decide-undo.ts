import { cleanLine } from "#domain/article/text.ts";
import { isSamePerson } from "#domain/desk/author.ts";
import { finderWith } from "#domain/edition/content/from-picks.ts";
import type { DecisionInput } from "#domain/edition/decisions/decision-input.ts";
import {
  decisionsInForce,
  type EditorialState,
  editorialStateOf,
  type NewDecision,
  RewrittenField,
} from "#domain/edition/decisions/decisions.ts";
import { fault, type Outcome } from "#domain/outcome.ts";
import type { EditionState } from "../making/change.ts";

type Was = Extract<DecisionInput, { do: "rewrite" }>["was"];
type Rewriting = Extract<NewDecision, { do: "rewrite" }>;

/**
 * Refuses to overwrite words that another editor wrote meanwhile, which are neither those this editor saw nor the new
 * ones. Words from a source, such as a headline or the subject made from it, cause no conflict.
 */
export function refuseOverwrite(decision: Rewriting, was: Was = {}, now: EditionState): Outcome<never> | null {
  const editorial = editorialStateOf(now.log);
  for (const field of RewrittenField.options) {
    const [seen, mine] = [was[field], decision[field]];
    const written = seen === undefined ? undefined : writtenFor(field, decision.story, now, editorial);
    if (seen === undefined || mine === undefined || written === undefined) continue;
    const known = [seen, textOf(mine)].map(plain);
    const says = [written.text, ...shownOf(field, decision.story, now)];
    if (says.some((text) => known.includes(plain(text)))) continue;
    const who = isSamePerson(written, decision) ? "You" : written.by;
    return fault("conflict", `${who} wrote “${short(written.text)}” meanwhile; yours is not saved over it.`);
  }
  return null;
}

/** The same for a summary; here an empty one can be an editor's choice as well. */
export function refuseSummaryOverwrite(
  decision: Extract<NewDecision, { do: "summary" }>,
  seen: string | undefined,
  now: EditionState,
): Outcome<never> | null {
  const written = decisionsInForce(now.log)
    .flatMap((one) => (one.do === "summary" && one.story === decision.story ? [one] : []))
    .at(-1);
  const isWritten = editorialStateOf(now.log).rewrites.get(decision.story)?.summary !== undefined;
  if (seen === undefined || written === undefined || !isWritten) return null;
  if ([seen, decision.text ?? ""].map(plain).includes(plain(written.text ?? ""))) return null;
  const who = isSamePerson(written, decision) ? "You" : written.by;
  const did = written.text === null ? "removed the summary" : `wrote “${short(written.text)}”`;
  return fault("conflict", `${who} ${did} meanwhile; yours is not saved over it.`);
}

/** The editors' words in a field, and who wrote them. */
function writtenFor(field: RewrittenField, story: string | null, now: EditionState, editorial: EditorialState) {
  const articles = story === null ? [] : (finderWith(now.field.scored, editorial)(story)?.candidate.articles ?? []);
  // In the order used when an edition is made: the last of a story's articles counts, and its own id above all.
  const id = [...articles.map((one) => one.id), story].findLast((one) => isWritten(field, one, editorial));
  return decisionsInForce(now.log)
    .flatMap((one) => {
      const text = one.do === "rewrite" && one.story === id ? one[field] : undefined;
      return one.do === "rewrite" && text !== undefined ? [{ by: one.by, text: textOf(text) }] : [];
    })
    .at(-1);
}

function isWritten(field: RewrittenField, story: string | null, editorial: EditorialState): boolean {
  if (field === "subject" || field === "preheader") return story === null && editorial[field] !== null;
  return story !== null && editorial.rewrites.get(story)?.[field] !== undefined;
}

/**
 * A lead shows only as many paragraphs as the newsletter's config allows, so the editor saw only those of a longer
 * text.
 */
function shownOf(field: RewrittenField, story: string | null, { fold, log }: EditionState): string[] {
  if (field !== "paragraphs") return [];
  const { lead } = fold(log);
  return lead.storyId === story ? [textOf(lead.paragraphs)] : [];
}

const textOf = (value: string | readonly string[]): string => [value].flat().join("\n\n");

/** White space and hidden characters are cleaned away, so they don't count as a difference. */
const plain = (text: string): string => cleanLine(text).replace(/\p{Cf}+/gu, "");

/** Longest quotation in a sentence, in characters. */
const QUOTED = 160;
const short = (text: string): string => (text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text);
