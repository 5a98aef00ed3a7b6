import type { Article } from "../../article/article.ts";
import type { NewsletterConfig } from "../../config/newsletter-config.ts";
import { fromInstant, type LocalDate } from "../../time/instant.ts";
import { chooseLead, chooseList, eligible, reasonsOf, twins } from "../choosing/choose.ts";
import { formOf } from "../choosing/scoring/form.ts";
import { byScore, type Scored } from "../choosing/scoring/score.ts";
import { sectionNamed, sectionOrder } from "../choosing/sections.ts";
import { type SeriesOf, seriesAmong } from "../choosing/series-of-source.ts";
import { storyFinder } from "../choosing/story-finder.ts";
import { type Arranged, arrange, type Order, type Step } from "../decisions/arrange.ts";
import type { EditorialState, Move, Rewrite } from "../decisions/decisions.ts";
import { chosenPicture } from "../decisions/picture-choice.ts";
import type { EditionContent, Headline, Lead } from "../edition.ts";
import type { Ingredients } from "./make.ts";
import { bodyOf, wholeBodyOf } from "./paragraphs.ts";
import { preheaderOf, subjectOf } from "./subject.ts";
import { summaryOf } from "./summary.ts";
import { significantWords } from "./words.ts";

type About = Pick<Ingredients, "newsletter" | "config" | "date" | "textOf">;

/** A story in its position, with the reason. */
type Placed = { scored: Scored; reasons: string[] };

/** An edition from scored stories, best first, with the editors' decisions. */
export function contentOfPicks(scored: readonly Scored[], editorial: EditorialState, about: About): EditionContent {
  const { newsletter, config, date } = about;
  const { summaries, placed } = place(withShown(scored, editorial), editorial, config);
  const [first, ...rest] = placed;
  const lead = first ? leadOf(first, editorial, about) : noLead;
  const listed = rest.filter((one) => one !== null);
  const headlines = inTiers(
    listed.map((one, i) => {
      const isWritten = typeof rewriteOf(one.scored, editorial).summary === "string";
      return headlineOf(one, editorial, { config, hasSummary: i < (isWritten ? config.summaries : summaries) });
    }),
    config,
  );
  const said = { headline: lead.title, title: config.title, date, language: config.language };
  const subject = editorial.subject ?? subjectOf(said);
  const titles = headlines.map(({ title }) => title);
  const preheader = editorial.preheader ?? preheaderOf(titles, [subject, lead.title ?? ""], config.language);
  const shown = [...(first ? [first] : []), ...listed];
  const sourceIds = shown.map(({ scored: { candidate } }) => candidate.article.sourceId).filter((id) => id !== "");
  return { newsletter, date, subject, preheader, lead, headlines, sourceIds };
}

/** Stories shown by the decided article, if it still belongs to them. */
function withShown(scored: readonly Scored[], { shown }: EditorialState): readonly Scored[] {
  if (shown.size === 0) return scored;
  const find = storyFinder(scored);
  const chosen = new Map([...shown].map(([story, article]) => [find(story), article]));
  return scored.map((one) => {
    const article = one.candidate.articles.find(({ id }) => id === chosen.get(one));
    return article ? { ...one, candidate: { ...one.candidate, article }, body: bodyOf(article) } : one;
  });
}

/**
 * Headlines with a summary keep their position, whatever their section. The others are sorted again after the editors'
 * moves, so a moved story stays in its section, and each section has one heading.
 */
function inTiers(headlines: readonly Headline[], { sections }: NewsletterConfig): Headline[] {
  const above = headlines.findLastIndex(({ summary }) => summary !== undefined) + 1;
  return [...headlines.slice(0, above), ...headlines.slice(above).toSorted(sectionOrder(sections))];
}

const noLead: Lead = { storyId: null, title: null, url: null, paragraphs: [], source: null, image: null, reasons: [] };

/** All stories: candidates, and those added by editors. */
export function finderWith(scored: readonly Scored[], editorial: EditorialState): (id: string) => Scored | undefined {
  const find = storyFinder(scored);
  const added = new Map([...editorial.added].map(([id, article]) => [id, unscored(article)]));
  return (id) => find(id) ?? added.get(id);
}

