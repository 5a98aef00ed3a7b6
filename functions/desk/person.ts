import { type Role, roles } from "#domain/desk/role.ts";
import type { CommandName } from "../command/contract.ts";
import type { RequestBody } from "./body.ts";

export type { Role } from "#domain/desk/role.ts";

/** Someone signed in at the desk. */
export type Person = {
  /** What their identity provider knows them by: never reused, and stable when name and address change. */
  id: string;
  /** As editors know each other: it stands in the log beside what they did. */
  name: string;
  role: Role;
};

/** What the desk's pages find in Hono's context, set once the request's session is known. */
export type DeskEnv = {
  Bindings: {
    /** The client's network address. */
    address: string;
  };
  Variables: {
    body: RequestBody;
    person: Person;
    /** Goes with each request that changes something: the form field `token` or the header `x-desk-token`. */
    token: string;
  };
};

/** The least role for each command. `nobody`: not from the desk, which shows no reader's address and no key. */
const least: { readonly [C in CommandName]: Role | "nobody" } = {
  list: "viewer",
  show: "viewer",
  check: "viewer",
  why: "viewer",
  workbench: "viewer",
  find: "viewer",
  follow: "viewer",
  "source list": "viewer",
  build: "editor",
  draft: "editor",
  decide: "editor",
  ingest: "editor",
  test: "editor",
  "source add": "editor",
  "source remove": "editor",
  plan: "viewer",
  cost: "viewer",
  log: "viewer",
  approve: "approver",
  schedule: "approver",
  withdraw: "approver",
  send: "approver",
  cancel: "approver",
  pause: "approver",
  correct: "approver",
  resume: "approver",
  retry: "operator",
  resolve: "operator",
  "dlq list": "operator",
  "dlq redrive": "operator",
  "double list": "operator",
  "double accept": "operator",
  "restore accept": "nobody",
  "keys list": "nobody",
  "keys rotate": "nobody",
  "source push": "nobody",
  "source key": "nobody",
  // It can give addresses.
  deliveries: "nobody",
  "subscriber add": "nobody",
  "subscriber list": "nobody",
  "subscriber show": "nobody",
  "subscriber remove": "nobody",
};

/** Whether someone of this role may give this command from the desk. */
export function may(role: Role, command: CommandName): boolean {
  const needed = least[command];
  return needed !== "nobody" && roles.indexOf(role) >= roles.indexOf(needed);
}

/** The role a command asks for, for a sentence that says so; undefined where the desk does not give it at all. */
export function roleFor(command: CommandName): Role | undefined {
  const needed = least[command];
  return needed === "nobody" ? undefined : needed;
}
