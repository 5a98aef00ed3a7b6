import type { Config } from "#domain/config.ts";
import { type Author, isSamePerson } from "#domain/desk/author.ts";
import type { Decision } from "#domain/edition/decisions/decisions.ts";
import { lastChange } from "#domain/edition/decisions/undo.ts";
import { type EditionKey, editionName } from "#domain/edition/edition.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import type { EditionStore } from "../../ports/editions.ts";

type Ports = { config: Pick<Config, "newsletters">; editions: Pick<EditionStore, "decisions"> };

/**
 * With `secondPerson`, no one sends their own change to readers, whichever command they use. `since: "approval"`:
 * changes before the last approval don't count.
 */
export async function requireSecondPerson(
  { config, editions }: Ports,
  key: EditionKey,
  author: Author,
  { since }: { since?: "approval" } = {},
): Promise<Outcome<true>> {
  if (config.newsletters[key.newsletter]?.secondPerson !== true) return done(true);
  return judgeSecondPerson(key, author, await editions.decisions(key), { since });
}

/** The same, by this log. */
export function judgeSecondPerson(
  key: EditionKey,
  author: Author,
  log: readonly Decision[],
  { since }: { since?: "approval" | undefined } = {},
): Outcome<true> {
  const change = lastChange(log);
  const approval = log.findLast((one) => one.do === "approve");
  const isApproved = since === "approval" && approval !== undefined && approval.n > (change?.n ?? 0);
  if (change === undefined || isApproved || !isSamePerson(change, author)) return done(true);
  const why = `${editionName(key)} was last changed by ${change.by}, and ${key.newsletter} needs a second person to approve changes.`;
  return fault("not-allowed", `${why} Ask a colleague to look at it and approve it.`);
}
