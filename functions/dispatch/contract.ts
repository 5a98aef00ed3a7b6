import * as z from "zod";
import { DeliverySettingsText } from "#domain/config/delivery-settings.ts";
import { EditionKey, EditionState } from "#domain/edition/edition.ts";
import { outcomeOf } from "#domain/outcome.ts";

/** dispatch freezes the audience of an approved edition into batches and kicks the sender. */
export const name = "dispatch";

/** Invoked by assemble, command and watch; it is safe to run twice. */
export const trigger = { invoked: true } as const;

/** Seconds. Ten million readers take about a minute to freeze. */
export const timeout = 600;

/** Megabytes: a whole vCPU. */
export const memory = 1769;

export const Environment = z.object({
  TABLE_NAME: z.string(),
  KICKS_QUEUE_URL: z.url(),
  DELIVERY_SETTINGS: DeliverySettingsText.optional(),
});

export const DispatchRequest = EditionKey;
export type DispatchRequest = z.infer<typeof DispatchRequest>;

export const DispatchResponse = outcomeOf(z.object({ state: EditionState, audience: z.number().int() }));
export type DispatchResponse = z.infer<typeof DispatchResponse>;
