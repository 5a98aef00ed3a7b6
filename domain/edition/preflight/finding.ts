import * as z from "zod";
import { Instant, LocalDate } from "../../time/instant.ts";

/** What a finding is about, so a desk can jump to its row. */
export const Place = z.discriminatedUnion("part", [
  /** `email`: its markup, which the template makes. `newsletter`: its settings in the config. */
  z.object({ part: z.enum(["subject", "preheader", "email", "newsletter"]) }),
  z.object({ part: z.literal("lead"), story: z.string().nullable() }),
  /** `n` counts from 1, as `edition show` does. */
  z.object({ part: z.literal("headline"), n: z.number().int().min(1), story: z.string().nullable() }),
]);
export type Place = z.infer<typeof Place>;

/** Something that a check found. */
export const Finding = z.object({
  /** The point of docs/decisions/preflight.md that it breaks. */
  point: z.string().regex(/^[BC]\d+$/),
  level: z.enum(["blocker", "warning"]),
  /** True for a blocker that no one may waive, because the law or SES forbids it. */
  final: z.boolean(),
  /** What is wrong and what to do, in an editor's words. */
  message: z.string(),
  at: Place,
});
export type Finding = z.infer<typeof Finding>;

/** The outcome of trying a link. Only the first two say something about the page itself. */
export const LinkTrial = z.object({
  url: z.string(),
  /** `refused`: not an address of the public internet. `untestable`: impossible to tell without a reader's browser. */
  outcome: z.enum(["works", "dead", "refused", "untestable"]),
  /** A clause that completes "it ": `answers 404`. */
  why: z.string(),
  /** The HTTP status that it ended with; absent: it had none. */
  status: z.number().int().optional(),
});
export type LinkTrial = z.infer<typeof LinkTrial>;

/** A message that someone received, beside the edition it should be. */
export const Received = z.object({
  /** Of its bytes, its reader's own values put back to placeholders. */
  hash: z.string(),
  /** The revision with just these bytes; null where none has them. */
  rev: z.number().int().nullable(),
  /** What of it is not as in the newest revision; empty where it is that one. */
  differs: z.array(z.enum(["subject", "html", "text"])),
  /** What is wrong with the message around them. */
  findings: z.array(Finding),
});
export type Received = z.infer<typeof Received>;

/** A check of an edition as it stands. */
export const Check = z.object({
  newsletter: z.string(),
  date: LocalDate,
  rev: z.number().int(),
  /** Of the bytes that were checked: they are what would be sent. */
  hash: z.string(),
  at: Instant,
  /** No blocker was found. */
  ready: z.boolean(),
  /** Blockers first, then in the order of the email. */
  findings: z.array(Finding),
  /** Each address once; null where none was tried. */
  links: z.array(LinkTrial).nullable(),
  /** Of the message that was given to be compared. */
  message: Received.nullable().default(null),
});
export type Check = z.infer<typeof Check>;

type Level = Pick<Finding, "level" | "final">;
const finding = (level: Level) => (point: string, at: Place, message: string) => ({ point, ...level, message, at });

/** It would embarrass or break: the edition waits for a person, who may send it all the same. */
export const blocker = finding({ level: "blocker", final: false });
/** It can’t be sent like this by anyone. */
export const finalBlocker = finding({ level: "blocker", final: true });
/** An editor would like to know, but not at the price of the edition. */
export const warning = finding({ level: "warning", final: false });

export const email: Place = { part: "email" };
export const subject: Place = { part: "subject" };
export const preheader: Place = { part: "preheader" };
export const newsletter: Place = { part: "newsletter" };

/** How a place is called in a sentence. */
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
