import * as z from "zod";
import { Heartbeat } from "../../notices/heartbeat.ts";
import { LocalDate } from "../../time/instant.ts";
import { EditionState } from "../edition.ts";
import { EditionOutlook } from "../timing/outlook.ts";
import { Plan } from "../timing/plan.ts";

/** An edition's key figures. `state` null: there is none for the date. */
export const BoardDay = z.object({
  date: LocalDate,
  state: EditionState.nullable(),
  subject: z.string(),
  reason: z.string().nullable(),
  audience: z.number().int(),
  accepted: z.number().int(),
  unknown: z.number().int(),
  held: z.number().int(),
  bounced: z.number().int(),
  complained: z.number().int(),
  /** From the first call to SES to the last group's end; null while it isn't over. */
  seconds: z.number().nullable(),
  /** What happens to it next. */
  outlook: EditionOutlook,
  /** The finished edition's heartbeat; null: it isn't finished, or is older than heartbeats. */
  heartbeat: Heartbeat.nullable(),
});
export type BoardDay = z.infer<typeof BoardDay>;

export const BoardNewsletter = z.object({
  name: z.string(),
  title: z.string(),
  /** Its editions' language, a BCP 47 tag. */
  language: z.string(),
  timeZone: z.string(),
  /** Whether each reader gets it at that time in their own zone. */
  localTime: z.boolean().default(false),
  readers: z.number().int(),
  /** Today and tomorrow. */
  next: z.array(z.object({ plan: Plan, edition: BoardDay })),
  /** The last 14 days, oldest first. */
  past: z.array(BoardDay),
  /** Editions after tomorrow; `note`: anything unusual about the date. */
  ahead: z.array(z.object({ date: LocalDate, outlook: EditionOutlook, note: z.string().nullable() })),
});
export type BoardNewsletter = z.infer<typeof BoardNewsletter>;

/** The board: every newsletter, and failing sources. */
export const Board = z.object({
  newsletters: z.array(BoardNewsletter),
  sources: z.object({
    total: z.number().int(),
    failing: z.array(z.object({ id: z.string(), title: z.string(), failures: z.number().int(), error: z.string() })),
  }),
});
export type Board = z.infer<typeof Board>;
