import * as z from "zod";
import { OriginList } from "#domain/config/origins.ts";
import { EditionView } from "#domain/edition/edition.ts";
import { Step } from "#domain/edition/timing/schedule.ts";
import { outcomeOf } from "#domain/outcome.ts";
import { LocalDate } from "#domain/time/instant.ts";

/** assemble makes each newsletter's edition on its schedule. Editors' commands make editions in `command`. */
export const name = "assemble";

/** Invoked by watch for each step of an edition's schedule. */
export const trigger = { invoked: true } as const;

/** Seconds: as long as dispatch, for which it waits, plus making an edition. */
export const timeout = 660;

/** Megabytes: a whole vCPU. */
export const memory = 1769;

export const Environment = z.object({
  TABLE_NAME: z.string(),
  SITE_URL: z.url(),
  DISPATCH_FUNCTION: z.string(),
  INGEST_FUNCTION: z.string(),
  /** Empty: editions have no pictures. */
  PICTURES_FUNCTION: z.string(),
  CONFIGURATION_SET: z.string(),
  /** Further origins, comma-separated, at which links may be tried. */
  ALLOW_ORIGINS: OriginList,
});

/** A step of an edition's schedule. `scheduledFor`: when the edition is due. */
export const ScheduledStep = z.object({
  newsletter: z.string(),
  date: LocalDate.optional(),
  scheduledFor: z.iso.datetime({ offset: true }),
  step: Step.default("due"),
});
export type ScheduledStep = z.infer<typeof ScheduledStep>;

export const AssembleResponse = outcomeOf(EditionView);
export type AssembleResponse = z.infer<typeof AssembleResponse>;
