import type { Decision, Wishes } from "#domain/edition/decisions.ts";
import type { EditionContent } from "#domain/edition/edition.ts";
import { finderWith } from "#domain/edition/from-picks.ts";
import type { Field } from "#domain/edition/make.ts";
import type { Scored } from "#domain/edition/score.ts";
import type { Gathered } from "./gather.ts";

/** What the workbench is made of. */
export type Bench = {
  gathered: Gathered;
  field: Field;
  log: Decision[];
  wishes: Wishes;
  content: EditionContent;
  fold: (log: readonly Decision[]) => EditionContent;
};

/** Every story there is, by any of its articles' ids. */
export const findIn = ({ field, wishes }: Pick<Bench, "field" | "wishes">): ((id: string) => Scored | undefined) =>
  finderWith(field.scored, wishes);
