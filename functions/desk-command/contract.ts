import * as z from "zod";
import { type Role, roles } from "#domain/desk/role.ts";
import type { CommandName } from "../command/contract.ts";
import { EditorialEnvironment } from "../command/environment.ts";

/**
 * desk-command runs an editor's commands: those of `command` that the desk may give, within the editor's role. Its IAM
 * policy allows no access to subscribers, so no page of the desk can show a reader's address, whatever its code does.
 */
export const name = "desk-command";

/** Invoked by the desk alone. */
export const trigger = { invoked: true } as const;

/** Seconds: longer than any function for which it waits. */
export const timeout = 720;

/** Megabytes: a whole vCPU, because a decision makes the edition again while an editor waits. */
export const memory = 1769;

export const Environment = EditorialEnvironment;

/** The lowest role that may give each command. A command that isn't here can't be given from the desk. */
export const lowestRole = {
  board: "viewer",
  list: "viewer",
  calendar: "viewer",
  show: "viewer",
  check: "viewer",
  why: "viewer",
  workbench: "viewer",
  story: "viewer",
  page: "editor",
  find: "viewer",
  follow: "viewer",
  calls: "viewer",
  plan: "viewer",
  cost: "viewer",
  results: "viewer",
  log: "viewer",
  "source list": "viewer",
  build: "editor",
  draft: "editor",
  decide: "editor",
  ingest: "editor",
  test: "editor",
  "source add": "editor",
  "source rename": "editor",
  "source remove": "editor",
  "source restore": "editor",
  approve: "approver",
  schedule: "approver",
  withdraw: "approver",
  send: "approver",
  cancel: "approver",
  pause: "approver",
  correct: "approver",
  note: "approver",
  resume: "approver",
  retry: "operator",
  resolve: "operator",
  "dlq list": "operator",
  "dlq redrive": "operator",
  "double list": "operator",
  "double accept": "operator",
} as const satisfies { readonly [C in CommandName]?: Role };

export type DeskCommandName = keyof typeof lowestRole;

export const isDeskCommand = (command: string): command is DeskCommandName => Object.hasOwn(lowestRole, command);

/** Whether someone of this role may give this command from the desk. */
export const isAllowed = (role: Role, command: CommandName): boolean =>
  isDeskCommand(command) && roles.indexOf(role) >= roles.indexOf(lowestRole[command]);

/** A command in an editor's name. `id` is the identity provider's subject, `name` what colleagues see. */
export const DeskRequest = z.object({
  person: z.strictObject({ id: z.string().min(1), name: z.string(), role: z.enum(roles) }),
  command: z.looseObject({ do: z.string() }),
});
export type DeskRequest = z.infer<typeof DeskRequest>;

/** The command for its use case, always with the signed-in person as its author. */
export const signedCommand = ({ person, command }: DeskRequest): Record<string, unknown> => ({
  ...command,
  by: person.name,
  byId: person.id,
});
