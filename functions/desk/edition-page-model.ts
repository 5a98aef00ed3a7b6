import type { Workbench } from "#domain/edition/workbench.ts";
import type { Newsletter } from "./edition-at.ts";
import type { Person } from "./person.ts";

/** An edition in front of someone: what the views of the desk show. */
export type EditionPageModel = {
  bench: Workbench;
  newsletter: Newsletter;
  date: string;
  person: Person;
  /** The session's, for forms. */
  token: string;
  /** Where this edition lives on the site. */
  path: string;
  /** Whether this person may change editions at all. */
  mayEdit: boolean;
};
