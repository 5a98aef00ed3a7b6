import type { NewsletterConfig } from "../config.ts";
import type { LocalDate } from "../instant.ts";
import { chooseLead, chooseList, eligible, type Pick, reasonsOf } from "./choose.ts";
import type { Rewrite, Wishes } from "./decisions.ts";
import type { EditionContent, Headline, Lead } from "./edition.ts";
import { byScore, type Scored } from "./score.ts";
import { slotted } from "./slots.ts";
import { storyFinder } from "./story-finder.ts";
import { preheaderOf, subjectOf } from "./subject.ts";

type About = { newsletter: string; config: NewsletterConfig; date: LocalDate };

/** A story in its place, with why it is there. */
type Placed = { scored: Scored; reasons: string[] };

/** An edition from scored stories, best first, with what the editors want of it. */
export function contentOfPicks(scored: readonly Scored[], wishes: Wishes, about: About): EditionContent {
  const { newsletter, config, date } = about;
  const placed = place(scored, wishes, config);
  const lead = placed.lead === null ? noLead : leadOf(placed.lead, wishes, config);
  const headlines = placed.headlines.map((one) => headlineOf(one, wishes));
  const said = { headline: lead.title, title: config.title, date, language: config.language };
  const subject = wishes.subject ?? subjectOf(said);
  const titles = headlines.map(({ title }) => title);
  const preheader = wishes.preheader ?? preheaderOf(titles, [subject, lead.title ?? ""], config.language);
  const shown = [...(placed.lead ? [placed.lead] : []), ...placed.headlines];
  const sourceIds = shown.map(({ scored: { candidate } }) => candidate.article.sourceId);
  return { newsletter, date, subject, preheader, lead, headlines, sourceIds };
}

const noLead: Lead = { storyId: null, title: null, url: null, paragraphs: [], source: null, image: null, reasons: [] };

/** Lead and list: what editors placed stands there, the best of the others fills up around it. */
function place(scored: readonly Scored[], wishes: Wishes, config: NewsletterConfig) {
  const find = storyFinder(scored);
  const removed = new Set([...wishes.removed].map(find));
  const wished = new Map<Scored, number | null>();
  for (const [story, to] of wishes.places) {
    const found = find(story);
    if (found && !removed.has(found)) wished.set(found, to);
  }
  const pool = scored.filter((one) => !removed.has(one) && !wished.has(one) && eligible(one));
  const lead = leadAmong(wished, pool);
  const others = [...wished].filter(([item]) => item !== lead).slice(-config.headlines);
  const taken = [...(lead ? [lead] : []), ...others.map(([item]) => item)];
  const free = pool.filter((one) => one !== lead);
  const picks = chooseList(free, taken, config.headlines - others.length);
  const kept = others.flatMap(([item, to]) => (to === null ? [item] : []));
  const fixed = others.flatMap(([item, to]) =>
    to === null ? [] : [{ item: { scored: item, reasons: placedByHand(item) }, place: Math.max(0, to - 1) }],
  );
  return {
    lead: lead && { scored: lead, reasons: wished.has(lead) ? placedByHand(lead) : reasonsToLead(lead) },
    headlines: slotted(ranked(picks, kept), fixed, config.headlines),
  };
}

function leadAmong(wished: ReadonlyMap<Scored, number | null>, pool: readonly Scored[]): Scored | null {
  const byHand = [...wished].findLast(([, to]) => to === 0)?.[0];
  const anywhere = [...wished].flatMap(([item, to]) => (to === null ? [item] : []));
  return byHand ?? chooseLead([...anywhere, ...pool]);
}

/** The picks in their order, with those an editor kept where their score puts them. */
function ranked(picks: readonly Pick[], kept: readonly Scored[]): Placed[] {
  const list = picks.map((pick): Pick => pick);
  for (const scored of kept.toSorted(byScore)) {
    const below = list.findIndex((pick) => pick.total < scored.score);
    const reasons = [...reasonsOf(scored), "An editor asked for it to be in."];
    list.splice(below < 0 ? list.length : below, 0, { scored, total: scored.score, reasons });
  }
  return list;
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

function leadOf({ scored, reasons }: Placed, wishes: Wishes, config: NewsletterConfig): Lead {
  const { article } = scored.candidate;
  const rewrite = rewriteOf(scored, wishes);
  return {
    storyId: scored.candidate.id,
    title: rewrite.title ?? article.title,
    url: rewrite.url ?? article.url,
    paragraphs: (rewrite.paragraphs ?? scored.body).slice(0, config.leadParagraphs),
    source: article.sourceTitle,
    image: article.image,
    reasons: [...reasons, ...(isRewritten(rewrite) ? ["An editor rewrote it."] : [])],
  };
}

function headlineOf({ scored, reasons }: Placed, wishes: Wishes): Headline {
  const { id, article, sources, developing } = scored.candidate;
  const rewrite = rewriteOf(scored, wishes);
  return {
    storyId: id,
    title: rewrite.title ?? article.title,
    url: rewrite.url ?? article.url,
    source: article.sourceTitle,
    alsoIn: sources.slice(1),
    developing,
    reasons: [...reasons, ...(isRewritten(rewrite) ? ["An editor rewrote it."] : [])],
  };
}

/** What editors rewrote of any of the story's articles; the story's own id counts most. */
function rewriteOf({ candidate }: Scored, { rewrites }: Wishes): Rewrite {
  const ids = [...candidate.articles.map(({ id }) => id), candidate.id];
  return Object.assign({}, ...ids.map((id) => rewrites.get(id)));
}

const isRewritten = (rewrite: Rewrite): boolean => Object.keys(rewrite).length > 0;
