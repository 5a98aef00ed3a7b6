import * as z from "zod";
import { counted } from "../../counted.ts";
import { type Author, isSamePerson } from "../../desk/author.ts";
import { Instant } from "../../time/instant.ts";
import { type Decision, decisionsInForce, editorialStateOf, type Field } from "../decisions/decisions.ts";
import { writingIn } from "../decisions/writing.ts";

/** One decision for editors: who did what, with before and after. */
export const Entry = z.object({
  n: z.number().int(),
  /** The number of its first decision, if it is a text that was saved several times while it was written. */
  first: z.number().int(),
  at: Instant,
  by: z.string(),
  do: z.string(),
  /** The action, to follow a name: `moved “Snow at last” from 7 to 2`. */
  text: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  /** False: undone since. */
  stands: z.boolean(),
});
export type Entry = z.infer<typeof Entry>;

/** Facts that aren't in the log. */
export type HistoryFacts = {
  titleOf: (story: string) => string;
  /** An article's title, whichever story it is in now. */
  articleTitleOf: (article: string) => string;
  /** A story's position when the log had only these decisions; null: not in the edition; undefined: unknown. */
  placeOf: (story: string, log: readonly Decision[]) => number | null | undefined;
  /** The source's value of a field, or the default of subject and preheader; null: unknown. */
  sourceOf: (story: string | null, field: Field) => string | null;
  timeZone: string;
};

const named: Record<Field, string> = {
  title: "headline",
  url: "link",
  paragraphs: "text",
  summary: "summary",
  picture: "picture",
  subject: "subject",
  preheader: "preheader",
};

/** The newest `most` entries of a log, newest first. */
export function historyOf(log: readonly Decision[], facts: HistoryFacts, most: number): Entry[] {
  const sorted = log.toSorted((a, b) => a.n - b.n);
  const stands = new Set(decisionsInForce(sorted).map(({ n }) => n));
  const byNumber = new Map(sorted.map((decision) => [decision.n, decision]));
  const allOf = writingIn(sorted);
  const isOpen = (decision: Decision): boolean =>
    decision.do === "undo" ? !isTakenBack(decision.n, sorted) : stands.has(decision.n);
  return sorted
    .filter(({ n }) => allOf(n).at(-1)?.n === n)
    .slice(-most)
    .toReversed()
    .map((decision) => {
      const { n, at, by } = decision;
      const first = allOf(n)[0]?.n ?? n;
      const before = sorted.filter((other) => other.n < first);
      const text = describeDecision(decision, before, facts, byNumber);
      return {
        n,
        first,
        at,
        by,
        do: decision.do,
        text: text.text,
        before: text.before ?? null,
        after: text.after ?? null,
        stands: isOpen(decision),
      };
    });
}

function isTakenBack(n: number, log: readonly Decision[]): boolean {
  const by = log.findLast((other) => other.do === "undo" && other.of === n);
  return by !== undefined && !isTakenBack(by.n, log);
}

type EntryText = { text: string; before?: string | null; after?: string };

function describeDecision(
  decision: Decision,
  before: readonly Decision[],
  facts: HistoryFacts,
  byNumber: ReadonlyMap<number, Decision>,
): EntryText {
  switch (decision.do) {
    case "build":
      return { text: `drafted it from news up to ${clock(decision.cutoff, facts.timeZone)}` };
    case "draft":
      return { text: `drafted it from a file with ${counted(decision.headlines.length, "headline")}` };
    case "pin":
    case "move":
      return describePlacing(decision, before, facts);
    case "add":
      return { text: `added “${decision.article.title}”${at(decision.to)}` };
    case "remove":
      return describeRemoval(decision.story, before, facts);
    case "show":
      return { text: `showed a newer report of “${facts.titleOf(decision.story)}”` };
    case "rewrite":
      return describeRewrite(decision, before, facts);
    case "summary":
      return describeSummary(decision, before, facts);
    case "picture":
      return { text: describePicture(decision, facts) };
    case "split": {
      const titles = decision.articles.map((id) => `“${facts.articleTitleOf(id)}”`).join(" and ");
      return { text: `split ${titles} off from “${facts.articleTitleOf(decision.rest)}”` };
    }
    case "join":
      return {
        text: `joined “${facts.articleTitleOf(decision.other)}” with “${facts.articleTitleOf(decision.story)}”`,
      };
    case "reset": {
      const whose = decision.stories.length === 0 ? "" : ` of “${facts.titleOf(decision.stories[0] ?? "")}”`;
      return {
        text: `reset the ${decision.fields.map((field) => named[field]).join(" and ")}${whose} to the source’s words`,
      };
    }
    case "skip":
      return { text: decision.reason === null ? "skipped it" : `skipped it: ${decision.reason}` };
    case "undo":
      return describeUndo({ author: decision, of: decision.of, word: "undid" }, before, facts, byNumber);
    case "approve":
      return {
        text:
          (decision.due === undefined ? "approved it" : `approved it for ${clock(decision.due, facts.timeZone)}`) +
          (decision.waived === undefined ? "" : ` despite ${decision.waived.join(", ")}`),
      };
    case "withdraw":
      return { text: "withdrew the approval" };
    case "cancel":
      return { text: decision.reason === null ? "cancelled it" : `cancelled it: ${decision.reason}` };
    case "note":
      return { text: `added a note on the web: “${decision.text}”` };
    case "tell":
      return { text: otherTexts[decision.what] };
  }
}

