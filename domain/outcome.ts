import * as z from "zod";

/**
 * All errors that can be shown to a person, as a closed set. `message` says what happened, to what, and what to do now;
 * `code` is for programs and never changes its meaning.
 */
export const Fault = z.object({
  code: z.enum([
    "bad-request",
    "not-allowed",
    "unknown-newsletter",
    "unknown-source",
    "unknown-subscriber",
    "unknown-batch",
    "unknown-story",
    "bad-address",
    "not-a-feed",
    "not-a-picture",
    "fetch-refused",
    "fetch-failed",
    "no-edition",
    "no-candidates",
    "no-subscribers",
    "edition-exists",
    "already-sent",
    "wrong-state",
    "blocked",
    "sender-unverified",
    "delivery-problem",
    "conflict",
    "in-progress",
    "too-many",
    "internal",
  ]),
  message: z.string(),
});
export type Fault = z.infer<typeof Fault>;

/** A result or a fault, for other functions and for people. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; fault: Fault };

export const outcomeOf = <T extends z.ZodType>(value: T) =>
  z.discriminatedUnion("ok", [
    z.object({ ok: z.literal(true), value }),
    z.object({ ok: z.literal(false), fault: Fault }),
  ]);

export const done = <T>(value: T): Outcome<T> => ({ ok: true, value });
export const fault = (code: Fault["code"], message: string): Outcome<never> => ({
  ok: false,
  fault: { code, message },
});
