import type { Role } from "#domain/desk/role.ts";
import type { RequestBody } from "./body.ts";

export type { Role } from "#domain/desk/role.ts";

/** Someone signed in at the desk. */
export type Person = {
  /** The identity provider's subject: never reused, and unchanged when name and address change. */
  id: string;
  /** The name that colleagues see in the log. */
  name: string;
  role: Role;
  /** The page to add a passkey; absent: the identity provider handles this itself. */
  passkeysUrl?: string | undefined;
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
    /** Required for each change: the form field `token` or the header `x-desk-token`. */
    token: string;
  };
};