const otherTexts = {
  waiting: "mailed the editors that it waits for them",
  skipped: "mailed the editors that it is skipped",
  held: "mailed the editors that it is held",
  blocked: "mailed the editors why it is not sent",
  missing: "mailed the editors that most readers don't have it",
  gate: "mailed the editors what the freshness gate found",
  links: "mailed the editors of links that do not open",
};

const place = (to: number): string => (to === 0 ? "the lead" : String(to));
const at = (to: number | null): string => (to === null ? "" : to === 0 ? " as the lead" : ` at ${to}`);

function describePlacing(
  decision: Extract<Decision, { do: "pin" | "move" }>,
  before: readonly Decision[],
  facts: HistoryFacts,
): EntryText {
  const { story, to } = decision;
  const title = facts.titleOf(story);
  const from = facts.placeOf(story, before);
  const isRemoved = editorialStateOf(before).removed.has(story);
  if (isRemoved || from === null) return { text: `${isRemoved ? "brought back" : "put in"} “${title}”${at(to)}` };
  const was = from === undefined ? null : place(from);
  if (to === 0) return { text: `made “${title}” the lead`, before: was, after: place(0) };
  if (to === null || to === from) return { text: `kept “${title}” where it is` };
  const text = was === null ? `moved “${title}” to ${place(to)}` : `moved “${title}” from ${was} to ${place(to)}`;
  return { text, before: was, after: place(to) };
}

function describeRemoval(story: string, before: readonly Decision[], facts: HistoryFacts): EntryText {
  const from = facts.placeOf(story, before);
  const was = from == null ? null : place(from);
  const suffix = from == null ? "" : from === 0 ? ", the lead" : `, headline ${from}`;
  return { text: `removed “${facts.titleOf(story)}”${suffix}`, before: was };
}

function describeRewrite(
  decision: Extract<Decision, { do: "rewrite" }>,
  before: readonly Decision[],
  facts: HistoryFacts,
): EntryText {
  const { story, title, url, paragraphs, subject, preheader } = decision;
  const given: [Field, string | undefined][] = [
    ["title", title],
    ["url", url],
    ["paragraphs", paragraphs?.join("\n\n")],
    ["subject", subject],
    ["preheader", preheader],
  ];
  const fields = given.flatMap(([field, text]) => (text === undefined ? [] : [{ field, text }]));
  const editorial = editorialStateOf(before);
  const rewrite = story === null ? undefined : editorial.rewrites.get(story);
  const own: Partial<Record<Field, string | null | undefined>> = {
    title: rewrite?.title,
    url: rewrite?.url,
    paragraphs: rewrite?.paragraphs?.join("\n\n"),
    subject: editorial.subject,
    preheader: editorial.preheader,
  };
  const whose = story === null ? "" : ` of “${facts.titleOf(story)}”`;
  return {
    text: `rewrote the ${fields.map(({ field }) => named[field]).join(" and ")}${whose}`,
    before: joined(fields.map(({ field }) => own[field] ?? facts.sourceOf(story, field))),
    after: fields.map(({ text }) => text).join("\n\n"),
  };
}

/** The texts, one below the other; null: unknown. */
function joined(texts: readonly (string | null)[]): string | null {
  const known = texts.filter((text) => text !== null);
  return known.length === 0 ? null : known.join("\n\n");
}

function describeSummary(
  { story, text }: Extract<Decision, { do: "summary" }>,
  before: readonly Decision[],
  facts: HistoryFacts,
): EntryText {
  const was = editorialStateOf(before).rewrites.get(story)?.summary;
  return {
    text: `${text === null ? "removed" : "wrote"} the summary of “${facts.titleOf(story)}”`,
    before: was === undefined ? facts.sourceOf(story, "summary") : (was ?? ""),
    after: text ?? "",
  };
}

function describePicture(
  { story, image, focus, alt }: Extract<Decision, { do: "picture" }>,
  facts: HistoryFacts,
): string {
  const title = `“${facts.titleOf(story)}”`;
  if (image === null) return `removed the picture of ${title}`;
  if (image !== undefined) return `chose another picture for ${title}`;
  if (focus !== undefined && alt !== undefined)
    return `moved the focus and changed the text of the picture of ${title}`;
  if (focus !== undefined) return `moved the focus of the picture of ${title}`;
  return alt === "" ? `removed the text of the picture of ${title}` : `described the picture of ${title}`;
}

/** An undo of an undo is a redo. */
function describeUndo(
  { author, of, word }: { author: Author; of: number; word: "undid" | "redid" },
  before: readonly Decision[],
  facts: HistoryFacts,
  byNumber: ReadonlyMap<number, Decision>,
): EntryText {
  const target = byNumber.get(of);
  if (target === undefined) return { text: `${word} a change that isn’t in the log any more` };
  if (target.do === "undo") {
    const opposite = word === "undid" ? "redid" : "undid";
    return describeUndo({ author, of: target.of, word: opposite }, before, facts, byNumber);
  }
  const first = writingIn(before)(of)[0]?.n ?? of;
  const earlier = before.filter(({ n }) => n < first);
  const whose = isSamePerson(target, author) ? "their own" : `${target.by}’s`;
  return { text: `${word} ${whose} change: ${describeDecision(target, earlier, facts, byNumber).text}` };
}

const clock = (instant: Instant, timeZone: string): string =>
  new Intl.DateTimeFormat("en-GB", { timeZone, weekday: "short", hour: "2-digit", minute: "2-digit" }).format(
    new Date(instant),
  );
