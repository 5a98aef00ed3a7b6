import * as z from "zod";
import { Article } from "../../article/article.ts";
import { Instant } from "../../time/instant.ts";
import { LONGEST_NOTE } from "../edition.ts";
import { withJoin, withPicture, withPlacing, withReset, withRewrite, withSplit, withSummary } from "./apply.ts";
import { PictureChoice } from "./picture-choice.ts";
import { writingIn } from "./writing.ts";

/**
 * A stored decision about an edition (`D#n`): append-only, numbered from 1 without gaps. Stories are identified by id;
 * list numbers in a request are resolved before the decision is stored, because the list changes and the log must not.
 */
const stamp = {
  n: z.number().int().min(1),
  by: z.string(),
  /** The author's subject at the identity provider; absent for commands given with IAM, and in older logs. */
  byId: z.string().optional(),
  at: Instant,
  /** The request's key: a repeated request, because its answer was lost, is the same decision. */
  key: z.string().optional(),
};

/** Whether its writer was still in the same field as at the decision before it, which is one with it. */
const writing = { continues: z.literal(true).optional() };

/** Fields that can be rewritten: of a story, and of the edition. */
export const Field = z.enum(["title", "url", "paragraphs", "summary", "picture", "subject", "preheader"]);
export type Field = z.infer<typeof Field>;
/** A rewrite's values; a summary and a picture are separate decisions. */
export const RewrittenField = Field.exclude(["summary", "picture"]);
export type RewrittenField = z.infer<typeof RewrittenField>;

export const Decision = z.discriminatedUnion("do", [
  /** Takes candidates seen up to `cutoff`; earlier decisions stay in force. Ends a skip. */
  z.strictObject({ do: z.literal("build"), cutoff: Instant, ...stamp }),
  /** The edition comes from a plain-text digest. Earlier decisions were about other stories and end here. */
  z.strictObject({
    do: z.literal("draft"),
    paragraphs: z.array(z.string()),
    headlines: z.array(z.strictObject({ line: z.number().int().min(1), title: z.string() })),
    subject: z.string().nullable(),
    ...stamp,
  }),
  /** Keeps the story in the edition. `to`: its position (0 is the lead); null: by its score. */
  z.strictObject({ do: z.literal("pin"), story: z.string(), to: z.number().int().min(0).nullable(), ...stamp }),
  z.strictObject({ do: z.literal("remove"), story: z.string(), ...stamp }),
  /** An added story that isn't a candidate, as it was then: from outside the window, or without a source. */
  z.strictObject({ do: z.literal("add"), article: Article, to: z.number().int().min(0).nullable(), ...stamp }),
  z.strictObject({ do: z.literal("move"), story: z.string(), to: z.number().int().min(0), ...stamp }),
  /** Shows the story by this article, because it has overtaken the one shown before. */
  z.strictObject({ do: z.literal("show"), story: z.string(), article: z.string(), ...stamp }),
  /** Absent fields don't change. Without a story, it is about the edition's subject and preheader. */
  z.strictObject({
    do: z.literal("rewrite"),
    story: z.string().nullable(),
    title: z.string().optional(),
    url: z.string().optional(),
    paragraphs: z.array(z.string()).optional(),
    subject: z.string().optional(),
    preheader: z.string().optional(),
    ...writing,
    ...stamp,
  }),
  /** The sentence under a headline by an editor; null: none, not even the source's. */
  z.strictObject({ do: z.literal("summary"), story: z.string(), text: z.string().nullable(), ...writing, ...stamp }),
  /** The story's picture: which one, its focus, and its alt text. */
  z.strictObject({ do: z.literal("picture"), story: z.string(), ...PictureChoice.shape, ...stamp }),
  /** These articles become a story of their own. `rest`: one that stays; `to`: its position. */
  z.strictObject({
    do: z.literal("split"),
    story: z.string(),
    articles: z.array(z.string()).min(1),
    rest: z.string(),
    to: z.number().int().min(0).nullable(),
    ...stamp,
  }),
  /** Joins two stories, shown as `story` was. `to`: its position; null: neither was in the edition. */
  z.strictObject({
    do: z.literal("join"),
    story: z.string(),
    other: z.string(),
    to: z.number().int().min(0).nullable(),
    ...stamp,
  }),
  /** Restores these fields to the source's words; without stories, to the edition's own defaults. */
  z.strictObject({ do: z.literal("reset"), stories: z.array(z.string()), fields: z.array(Field), ...stamp }),
  z.strictObject({ do: z.literal("skip"), reason: z.string().nullable(), ...stamp }),
  /** Undoes the decision number `of`, which may itself be an undo. */
  z.strictObject({ do: z.literal("undo"), of: z.number().int().min(1), ...stamp }),
  /**
   * `due`: when it should go out; absent: at once. `hash`: of the approved bytes. `waived`: the overridden blockers.
   */
  z.strictObject({
    do: z.literal("approve"),
    due: Instant.optional(),
    hash: z.string().optional(),
    waived: z.array(z.string()).optional(),
    ...stamp,
  }),
  /** Withdraws the approval; it is a draft again. */
  z.strictObject({ do: z.literal("withdraw"), ...stamp }),
  z.strictObject({ do: z.literal("cancel"), reason: z.string().nullable(), ...stamp }),
  /** A note, shown with its date above the edition on the web. */
  z.strictObject({ do: z.literal("note"), text: z.string().min(1).max(LONGEST_NOTE), ...stamp }),
  /** The editors were mailed. Numbered like the rest, so only one of two runs of a schedule mails them. */
  z.strictObject({
    do: z.literal("tell"),
    what: z.enum(["waiting", "skipped", "held", "blocked", "links", "missing", "gate"]),
    ...stamp,
  }),
]);
export type Decision = z.infer<typeof Decision>;

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
/** A decision without its number. */
export type NewDecision = DistributiveOmit<Decision, "n">;

