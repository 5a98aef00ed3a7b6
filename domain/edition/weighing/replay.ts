import type { NewsletterConfig } from "../../config/newsletter-config.ts";
import type { Weights } from "../../config/weights.ts";
import type { LocalDate } from "../../time/instant.ts";
import { byScore, pointsOf, type Scored, totalOf } from "../choosing/scoring/score.ts";
import { storyFinder } from "../choosing/story-finder.ts";
import { openOrder } from "../content/from-picks.ts";
import type { EditorsChoice } from "../decisions/editors-choice.ts";

/** A past edition's candidates, with its editors' choice. */
export type PlayedEdition = EditorsChoice & {
  date: LocalDate;
  /** All candidates, with the values of their scores' parts. */
  scored: readonly Scored[];
};

/** Number of editors' leads and removals that weights match without an editor. */
export type KeptDecisions = { leads: number; removals: number };

/** Only candidates count; a story that an editor added doesn't depend on weights. */
export function decisionsIn({ scored, lead, removed }: PlayedEdition): KeptDecisions {
  const find = storyFinder(scored);
  return {
    leads: lead !== null && find(lead) ? 1 : 0,
    removals: removed.filter((story) => find(story)).length,
  };
}

/** How many of the editors' decisions these weights match. */
export function replay(edition: PlayedEdition, weights: Weights, config: NewsletterConfig): KeptDecisions {
  const scored = reweighed(edition.scored, weights);
  const find = storyFinder(scored);
  const { natural, size } = openOrder(scored, config, 0);
  const [first] = natural;
  const shown = new Set(natural.slice(0, size));
  const isLed = edition.lead !== null && first !== undefined && first !== null && find(edition.lead) === first;
  const removals = edition.removed.flatMap((story) => find(story) ?? []).filter((one) => !shown.has(one));
  return { leads: isLed ? 1 : 0, removals: removals.length };
}

/** The same stories with other weights, best first. */
export function reweighed(scored: readonly Scored[], weights: Weights): Scored[] {
  return scored
    .map((one) => {
      const parts = one.parts.map((part) => ({ ...part, points: pointsOf(part.value, weights[part.name]) }));
      return { ...one, parts, score: totalOf(parts) };
    })
    .toSorted(byScore);
}
