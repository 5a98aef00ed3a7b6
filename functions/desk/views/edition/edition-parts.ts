import { createHash } from "node:crypto";
import type { Html } from "#templates/text/html.ts";
import type { EditionPageModel } from "../../routes/edition-page-model.ts";
import { candidates, tray } from "./edition-candidates.ts";
import { head, steps } from "./edition-head.ts";
import { envelope, measures } from "./edition-inbox.ts";
import { changes, history } from "./edition-log.ts";
import { rowList } from "./edition-rows.ts";

/** The parts of the page that are updated separately while it is open. */
const parts = {
  head,
  steps,
  envelope,
  rows: rowList,
  tray,
  candidates,
  changes,
  history,
  measures,
} as const satisfies Record<string, (model: EditionPageModel) => Html>;
export type PartName = keyof typeof parts;

type Part = { hash: string; html: string };

export const partOf = (name: PartName, model: EditionPageModel): Part => {
  const { markup } = parts[name](model);
  return { html: markup, hash: createHash("sha256").update(markup).digest("hex").slice(0, 10) };
};

/** The parts that differ from those in `have`. */
export function partsOf(model: EditionPageModel, have: Readonly<Record<string, string>>): Record<string, Part> {
  const names = Object.keys(parts).filter((name): name is PartName => name in parts);
  const all = names.map((name) => [name, partOf(name, model)] as const);
  return Object.fromEntries(all.filter(([name, { hash }]) => have[name] !== hash));
}