/** `summary` null: the story is shown without one. */
export type Rewrite = {
  title?: string;
  url?: string;
  paragraphs?: string[];
  summary?: string | null;
  picture?: PictureChoice;
};

/** Changes of the order, story by story; `to` null: by its score. Rewritten stories are kept in. */
export type Move =
  | { do: "place"; story: string; to: number | null }
  | { do: "keep"; story: string }
  | { do: "remove"; story: string };

/** Editors' grouping of articles, which overrides clustering. Stories are identified by any article's id. */
export type Regrouping = { do: "split"; articles: string[] } | { do: "join"; story: string; other: string };

/** An edition's text from a file. */
export type FileDraft = {
  paragraphs: string[];
  headlines: { line: number; title: string }[];
  subject: string | null;
};

/** The editorial state by the log, whatever the candidates are. */
export type EditorialState = {
  /** Null: made from candidates. */
  file: FileDraft | null;
  removed: Set<string>;
  /** In the order decided. */
  moves: Move[];
  /** Stories that aren't candidates, by id. */
  added: Map<string, Article>;
  /** The article by which a story is shown, if that was decided. */
  shown: Map<string, string>;
  rewrites: Map<string, Rewrite>;
  /** In the order decided. */
  regroupings: Regrouping[];
  /** When a story was last rewritten, because its source may have changed since. */
  rewrittenAt: Map<string, Instant>;
  subject: string | null;
  preheader: string | null;
  skip: { reason: string | null } | null;
};

const emptyEditorialState = (): EditorialState => ({
  file: null,
  removed: new Set(),
  moves: [],
  added: new Map(),
  shown: new Map(),
  rewrites: new Map(),
  regroupings: [],
  rewrittenAt: new Map(),
  subject: null,
  preheader: null,
  skip: null,
});

/** The decisions in force: not undone and not an undo. A later undo can reverse an earlier one. */
export function decisionsInForce(decisions: readonly Decision[]): Decision[] {
  const undone = new Set<number>();
  const allOf = writingIn(decisions);
  for (const decision of decisions.toSorted((a, b) => b.n - a.n)) {
    if (decision.do !== "undo" || undone.has(decision.n)) continue;
    for (const { n } of allOf(decision.of)) undone.add(n);
  }
  return decisions
    .filter((decision) => decision.do !== "undo" && !undone.has(decision.n))
    .toSorted((a, b) => a.n - b.n);
}

/** Folds the log: changes of the order one after the other, and the latest rewrite of each field. */
export function editorialStateOf(decisions: readonly Decision[]): EditorialState {
  return decisionsInForce(decisions).reduce(apply, emptyEditorialState());
}

function apply(editorial: EditorialState, decision: Decision): EditorialState {
  switch (decision.do) {
    case "build":
      return { ...editorial, skip: null };
    case "draft": {
      const { paragraphs, headlines, subject } = decision;
      return { ...emptyEditorialState(), file: { paragraphs, headlines, subject } };
    }
    case "pin":
    case "move":
      return withPlacing(editorial, decision.story, decision.to);
    case "add": {
      const { article, to } = decision;
      return withPlacing({ ...editorial, added: new Map(editorial.added).set(article.id, article) }, article.id, to);
    }
    case "remove": {
      const { story } = decision;
      const removed = new Set(editorial.removed).add(story);
      return { ...editorial, removed, moves: [...editorial.moves, { do: "remove", story }] };
    }
    case "show":
      return { ...editorial, shown: new Map(editorial.shown).set(decision.story, decision.article) };
    case "rewrite":
      return withRewrite(editorial, decision);
    case "summary":
      return withSummary(editorial, decision);
    case "picture":
      return withPicture(editorial, decision);
    case "split":
      return withSplit(editorial, decision);
    case "join":
      return withJoin(editorial, decision);
    case "reset":
      return withReset(editorial, decision);
    case "skip":
      return { ...editorial, skip: { reason: decision.reason } };
    default:
      return editorial;
  }
}
