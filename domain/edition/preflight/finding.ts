import * as z from "zod";
import { Instant, LocalDate } from "../../time/instant.ts";

/** A finding's place, so the desk can jump to it. */
export const Place = z.discriminatedUnion("part", [
  /** `email`: the markup from the template. `newsletter`: its settings in the config. */
  z.object({ part: z.enum(["subject", "preheader", "email", "newsletter"]) }),
  z.object({ part: z.literal("lead"), story: z.string().nullable() }),
  /** `n` counts from 1, as `edition show` does. */
  z.object({ part: z.literal("headline"), n: z.number().int().min(1), story: z.string().nullable() }),
]);
export type Place = z.infer<typeof Place>;

/** A finding of a check. */
export const Finding = z.object({
  /** The violated point of docs/decisions/preflight.md. */
  point: z.string().regex(/^[BC]\d+$/),
  level: z.enum(["blocker", "warning"]),
  /** True for a blocker that can't be overridden, because of the law or SES. */
  final: z.boolean(),
  /** What is wrong and what to do, for editors. */
  message: z.string(),
  at: Place,
});
export type Finding = z.infer<typeof Finding>;

/** The outcome of trying a link. Only the first two are about the page itself. */
export const LinkTrial = z.object({
  url: z.string(),
  /** `refused`: not a public address. `untestable`: can't be checked without a browser. */
  outcome: z.enum(["works", "dead", "refused", "untestable"]),
  /** A clause that completes "it ": `answers 404`. */
  why: z.string(),
  /** The final HTTP status; absent: none. */
  status: z.number().int().optional(),
});
export type LinkTrial = z.infer<typeof LinkTrial>;

/** A received message, compared with an edition. */
export const Received = z.object({
  /** The hash of its bytes, with the reader's values replaced by placeholders. */
  hash: z.string(),
  /** The revision with exactly these bytes; null: none. */
  rev: z.number().int().nullable(),
  /** Its differences from the newest revision; empty: none. */
  differs: z.array(z.enum(["subject", "html", "text"])),
  /** Faults of the message itself. */
  findings: z.array(Finding),
});
export type Received = z.infer<typeof Received>;

/** The check of an edition. */
export const Check = z.object({
  newsletter: z.string(),
  date: LocalDate,
  rev: z.number().int(),
  /** Hash of the checked bytes, which would be sent. */
  hash: z.string(),
  at: Instant,
  /** No blocker was found. */
  ready: z.boolean(),
  /** Blockers first, then in the order of the email. */
  findings: z.array(Finding),
  /** Each address once; null: links weren't tried. */
  links: z.array(LinkTrial).nullable(),
  /** For the message to compare. */
  message: Received.nullable().default(null),
});
export type Check = z.infer<typeof Check>;

type Level = Pick<Finding, "level" | "final">;
const finding = (level: Level) => (point: string, at: Place, message: string) => ({ point, ...level, message, at });

/** The edition waits for a person, who may send it anyway. */
export const blocker = finding({ level: "blocker", final: false });
/** It can’t be sent like this by anyone. */
export const finalBlocker = finding({ level: "blocker", final: true });
/** Worth knowing, but no reason to hold the edition. */
export const warning = finding({ level: "warning", final: false });

/** About the email's own markup, which editors can't change. */
export const operatorWarning = (point: string, what: string): Finding =>
  warning(point, email, `${what} Tell your Broadsheet operator.`);

export const email: Place = { part: "email" };
export const subject: Place = { part: "subject" };
export const preheader: Place = { part: "preheader" };
export const newsletter: Place = { part: "newsletter" };

/** The name of a place in a sentence. */
export function nameOf(place: Place): string {
  switch (place.part) {
    case "lead":
      return "the lead";
    case "headline":
      return `headline ${place.n}`;
    case "email":
      return "the email";
    case "newsletter":
      return "the newsletter’s settings";
    default:
      return `the ${place.part}`;
  }
}

export const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
