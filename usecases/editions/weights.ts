import type { NewsletterConfig } from "#domain/config.ts";
import { fieldOf } from "#domain/edition/content/make.ts";
import { editorsChoice } from "#domain/edition/decisions/editors-choice.ts";
import { type Edition, editionKeyOf } from "#domain/edition/edition.ts";
import { hasRun } from "#domain/edition/states.ts";
import { learnWeights, type WeightsReport } from "#domain/edition/weighing/learn.ts";
import type { PlayedEdition } from "#domain/edition/weighing/replay.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import { findNewsletter, type Newsletters } from "./edition-request.ts";
import { gather } from "./making/gather.ts";
import type { MakingPorts } from "./ports.ts";

type WeightsPorts = Newsletters & Pick<MakingPorts, "articles" | "sources" | "editions">;

/** Editions that never ran lie between those that did. */
const LOOKED_AT_EACH = 2;

/** What other weights would have kept of the editors' decisions in the last editions. It changes nothing. */
export async function weighEditions(
  ports: WeightsPorts,
  { newsletter, editions: most }: { newsletter: string; editions: number },
): Promise<Outcome<WeightsReport>> {
  const found = findNewsletter(ports.config, newsletter);
  if (!found.ok) return found;
  const all = await ports.editions.list(newsletter, most * LOOKED_AT_EACH);
  const ran = all.filter((edition) => hasRun(edition) && edition.cutoff !== null).slice(0, most);
  const played: PlayedEdition[] = [];
  // One after the other: the candidates of one edition alone can be tens of megabytes.
  for (const edition of ran) {
    const one = await playedEdition(ports, edition, found.value);
    if (one !== null) played.push(one);
  }
  if (played.length === 0) {
    return fault(
      "no-edition",
      `${newsletter} has sent no edition made of articles yet, so there is nothing to replay. Try again after its first editions.`,
    );
  }
  return done(learnWeights(newsletter, played, found.value));
}

async function playedEdition(
  ports: WeightsPorts,
  edition: Edition,
  config: NewsletterConfig,
): Promise<PlayedEdition | null> {
  const key = editionKeyOf(edition);
  const [decisions, revision] = await Promise.all([
    ports.editions.decisions(key),
    ports.editions.revision(key, edition.rev),
  ]);
  if (revision === undefined || edition.cutoff === null) return null;
  const { scored } = fieldOf(await gather(ports, key, config, edition.cutoff));
  return { date: edition.date, scored, ...editorsChoice(decisions, revision.content) };
}
