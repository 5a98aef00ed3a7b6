import * as z from "zod";

export const limits = {
  /** Most bytes of a body. */
  body: 1024 * 1024,
  articles: 100,
  /** Most characters of an article's id, and of an Idempotency-Key. */
  id: 200,
  idempotencyKey: 255,
  /** Limit of requests from one client address to one function instance. */
  client: { rate: 10, burst: 50 },
  /** Hours for which an Idempotency-Key is remembered. */
  remembered: 24,
} as const;

const text = (description: string) => z.string().nullish().describe(description);

export const PushedArticle = z
  .strictObject({
    id: z
      .string()
      .regex(/\S/, "must not be empty")
      .max(limits.id)
      .nullish()
      .describe("Your own name for the article. Sent again under the same id, it is the same article."),
    title: z.string().regex(/\S/, "must not be empty").describe("The headline, as plain text."),
    url: text("Where readers find it: an absolute http or https address."),
    published: text("When you published it, such as 2026-11-23T07:00:00Z (RFC 3339). Without it: when it arrived."),
    summary: text("What it says, in a sentence or two."),
    content_html: text("The whole text as HTML; only its words and its first picture are used."),
    content_text: text("The whole text as plain text, an empty line between paragraphs."),
    author: text("Who wrote it."),
    section: text("The section of your publication."),
    language: text("A BCP 47 tag, such as en or pt-BR. Without it, the language is guessed."),
    image: z
      .strictObject({
        url: z.string().describe("An absolute http or https address."),
        alt: text("What the picture shows, for those who cannot see it."),
      })
      .nullish()
      .describe("The lead picture."),
  })
  .refine((one) => one.content_html == null || one.content_text == null, {
    error: "content_html and content_text are both given: send one of them",
  })
  .describe("One article. null is the same as leaving a field out; of content_html and content_text send one at most.");
export type PushedArticle = z.infer<typeof PushedArticle>;

/** A push, for the API description. A single invalid article is refused alone; see Envelope. */
export const PushRequest = z.strictObject({ articles: z.array(PushedArticle).min(1).max(limits.articles) });

/** Requirements of the body before its articles are read. */
export const Envelope = z.strictObject({
  articles: z
    .array(z.custom<object>((one) => typeof one === "object" && one !== null && !Array.isArray(one), "not an object"))
    .min(1)
    .max(limits.articles),
});

export const PushOutcome = z.strictObject({
  id: z.string().nullable().describe("The article's id as you sent it, null if you sent none."),
  outcome: z
    .enum(["new", "changed", "same", "refused"])
    .describe("new: stored for the first time. changed: updated. same: already known. refused: not stored."),
  why: z
    .string()
    .optional()
    .describe("Why it was refused, or what in it was read differently from how it was written."),
});
export type PushOutcome = z.infer<typeof PushOutcome>;

export const PushResponse = z.strictObject({
  outcomes: z.array(PushOutcome).describe("One for each article, in the order you sent them."),
});
export type PushResponse = z.infer<typeof PushResponse>;

export const PushProblem = z.strictObject({
  fault: z.strictObject({
    code: z.enum([
      "bad-request",
      "bad-key",
      "not-found",
      "in-progress",
      "too-large",
      "not-json",
      "key-reused",
      "too-many-requests",
    ]),
    message: z.string().describe("What happened and what to do now, for a person."),
  }),
  faults: z
    .array(z.strictObject({ path: z.string(), problem: z.string() }))
    .optional()
    .describe("Everything that is wrong with the body, each with where it stands, such as articles[3]."),
});
export type PushProblem = z.infer<typeof PushProblem>;
