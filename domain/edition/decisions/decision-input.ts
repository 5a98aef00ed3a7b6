import * as z from "zod";
import { ArticleImage } from "../../article/article.ts";
import { Focus } from "../edition.ts";
import { Field } from "./decisions.ts";

/** A picture that an editor adds with a page. */
const OwnImage = ArticleImage.extend({ url: z.url({ protocol: /^https?$/ }).max(2000), alt: z.string().max(300) });

/** Whether the editor is still writing in the field of their last decision, so both are one to undo. */
const continues = z.boolean().optional();

/** One decision. Stories are identified by id or by their number in the list (0 is the lead). */
export const DecisionInput = z.discriminatedUnion("do", [
  z.object({ do: z.literal("pin"), story: z.string(), at: z.number().int().min(0).optional() }),
  z.object({ do: z.literal("remove"), story: z.string() }),
  z.object({ do: z.literal("move"), story: z.string(), to: z.number().int().min(0) }),
  /** Makes it the lead; the old lead becomes the first headline. */
  z.object({ do: z.literal("lead"), story: z.string() }),
  /** Restores a removed story to its old position. */
  z.object({ do: z.literal("restore"), story: z.string() }),
  /**
   * Adds a story by its address or id, candidate or not. If no source has it, it needs a title, and can have a source
   * name, a summary and a picture. Without `at`, its score gives its position.
   */
  z.object({
    do: z.literal("add"),
    story: z.string(),
    title: z.string().optional(),
    source: z.string().max(100).optional(),
    summary: z.string().max(1000).optional(),
    image: OwnImage.nullable().optional(),
    at: z.number().int().min(0).optional(),
  }),
  z.object({
    do: z.literal("rewrite"),
    story: z.string().optional(),
    title: z.string().optional(),
    url: z.url().optional(),
    paragraphs: z.array(z.string()).optional(),
    subject: z.string().optional(),
    preheader: z.string().optional(),
    /**
     * The text that the editor saw in each field, paragraphs separated by an empty line. If someone else changed it
     * meanwhile, the rewrite is a conflict. It isn't stored.
     */
    was: z
      .object({
        title: z.string().optional(),
        url: z.string().optional(),
        paragraphs: z.string().optional(),
        subject: z.string().optional(),
        preheader: z.string().optional(),
      })
      .optional(),
    continues,
  }),
  /** The sentence under a headline; null: none. `was`: the text that the editor saw, as for a rewrite; empty: none. */
  z.object({
    do: z.literal("summary"),
    story: z.string(),
    text: z.string().nullable(),
    was: z.string().optional(),
    continues,
  }),
  /**
   * The picture: its number among those of the story's articles, from 1, or its address; null: none. `focus` null:
   * automatic.
   */
  z.object({
    do: z.literal("picture"),
    story: z.string(),
    picture: z.string().nullable().optional(),
    focus: Focus.nullable().optional(),
    alt: z.string().optional(),
  }),
  /** Articles of the story, by id or address, that become a story of their own. */
  z.object({ do: z.literal("split"), story: z.string(), articles: z.array(z.string()).min(1) }),
  /** Another story about the same news; both are joined, and shown as `story` is. */
  z.object({ do: z.literal("join"), story: z.string(), other: z.string() }),
  /** Restores the source's words of a story or, without one, of the edition. Without fields, all of them. */
  z.object({ do: z.literal("reset"), story: z.string().optional(), fields: z.array(Field).optional() }),
  z.object({ do: z.literal("skip"), reason: z.string().optional() }),
  /** Undoes the decision with this number; without one, the latest in force. */
  z.object({ do: z.literal("undo"), of: z.number().int().min(1).optional() }),
  /** Reverses the latest undo, unless there was a decision since. */
  z.object({ do: z.literal("redo") }),
]);
export type DecisionInput = z.infer<typeof DecisionInput>;
