import * as z from "zod";
import { type DeliverySettings, DeliverySettingsText } from "#domain/config/delivery-settings.ts";
import { MOST_SENDERS } from "#domain/delivery/pace/shares.ts";
import { parseJson } from "#domain/json.ts";

/**
 * send is a sender: it claims batches, calls SES once for each, and records the outcome. By its lease, only one runs at
 * a time; with the setting `senders`, each of several has a lease and a share of the rate.
 */
export const name = "send";

/** A kick on the queue `kicks`; one a receive, for each sender at most two at once. Seconds. */
export const trigger = {
  queue: "kicks",
  batchSize: 1,
  maxConcurrency: 2,
  visibility: 720,
  attempts: 5,
} as const;

/** Seconds. */
export const timeout = 660;

/** Megabytes: 512 for 500 recipients a second; several senders are for rates that take a whole CPU of each. */
export const memory = 512;
const wholeCpu = 1769;

/** What the deployment's number of senders changes. */
export const sizeFor = ({ senders }: Pick<DeliverySettings, "senders">) => ({
  memory: senders > 1 ? wholeCpu : memory,
  maxConcurrency: trigger.maxConcurrency * senders,
});

export const Environment = z.object({
  TABLE_NAME: z.string(),
  KICKS_QUEUE_URL: z.url(),
  KICKS_DEAD_QUEUE_URL: z.url(),
  SITE_URL: z.url(),
  CONFIGURATION_SET: z.string(),
  KEYS_SECRET: z.string(),
  DELIVERY_SETTINGS: DeliverySettingsText.optional(),
});

/** A kick: there is work, without saying which. For another sender than the first, it has its index. */
export const Kick = z.object({
  kick: z.literal(1),
  sender: z
    .number()
    .int()
    .min(1)
    .max(MOST_SENDERS - 1)
    .optional(),
});
export type Kick = z.infer<typeof Kick>;

const kickIn = (body: string): Kick | undefined => Kick.safeParse(parseJson(body)).data;

export const isKick = (body: string): boolean => kickIn(body) !== undefined;

/** Which sender the kicks are for: the first if any is for it. */
export const senderOf = (bodies: readonly string[]): number =>
  Math.min(...bodies.flatMap((body) => kickIn(body) ?? []).map(({ sender = 0 }) => sender));
