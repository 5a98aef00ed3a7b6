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
 * Refuses to write over words that someone wrote meanwhile: neither what the editor saw nor what they write now. What
 * no editor wrote, a source's headline or the subject made of it, is no one's to lose and no conflict.
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

/** The same for a summary, where none at all is something an editor may have wanted, too. */
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

/** The editors' words that are in a field, and whose they are. */
function writtenFor(field: RewrittenField, story: string | null, now: EditionState, editorial: EditorialState) {
  const articles = story === null ? [] : (finderWith(now.field.scored, editorial)(story)?.candidate.articles ?? []);
  // As the edition is made: of a story's articles the last counts, and its own id most.
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

/** A lead shows no more paragraphs than the newsletter's config says: that is what was seen of a longer text. */
function shownOf(field: RewrittenField, story: string | null, { fold, log }: EditionState): string[] {
  if (field !== "paragraphs") return [];
  const { lead } = fold(log);
  return lead.storyId === story ? [textOf(lead.paragraphs)] : [];
}

const textOf = (value: string | readonly string[]): string => [value].flat().join("\n\n");

/** White space and hidden characters, which are cleaned away, make no other text. */
const plain = (text: string): string => cleanLine(text).replace(/\p{Cf}+/gu, "");

/** Characters of someone's text that a sentence quotes. */
const QUOTED = 160;
const short = (text: string): string => (text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text);
