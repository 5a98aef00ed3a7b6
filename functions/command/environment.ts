import * as z from "zod";
import { DeliverySettingsText } from "#domain/config/delivery-settings.ts";
import { OriginList } from "#domain/config/origins.ts";

// Part of the contract, in its own file, so the function starts without the schemas of all commands.

/** command runs editors' and operators' commands, invoked with IAM. */
export const name = "command";

/** The environment for commands about editions and sources. */
export const EditorialEnvironment = z.object({
  TABLE_NAME: z.string(),
  SITE_URL: z.url(),
  CONFIGURATION_SET: z.string(),
  INGEST_FUNCTION: z.string(),
  ASSEMBLE_FUNCTION: z.string(),
  DISPATCH_FUNCTION: z.string(),
  /** Empty: editions have no pictures. */
  PICTURES_FUNCTION: z.string(),
  DELIVERY_SETTINGS: DeliverySettingsText.optional(),
  KICKS_QUEUE_URL: z.url(),
  KICKS_DEAD_QUEUE_URL: z.url(),
  FEEDBACK_QUEUE_URL: z.url(),
  FEEDBACK_DEAD_QUEUE_URL: z.url(),
  CLOCK_DEAD_QUEUE_URL: z.url(),
  /** Further origins, comma-separated, from which feeds may be added; the same as ingest's. */
  ALLOW_ORIGINS: OriginList,
});
export type EditorialEnvironment = z.infer<typeof EditorialEnvironment>;

export const Environment = EditorialEnvironment.extend({
  KEYS_SECRET: z.string(),
  /** The queue of requests that are answered by mail, such as an import's confirmations. */
  REQUESTS_QUEUE_URL: z.url(),
});
