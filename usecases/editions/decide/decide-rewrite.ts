import { cleanField } from "#domain/article/text.ts";
import { counted, number } from "#domain/counted.ts";
import type { DecisionInput } from "#domain/edition/decisions/decision-input.ts";
import { editorialStateOf, Field, type NewDecision } from "#domain/edition/decisions/decisions.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import type { EditionState } from "../making/change.ts";
import type { Stamp } from "./decide-order.ts";
import { placeOf, storyNamed } from "./find-story.ts";

/** Longest text of a lead in characters, including paragraph ends; DynamoDB's limit for an item is 400 KB. */
const LONGEST_TEXT = 30_000;
const LONGEST_URL = 2000;

/** The fields to rewrite. */
export function decideRewrite(
  input: Extract<DecisionInput, { do: "rewrite" }>,
  current: EditionState,
  stamp: Stamp,
): Outcome<Extract<NewDecision, { do: "rewrite" }>> {
  const { title, url, paragraphs, subject, preheader } = input;
  const texts = { title, subject, preheader };
  const given = Object.entries(texts).flatMap(([name, text]) => (text === undefined ? [] : [[name, cleanField(text)]]));
  const wrong = given.flatMap(([name = "", text = ""]) => wrongText(name, text) ?? [])[0];
  if (wrong) return fault("bad-request", wrong);
  if (url !== undefined && !/^https?:\/\//i.test(url)) {
    return fault("bad-request", `“${url}” isn't a web address, which starts with https:// or http://.`);
  }
  if (url !== undefined && url.length > LONGEST_URL) {
    return fault(
      "bad-request",
      `The new address has ${counted(url.length, "character")}, and ${number(LONGEST_URL)} is the most.`,
    );
  }
  const body = paragraphs?.map((paragraph) => cleanField(paragraph)).filter((paragraph) => paragraph !== "");
  const size = body?.reduce((sum, { length }) => sum + length, body.length) ?? 0;
  if (size > LONGEST_TEXT) {
    return fault(
      "bad-request",
      `The new text has ${counted(size, "character")}, and ${number(LONGEST_TEXT)} is the most. Shorten it.`,
    );
  }
  const fields = { ...Object.fromEntries(given), ...(url ? { url } : {}), ...(body ? { paragraphs: body } : {}) };
  if (Object.keys(fields).length === 0) {
    return fault("bad-request", "Say what to rewrite: a title, an address, paragraphs, the subject or the preheader.");
  }
  if (input.story === undefined) {
    return title === undefined && url === undefined && body === undefined
      ? done({ do: "rewrite", story: null, ...fields, ...stamp })
      : fault("bad-request", "Say which story: its number in the list (0 is the lead) or its id.");
  }
  const found = storyNamed(input.story, current);
  return found.ok ? done({ do: "rewrite", story: found.value, ...fields, ...stamp }) : found;
}

/** Only the first headlines show a summary. */
export function decideSummary(
  { story, text }: Extract<DecisionInput, { do: "summary" }>,
  current: EditionState,
  stamp: Stamp,
  summaries: number,
): Outcome<Extract<NewDecision, { do: "summary" }>> {
  const words = text === null ? null : cleanField(text);
  const wrong = words === null ? null : wrongText("summary", words);
  if (wrong) return fault("bad-request", wrong);
  const found = storyNamed(story, current);
  if (!found.ok) return found;
  const place = placeOf(found.value, current.content);
  if (words !== null && place !== null && (place === 0 || place > summaries)) {
    const why =
      place === 0 ? "the lead has paragraphs instead" : `headline ${place} is not one of them. Move it up first`;
    const which =
      summaries === 0
        ? "This newsletter shows no summaries: its config has summaries: 0."
        : `Only the first ${summaries === 1 ? "headline has" : `${summaries} headlines have`} a summary: ${why}.`;
    return fault("wrong-state", which);
  }
  return done({ do: "summary", story: found.value, text: words, ...stamp });
}

/** Longest values, in characters: well within a stored decision and any inbox. */
const longest: Record<string, number> = { title: 300, subject: 200, preheader: 300, summary: 300 };

function wrongText(name: string, text: string): string | null {
  if (text === "") return `The new ${name} is empty.`;
  const most = longest[name] ?? Number.POSITIVE_INFINITY;
  return text.length > most
    ? `The new ${name} has ${counted(text.length, "character")}, and ${most} is the most.`
    : null;
}

const ofEdition: readonly Field[] = ["subject", "preheader"];

/** Restores the source's words. Each of a story's articles may have been rewritten under its own id. */
export function decideReset(
  { story, fields = Field.options }: Extract<DecisionInput, { do: "reset" }>,
  current: EditionState,
  stamp: Stamp,
): Outcome<NewDecision> {
  const editorial = editorialStateOf(current.log);
  if (story === undefined) {
    const own = ofEdition.filter((field) => fields.includes(field));
    const isRewritten = own.some((field) => (field === "subject" ? editorial.subject : editorial.preheader) !== null);
    return isRewritten
      ? done({ do: "reset", stories: [], fields: own, ...stamp })
      : fault("wrong-state", "Neither subject nor preheader was rewritten, so there is nothing to take back.");
  }
  const found = storyNamed(story, current);
  if (!found.ok) return found;
  const ids = current.field.scored.find(({ candidate }) => candidate.id === found.value)?.candidate.articles ?? [];
  const stories = [...new Set([found.value, ...ids.map(({ id }) => id)])].filter((id) =>
    Object.keys(editorial.rewrites.get(id) ?? {}).some((name) => fields.some((field) => field === name)),
  );
  const own = fields.filter((field) => !ofEdition.includes(field));
  return stories.length > 0
    ? done({ do: "reset", stories, fields: own, ...stamp })
    : fault("wrong-state", "That was not rewritten, so there is nothing to take back.");
}
