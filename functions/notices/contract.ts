import * as z from "zod";
import { OriginList } from "#domain/config/origins.ts";

/** notices sends notices about editions to webhooks, chats and the event bus. */
export const name = "notices";

/**
 * Notices on the queue `notices`. Seconds. A failed receiver is retried every five minutes for two hours (attempts ×
 * visibility) before the notice becomes a dead letter.
 */
export const trigger = {
  queue: "notices",
  batchSize: 1,
  window: 0,
  maxConcurrency: 2,
  visibility: 300,
  attempts: 24,
} as const;

/** Seconds. */
export const timeout = 60;

/** Megabytes. */
export const memory = 256;

export const Environment = z.object({
  TABLE_NAME: z.string(),
  SITE_URL: z.url(),
  NOTICES_QUEUE_URL: z.url(),
  /** Empty: the deployment has no webhooks. */
  WEBHOOKS_SECRET: z.string(),
  /** Whether finished editions are events on the account's default bus. */
  PUTS_EVENTS: z.enum(["true", "false"]),
  ALLOW_ORIGINS: OriginList,
});