/** The lead, or null, and the list: by score, then as arranged by editors. */
function place(
  scored: readonly Scored[],
  editorial: EditorialState,
  config: NewsletterConfig,
): { summaries: number; placed: (Placed | null)[] } {
  const spare = editorial.moves.filter((move) => move.do === "remove").length;
  const { lead, earned, summaries, arrange } = openOrder(scored, config, spare);
  const { list, placed } = arrange(editorial.moves, finderWith(scored, editorial));
  return { summaries, placed: list.map((one, at) => one && { scored: one, reasons: reasonsFor(one, at) }) };

  function reasonsFor(one: Scored, at: number): string[] {
    if (placed.get(one) === "place") return placedByHand(one);
    if (at === 0 && lead && lead !== one && list.includes(lead)) {
      return ["It came to lead when the lead was moved.", ...reasonsOf(one)];
    }
    if (at === 0) return reasonsToLead(one);
    const own = earned.get(one)?.reasons ?? reasonsOf(one);
    return placed.get(one) === "anywhere" ? [...own, "An editor asked for it to be in."] : own;
  }
}

/** The order of the config's sections; without sections, none. */
function orderOf({ sections }: NewsletterConfig): (one: Scored, other: Scored) => number {
  const inOrder = sectionOrder(sections);
  const sectionOf = ({ candidate }: Scored) => sectionNamed(candidate.article.section, sections);
  return (one, other) => inOrder(sectionOf(one), sectionOf(other));
}

/** How many points better a story without a summary may be than one with a summary that goes before it. */
const TIER_GAP = 1;

/**
 * The best stories with a summary, because one without would leave a gap among them. A story doesn't go before a much
 * better one for its summary, and a piece of a series never does; then fewer stories have one.
 */
function topTier(shown: readonly Scored[], most: number, seriesOf: SeriesOf): { stories: Scored[]; most: number } {
  const stories: Scored[] = [];
  let passed = Number.NEGATIVE_INFINITY;
  let isShort = false;
  for (const scored of shown) {
    if (stories.length === most) return { stories, most };
    const hasSummary = summaryOf(scored.candidate.article) !== null;
    if (hasSummary && seriesOf(scored) === null && scored.score >= passed - TIER_GAP) stories.push(scored);
    else {
      passed = Math.max(passed, scored.score);
      isShort ||= hasSummary;
    }
  }
  return { stories, most: isShort ? stories.length : most };
}

/** The order by scores, changed by editors' steps. `spare`: number of steps that may remove a story. */
export function openOrder(scored: readonly Scored[], config: NewsletterConfig, spare: number) {
  const pool = scored.filter(eligible);
  const seriesOf = seriesAmong(pool);
  const lead = chooseLead(pool, seriesOf);
  const rest = pool.filter((one) => one !== lead);
  const picks = chooseList(rest, lead ? [lead] : [], config.headlines, { spare, seriesOf });
  const ranked = picks.map((pick) => pick.scored);
  const [shown, spares] = [ranked.slice(0, config.headlines), ranked.slice(config.headlines)];
  const inSections = orderOf(config);
  const tier = topTier(shown, config.summaries, seriesOf);
  const top = new Set(tier.stories);
  const others = shown.filter((one) => !top.has(one));
  const order: Order<Scored> = {
    natural: [lead, ...top, ...others.toSorted(inSections), ...spares],
    size: config.headlines + 1,
    lead: (items) => chooseLead(items.toSorted(byScore), seriesOf),
    before: (one, other) => ((top.has(other) ? 0 : inSections(one, other)) || byScore(one, other)) < 0,
    same: twins,
  };
  return {
    lead,
    /** Best first, the lead at 0; the first `size` are in the edition. */
    natural: order.natural,
    size: order.size,
    /** How many of the list may have a sentence below; editors may write further ones. */
    summaries: tier.most,
    earned: new Map(picks.map((pick) => [pick.scored, pick])),
    arrange(moves: readonly Move[], find: (id: string) => Scored | undefined): Arranged<Scored> {
      const steps = moves.flatMap((move): Step<Scored>[] => {
        const item = find(move.story);
        return item ? [{ ...move, item }] : [];
      });
      return arrange(order, steps);
    },
  };
}

