import * as z from "zod";
import { EditionView } from "#domain/edition/edition.ts";
import { outcomeOf } from "#domain/outcome.ts";

/** assemble makes each newsletter's edition on its schedule. Editors' commands make editions in `command` itself. */
export const name = "assemble";

/** Woken by one Scheduler schedule a newsletter, in its time zone. */
export const trigger = { schedule: "newsletter" } as const;

/** Seconds: as long as dispatch, which it waits for, and the making of an edition. */
export const timeout = 660;

/** Megabytes: a whole vCPU. */
export const memory = 1769;

export const Environment = z.object({
  TABLE_NAME: z.string(),
  SITE_URL: z.url(),
  DISPATCH_FUNCTION: z.string(),
  /** Empty: editions have no pictures. */
  PICTURES_FUNCTION: z.string(),
  CONFIGURATION_SET: z.string(),
  /** More origins that links may be tried at, comma-separated, besides the config's. */
  ALLOW_ORIGINS: z.string().default(""),
});

/** `scheduledFor` is EventBridge's time. */
export const ScheduledEdition = z.object({
  newsletter: z.string(),
  scheduledFor: z.iso.datetime({ offset: true }),
});
export type ScheduledEdition = z.infer<typeof ScheduledEdition>;

export const AssembleResponse = outcomeOf(EditionView);
export type AssembleResponse = z.infer<typeof AssembleResponse>;
