import type { Article } from "../../article/article.ts";
import { inOrder } from "../../article/stories/stories.ts";
import type { NewsletterConfig } from "../../config/newsletter-config.ts";
import { counted } from "../../counted.ts";
import type { LocalDate } from "../../time/instant.ts";
import { type Sorted, sortCandidates, type Window } from "../choosing/candidates.ts";
import { lookAgain } from "../choosing/near-page.ts";
import { type Past, pastOf } from "../choosing/past.ts";
import { regroup } from "../choosing/regroup.ts";
import { candidatesOfRuns, type Run, withRuns } from "../choosing/runs.ts";
import { byScore, count, type Scored, scoreAll, scorer } from "../choosing/scoring/score.ts";
import { candidateStories, storyMaker } from "../choosing/stories.ts";
import { type Decision, type EditorialState, editorialStateOf } from "../decisions/decisions.ts";
import type { EditionContent } from "../edition.ts";
import { contentOfFile } from "./from-file.ts";
import { contentOfPicks } from "./from-picks.ts";

/** The full input of an edition; the same input always gives the same content. */
export type Ingredients = {
  /** The newsletter's id and configuration. */
  newsletter: string;
  config: NewsletterConfig;
  date: LocalDate;
  window: Window;
  /** Seen since `window.context`, in any order. */
  articles: readonly Article[];
  /** An article's whole text, because an article may have only an excerpt. */
  textOf: (article: Article) => readonly string[];
  /** A source's weight; null: it was removed, and its articles are left out. */
  sourceWeight: (sourceId: string) => number | null;
  /** The stories of the last editions, at most PAST_EDITIONS. */
  past: readonly EditionContent[];
  decisions: readonly Decision[];
  /** The stories of the editions from which this newsletter is made. Absent: it is made from articles. */
  runs?: readonly Run[] | undefined;
};

/** Input of choosing, which needs no whole texts. */
type Choosing = Omit<Ingredients, "decisions" | "textOf">;

/** An edition's candidates, and the articles that were left out. */
export type Field = { scored: Scored[]; sorted: Sorted; past: Past };

export type Made = {
  content: EditionContent;
  editorial: EditorialState;
  /** What is missing to send an edition, as a sentence; null: nothing. */
  missing: string | null;
};

/** Scores the stories of a window, best first. */
export function fieldOf(ingredients: Choosing): Field {
  const { articles, window, config, sourceWeight, runs } = ingredients;
  if (runs !== undefined) return fieldOfRuns(runs, ingredients);
  const sorted = sortCandidates(inOrder(articles), window, config, (id) => sourceWeight(id) !== null);
  const past = pastOf(ingredients.past);
  const candidates = candidateStories(sorted, past);
  const score = scorer(candidates, scoringOf(ingredients));
  const scored = candidates.map(score).toSorted(byScore);
  const storyOf = storyMaker(sorted, past);
  const retell = (articles: readonly Article[]): Scored[] => {
    const whole = storyOf(articles);
    return whole === null ? [] : [score(whole)];
  };
  return { scored: lookAgain(scored, retell), sorted, past };
}

function fieldOfRuns(runs: readonly Run[], ingredients: Choosing): Field {
  const past = pastOf(ingredients.past);
  const sorted = { candidates: runs.map(({ article }) => article), context: [], left: [] };
  return { scored: scoreAll(candidatesOfRuns(runs, past), scoringOf(ingredients)), sorted, past };
}

/** The stories after editors split and joined them; `field` itself if they didn't. */
export function regrouped(field: Field, ingredients: Ingredients): Field {
  const candidates = regroup(field, editorialStateOf(ingredients.decisions).regroupings);
  if (candidates === null) return field;
  const { runs } = ingredients;
  const known = runs === undefined ? candidates : withRuns(candidates, runs);
  return { ...field, scored: scoreAll(known, scoringOf(ingredients)) };
}

/** In a weekly, the last day's stories aren't better than the first day's. */
const scoringOf = ({ config, window, sourceWeight, runs }: Choosing) => ({
  weights: runs === undefined ? config.weights : { ...config.weights, recency: 0 },
  from: window.from,
  at: window.to,
  sourceWeight,
});

/**
 * Folds candidates and decisions into the edition's content. `field`: the candidates' stories, if already known, before
 * regrouping.
 */
export function makeEdition(ingredients: Ingredients, field: Field = fieldOf(ingredients)): Made {
  const editorial = editorialStateOf(ingredients.decisions);
  if (editorial.file)
    return { content: contentOfFile(editorial.file, editorial, ingredients), editorial, missing: null };
  const stories = regrouped(field, ingredients);
  const content = contentOfPicks(stories.scored, editorial, ingredients);
  return { content, editorial, missing: missingIn(content, stories, ingredients) };
}

/** An edition needs a lead and a minimum number of headlines. */
function missingIn({ lead, headlines }: EditionContent, field: Field, { config, window }: Ingredients): string | null {
  const noLead = lead.storyId === null;
  if (!noLead && headlines.length >= config.minimumHeadlines) return null;
  const have = headlines.length + (noLead ? 0 : 1);
  const since = `${window.from.slice(0, 10)} ${window.from.slice(11, 16)} UTC`;
  const stories = have === 1 ? "one story is" : `${count(have).toLowerCase()} stories are`;
  const need = `a lead and ${counted(config.minimumHeadlines, "headline")} are the least`;
  const why = leftOutText(field);
  return `There is too little news: ${stories} to be had since ${since}, and ${need}.${why ? ` ${why}` : ""}`;
}

const words = {
  language: "in another language",
  source: "from sources this newsletter does not read",
  removed: "from sources that were removed",
  archive: "older than their source's first poll",
  future: "dated in the future",
  untitled: "without a title",
  before: "from before that time",
} as const;

function leftOutText({ sorted, scored }: Field): string {
  const groups = Map.groupBy(sorted.left, ({ group }) => group);
  const ran = scored.filter(({ candidate }) => candidate.ran !== null && !candidate.developing).length;
  const tellings = [...groups]
    .filter(([group]) => group !== "before")
    .map(([group, articles]) => `${articles.length} ${words[group]}`)
    .toSorted();
  if (ran > 0) tellings.push(`${ran} that ran before`);
  if (tellings.length > 0) return `Left out: ${tellings.join(", ")}.`;
  return sorted.candidates.length === 0 ? "No source has given anything since; poll them, or add one." : "";
}
