import * as z from "zod";
import { Fault } from "#domain/outcome.ts";
import { deliveryCommands } from "./commands/deliveries.ts";
import { editionCommands } from "./commands/editions.ts";
import { operationCommands } from "./commands/operations.ts";
import { sendingCommands } from "./commands/sending.ts";
import { sourceCommands } from "./commands/sources.ts";
import { subscriberCommands } from "./commands/subscribers.ts";

import { name } from "./environment.ts";

export { EditorialEnvironment, Environment, name } from "./environment.ts";

/** Invoked by the CLI, by `aws lambda invoke`, from the console, and by the desk. */
export const trigger = { invoked: true } as const;

/** Seconds: longer than any function for which it waits. */
export const timeout = 720;

/** The function's name in a deployment: the CLI finds it by the stack's name alone. */
export const functionName = (stack: string) => `${stack}-${name}`;

/** Megabytes: a whole vCPU, because a decision makes the edition again while an editor waits. */
export const memory = 1769;

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

/** The answer instead of `{"ok":true,…}`. */
export const CommandFailure = z.object({ ok: z.literal(false), fault: Fault });
