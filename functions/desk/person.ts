import type { Role } from "#domain/desk/role.ts";
import type { RequestBody } from "./body.ts";

export type { Role } from "#domain/desk/role.ts";

/** Someone signed in at the desk. */
export type Person = {
  /** What their identity provider knows them by: never reused, and stable when name and address change. */
  id: string;
  /** As editors know each other: it is in the log beside what they did. */
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
