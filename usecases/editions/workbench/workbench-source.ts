import type { Scored } from "#domain/edition/choosing/scoring/score.ts";
import { finderWith } from "#domain/edition/content/from-picks.ts";
import type { Field } from "#domain/edition/content/make.ts";
import type { Decision, EditorialState } from "#domain/edition/decisions/decisions.ts";
import type { EditionContent } from "#domain/edition/edition.ts";
import type { Gathered } from "../making/gather.ts";

/** Input of the workbench. */
export type Bench = {
  gathered: Gathered;
  field: Field;
  log: Decision[];
  editorial: EditorialState;
  content: EditionContent;
  fold: (log: readonly Decision[]) => EditionContent;
};

/** All stories, by the ids of their articles. */
export const findIn = ({
  field,
  editorial,
}: Pick<Bench, "field" | "editorial">): ((id: string) => Scored | undefined) => finderWith(field.scored, editorial);
