import * as z from "zod";
import { DeliverySettingsText } from "#domain/config/delivery-settings.ts";
import { OriginList } from "#domain/config/origins.ts";
import { Fault } from "#domain/outcome.ts";
import { deliveryCommands } from "./commands/deliveries.ts";
import { editionCommands } from "./commands/editions.ts";
import { operationCommands } from "./commands/operations.ts";
import { sendingCommands } from "./commands/sending.ts";
import { sourceCommands } from "./commands/sources.ts";
import { subscriberCommands } from "./commands/subscribers.ts";

/** command runs editors' and operators' commands, invoked with IAM. */
export const name = "command";

/** Invoked by the CLI, by `aws lambda invoke`, from the console, and by the desk. */
export const trigger = { invoked: true } as const;

/** Seconds: longer than any function for which it waits. */
export const timeout = 720;

/** The function's name in a deployment: the CLI finds it by the stack's name alone. */
export const functionName = (stack: string) => `${stack}-${name}`;

/** Megabytes: a whole vCPU, because a decision makes the edition again while an editor waits. */
export const memory = 1769;

/** What commands about editions and sources need. */
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

/** Input and output of each command, in one table, so the CLI, the function and its docs can't differ. */
export const commands = {
  ...sourceCommands,
  ...editionCommands,
  ...sendingCommands,
  ...deliveryCommands,
  ...subscriberCommands,
  ...operationCommands,
} as const;

export type Commands = typeof commands;
export type CommandName = keyof Commands;
export type CommandInput<C extends CommandName> = z.input<Commands[C]["input"]>;
export type CommandOutput<C extends CommandName> = z.output<Commands[C]["output"]>;

/** The envelope on the wire: `{"do":"send","newsletter":"daily"}` and `{"ok":true,…}` or `{"ok":false,"fault":…}`. */
export const CommandRequest = z.looseObject({ do: z.enum(Object.keys(commands) as [CommandName, ...CommandName[]]) });
export const CommandFailure = z.object({ ok: z.literal(false), fault: Fault });
