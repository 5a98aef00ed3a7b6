import { scoredOf } from "#domain/edition/choosing/candidates-record.ts";
import { editorsChoice } from "#domain/edition/decisions/editors-choice.ts";
import { type Edition, editionKeyOf } from "#domain/edition/edition.ts";
import { hasRun } from "#domain/edition/states.ts";
import { learnWeights, type WeightsReport } from "#domain/edition/weighing/learn.ts";
import type { PlayedEdition } from "#domain/edition/weighing/replay.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import type { EditionStore } from "../../ports/editions.ts";
import { findNewsletter, type Newsletters } from "../edition-request.ts";

type WeightsPorts = Newsletters & {
  editions: Pick<EditionStore, "list" | "decisions" | "revision" | "candidates">;
};

/** Number of editions that are read to find sent ones. */
const LOOKED_AT_EACH = 2;

/** Finds which of the editors' decisions in the last editions other weights would have matched; changes nothing. */
export async function weighEditions(
  ports: WeightsPorts,
  { newsletter, editions: most }: { newsletter: string; editions: number },
): Promise<Outcome<WeightsReport>> {
  const found = findNewsletter(ports.config, newsletter);
  if (!found.ok) return found;
  const all = await ports.editions.list(newsletter, most * LOOKED_AT_EACH);
  const ran = all.filter((edition) => hasRun(edition) && edition.cutoff !== null).slice(0, most);
  const played = (await Promise.all(ran.map((edition) => playedEdition(ports, edition)))).filter((one) => one !== null);
  if (played.length === 0) {
    return fault(
      "no-edition",
      `${newsletter} has sent no edition made of articles yet, so there is nothing to replay. Try again after its first editions.`,
    );
  }
  return done(learnWeights(newsletter, played, found.value));
}

/** Null: its candidates record isn't kept. */
async function playedEdition({ editions }: WeightsPorts, edition: Edition): Promise<PlayedEdition | null> {
  const key = editionKeyOf(edition);
  const [decisions, revision, record] = await Promise.all([
    editions.decisions(key),
    editions.revision(key, edition.rev),
    editions.candidates(key),
  ]);
  if (revision === undefined || record === undefined) return null;
  return { date: edition.date, scored: scoredOf(record), ...editorsChoice(decisions, revision.content) };
}
