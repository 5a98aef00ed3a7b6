import * as z from "zod";
import { ArticleImage } from "../../article/article.ts";
import { Focus } from "../edition.ts";
import { Field } from "./decisions.ts";

/** A picture that an editor brings along with a page. */
const OwnImage = ArticleImage.extend({ url: z.url({ protocol: /^https?$/ }).max(2000), alt: z.string().max(300) });

/** One thing an editor did. Stories are named by id or by their number in the list (0 is the lead). */
export const DecisionInput = z.discriminatedUnion("do", [
  z.object({ do: z.literal("pin"), story: z.string(), at: z.number().int().min(0).optional() }),
  z.object({ do: z.literal("remove"), story: z.string() }),
  z.object({ do: z.literal("move"), story: z.string(), to: z.number().int().min(0) }),
  /** It leads; what led becomes the first headline. */
  z.object({ do: z.literal("lead"), story: z.string() }),
  /** Back from among the removed, to the place it had. */
  z.object({ do: z.literal("restore"), story: z.string() }),
  /**
   * A story by its address or id, also one that isn't a candidate. What no source has brought needs a title. Without `at`
   * it stands where its score puts it. Its source's name, a summary and a picture can come with what no source has brought.
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
     * What the editor saw in each field, paragraphs with an empty line between them. Where someone wrote something
     * else meanwhile, the rewrite is a conflict. It is not stored.
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
  }),
  /** The sentence under a headline; null: none. `was`: what the editor saw, as of a rewrite; empty: none. */
  z.object({
    do: z.literal("summary"),
    story: z.string(),
    text: z.string().nullable(),
    was: z.string().optional(),
  }),
  /**
   * The picture: its number among those of the story's articles, from 1, or its address; null: none. `focus` null: a crop
   * keeps what the eye goes to.
   */
  z.object({
    do: z.literal("picture"),
    story: z.string(),
    picture: z.string().nullable().optional(),
    focus: Focus.nullable().optional(),
    alt: z.string().optional(),
  }),
  /** Articles of the story, by id or address, that tell something else: they become a story of their own. */
  z.object({ do: z.literal("split"), story: z.string(), articles: z.array(z.string()).min(1) }),
  /** Another story that tells the same: both become one, which is shown as `story` is. */
  z.object({ do: z.literal("join"), story: z.string(), other: z.string() }),
  /** Back to the source's words: of a story, or without one of the edition. Without fields, all of them. */
  z.object({ do: z.literal("reset"), story: z.string().optional(), fields: z.array(Field).optional() }),
  z.object({ do: z.literal("skip"), reason: z.string().optional() }),
  /** Takes back the decision of that number; without one, the latest that stands. */
  z.object({ do: z.literal("undo"), of: z.number().int().min(1).optional() }),
  /** Takes back the latest undo, unless something was decided since. */
  z.object({ do: z.literal("redo") }),
]);
export type DecisionInput = z.infer<typeof DecisionInput>;