/** Stories placed by editors have no score. */
function unscored(article: Article): Scored {
  return {
    candidate: {
      id: article.id,
      article,
      articles: [article],
      sources: [article.sourceTitle],
      sourceIds: [article.sourceId],
      tellings: 1,
      tellersSince: 1,
      form: formOf(article),
      words: new Set(significantWords(article.title)),
      newest: fromInstant(article.published ?? article.seenAt),
      isDated: article.published !== null,
      ran: null,
      developing: false,
      echo: null,
    },
    parts: [],
    score: 0,
    subject: null,
    body: bodyOf(article),
    glance: "",
  };
}

const placedByHand = (scored: Scored): string[] => ["An editor put it in this place.", ...reasonsOf(scored)];

function reasonsToLead(scored: Scored): string[] {
  const { article } = scored.candidate;
  const shown = scored.body.length >= 2 ? "a text to read" : scored.body.length === 1 ? "a short text" : "no text";
  const picture = article.image === null ? "" : " and a picture";
  return [
    `It leads because it has the best score of the stories that make a lead: it has ${shown}${picture}.`,
    ...reasonsOf(scored),
  ];
}

/** The first line is the short reason; the full explanation follows. */
const glance = (scored: Scored): string[] => (scored.glance === "" ? [] : [scored.glance]);

const dayOf = ({ candidate: { run } }: Scored): { day?: LocalDate } => (run === undefined ? {} : { day: run.day });

const ranOn = ({ candidate: { run } }: Scored): string[] =>
  run === undefined ? [] : [`${run.isLead ? "It led the edition" : "It was in the edition"} of ${run.day}.`];

function leadOf({ scored, reasons }: Placed, editorial: EditorialState, { config, textOf }: About): Lead {
  const { article } = scored.candidate;
  const rewrite = rewriteOf(scored, editorial);
  return {
    storyId: scored.candidate.id,
    title: rewrite.title ?? article.title,
    url: rewrite.url ?? article.url,
    ...earlierOf(scored.candidate),
    ...sectionNamed(article.section, config.sections),
    ...dayOf(scored),
    paragraphs: (rewrite.paragraphs ?? wholeBodyOf(article, textOf)).slice(0, config.leadParagraphs),
    source: article.sourceTitle,
    image: chosenPicture(article.image, rewrite.picture),
    reasons: [...glance(scored), ...ranOn(scored), ...reasons, ...rewritten(rewrite)],
  };
}

function headlineOf(
  { scored, reasons }: Placed,
  editorial: EditorialState,
  { config, hasSummary }: { config: NewsletterConfig; hasSummary: boolean },
): Headline {
  const { id, article, sources, developing } = scored.candidate;
  const rewrite = rewriteOf(scored, editorial);
  const summary = rewrite.summary === undefined ? summaryOf(article) : rewrite.summary;
  const image = hasSummary && summary ? chosenPicture(article.image, rewrite.picture) : null;
  return {
    storyId: id,
    title: rewrite.title ?? article.title,
    url: rewrite.url ?? article.url,
    source: article.sourceTitle,
    alsoIn: sources.slice(1),
    developing,
    ...earlierOf(scored.candidate),
    ...sectionNamed(article.section, config.sections),
    ...dayOf(scored),
    ...(hasSummary && summary ? { summary } : {}),
    // A small picture next to a summary is decoration, unless an editor gave it an alt text.
    ...(image ? { image: { ...image, alt: rewrite.picture?.alt ?? "" } } : {}),
    reasons: [...glance(scored), ...ranOn(scored), ...reasons, ...rewritten(rewrite)],
  };
}

/** Readers had it before, and there is something new. */
const earlierOf = ({ ran, developing }: Scored["candidate"]): Pick<Lead, "earlier"> =>
  ran !== null && developing ? { earlier: { date: ran.date, hasLed: ran.hasLed } } : {};

/** Editors' rewrites of any of the story's articles; the story's own id takes precedence. */
export function rewriteOf({ candidate }: Scored, { rewrites }: EditorialState): Rewrite {
  const ids = [...candidate.articles.map(({ id }) => id), candidate.id];
  return Object.assign({}, ...ids.map((id) => rewrites.get(id)));
}

const rewritten = ({ summary, picture, ...rest }: Rewrite): string[] => [
  ...(Object.keys(rest).length > 0 ? ["An editor rewrote it."] : []),
  ...(typeof summary === "string" ? ["An editor wrote its summary."] : []),
  ...(summary === null ? ["An editor removed its summary."] : []),
  ...(picture?.image === null ? ["An editor removed its picture."] : []),
  ...(picture?.image ? ["An editor chose its picture."] : []),
];
