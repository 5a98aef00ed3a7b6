import type { Workbench } from "#domain/edition/views/workbench.ts";
import type { Person } from "../access/person.ts";
import type { Newsletter } from "./edition-at.ts";

/** Input of the desk's views of an edition. */
export type EditionPageModel = {
  bench: Workbench;
  newsletter: Newsletter;
  date: string;
  person: Person;
  /** The session's, for forms. */
  token: string;
  /** This edition's path. */
  path: string;
  /** Whether this person may change editions. */
  mayEdit: boolean;
};
