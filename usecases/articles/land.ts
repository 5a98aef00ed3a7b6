import type { Article, DraftArticle } from "#domain/article/article.ts";
import {
  type Alias,
  aliasesOf,
  articleId,
  changedArticle,
  isOwnPage,
  isWaiting,
  mayBeSame,
  type Shared,
  sharedIdentities,
} from "#domain/article/identity.ts";
import { type Allowance, newestFirst, openAllowance, takeShare } from "#domain/source/allowance.ts";
import { wasOld } from "#domain/source/polling.ts";
import type { Source } from "#domain/source/source.ts";
import { type Instant, toInstant } from "#domain/time/instant.ts";
import { inParallel } from "../in-parallel.ts";
import type { ArticlePlace, ArticleStore, KnownPlace } from "../ports/articles.ts";
import { claimRest, expiry, isAt, moveAliases, refresh } from "./alias-places.ts";
import { placeInTime } from "./place-in-time.ts";

export type ArticlePort = Pick<ArticleStore, "places" | "claim" | "redirect" | "read" | "add" | "replace" | "keep">;

/** `dropped`: the source has reached its limit of articles or bytes. */
type Landing = "fresh" | "changed" | "same" | "dropped";

/**
 * How long a claimed place may stay empty before another poll treats it as abandoned, in milliseconds: longer than a
 * poll needs from claiming to storing the article, and shorter than the time to the next poll.
 */
const ABANDONED = 3 * 60_000;

/** Number of articles of one document landed at once; to each other they are like articles of another poll. */
const CONCURRENCY = 8;

type Context = {
  /**
   * Ids of articles that this document has already stored, so an item that is listed twice doesn't change its article
   * twice.
   */
  readonly handled: Set<string>;
  readonly port: ArticlePort;
  readonly source: Source;
  readonly shared: Shared;
  readonly archiveBefore: Instant | null;
  readonly now: () => number;
  readonly allowance: Allowance;
};

/**
 * Lands the articles of a document or a push. Each lands once, whatever changed about it, and however many polls and
 * pushes run at once or die halfway. An article's aliases are claimed in a fixed order before the article is stored at
 * the place they lead to; a process that finds an alias claimed uses that place. At worst, a poll that dies leaves a
 * claimed place empty, and the next one fills it. If nothing changed, nothing is written.
 */
export async function landArticles(
  port: ArticlePort,
  source: Source,
  drafts: readonly DraftArticle[],
  now: () => number,
  archiveBefore: Instant | null,
  allowance: Allowance = openAllowance(source, now()),
): Promise<Landing[]> {
  const shared = sharedIdentities(drafts);
  const context: Context = { port, source, shared, archiveBefore, now, handled: new Set(), allowance };
  const aliases = drafts.map((draft) => aliasesOf(source, draft, shared));
  const places = await port.places(aliases.flat().map((alias) => alias.hash));
  const known = await port.read([...new Map([...places.values()].map((place) => [place.id, place])).values()]);
  const restless = hasRestlessGuids(drafts, aliases, places, known);
  const landings: Landing[] = drafts.map(() => "same");
  await inParallel(newestFirst(drafts, allowance), CONCURRENCY, async (index) => {
    const draft = drafts[index];
    const names = aliases[index] ?? [];
    const used = restless ? names.filter((alias) => alias.kind !== "guid" || places.has(alias.hash)) : names;
    if (draft !== undefined)
      landings[index] = await landOne(context, draft, used.length > 0 ? used : names, places, known);
  });
  return landings;
}

/**
 * Some feeds make new guids at every poll. If most of the same pages come with other guids than last time, no new guids
 * are claimed: they would fill the table with aliases that are never used again.
 */
function hasRestlessGuids(
  drafts: readonly DraftArticle[],
  aliases: readonly (readonly Alias[])[],
  places: ReadonlyMap<string, KnownPlace>,
  known: ReadonlyMap<string, Article>,
): boolean {
  const kept = drafts.flatMap((draft, index) => {
    const page = aliases[index]?.find((alias) => alias.kind === "url");
    const article = page === undefined ? undefined : known.get(places.get(page.hash)?.id ?? "");
    return article?.guid == null || draft.guid === null ? [] : [article.guid === draft.guid];
  });
  return kept.length >= 3 && kept.filter((same) => !same).length * 2 > kept.length;
}

async function landOne(
  context: Context,
  draft: DraftArticle,
  aliases: readonly Alias[],
  places: Map<string, KnownPlace>,
  known: Map<string, Article>,
): Promise<Landing> {
  const usable = aliases.filter((alias) => isUsable(alias, draft, places, known, context.now()));
  const led = usable.find((alias) => places.has(alias.hash));
  const place = led === undefined ? undefined : places.get(led.hash);
  const article = place === undefined ? undefined : known.get(place.id);
  if (article === undefined && !takeShare(context.allowance, draft)) return "dropped";
  if (led === undefined || place === undefined) {
    const stale = aliases.filter((alias) => !usable.includes(alias) && leadsToOwn(context, alias, places, known));
    return landNew(context, draft, { usable, stale }, places, known);
  }
  if (article === undefined) return fillPlace(context, draft, usable, place, places, known);
  // Over its limit, a source that changes everything at each poll would fill the table with aliases.
  if (context.allowance.articles > 0) await claimRest(context, usable, place, places);
  await refresh(context, usable, article, places);
  return update(context, article, draft, usable, places, known);
}

/** Whether a title or text leads to an earlier article of the same source: from now on it leads to the new one. */
function leadsToOwn(
  { source }: Context,
  { hash, kind, foreign }: Alias,
  places: ReadonlyMap<string, KnownPlace>,
  known: ReadonlyMap<string, Article>,
): boolean {
  const article = known.get(places.get(hash)?.id ?? "");
  return foreign !== true && (kind === "title" || kind === "text") && article?.sourceId === source.id;
}

/** A title alias that leads to an article of another day with the same title isn't changed. */
function isUsable(
  alias: Alias,
  draft: DraftArticle,
  places: ReadonlyMap<string, KnownPlace>,
  known: ReadonlyMap<string, Article>,
  now: number,
): boolean {
  const place = places.get(alias.hash);
  const article = place === undefined ? undefined : known.get(place.id);
  // Only the source that claimed an empty place may fill it.
  if (article === undefined) return alias.foreign !== true;
  return mayBeSame(alias, article, draft, now);
}

async function landNew(
  context: Context,
  draft: DraftArticle,
  { usable, stale }: { usable: readonly Alias[]; stale: readonly Alias[] },
  places: Map<string, KnownPlace>,
  known: Map<string, Article>,
): Promise<Landing> {
  const own = usable.filter(({ foreign }) => foreign !== true);
  const [first] = own;
  if (first === undefined) return "same";
  const mine = await placeInTime(context, draft, articleId(context.source.id, first));
  if (mine === null) return "dropped";
  const claimed: Alias[] = [];
  for (const alias of own) {
    const place = await context.port.claim(alias.hash, mine, expiry(context, mine));
    places.set(alias.hash, place);
    if (isAt(place, mine)) {
      claimed.push(alias);
      continue;
    }
    // Another poll was first: the aliases claimed here lead to its article too.
    const article = (await context.port.read([place])).get(place.id);
    if (article !== undefined && !mayBeSame(alias, article, draft, context.now())) continue;
    for (const { hash } of claimed) {
      await context.port.redirect(hash, mine, place);
      places.set(hash, place);
    }
    if (article === undefined) return fillPlace(context, draft, usable, place, places, known);
    known.set(place.id, article);
    return "same";
  }
  for (const alias of stale) {
    const led = places.get(alias.hash);
    if (led !== undefined) await moveAliases(context, [alias], led, mine, places);
  }
  return keep(context, draft, mine, known);
}

/** A place that was claimed and isn't filled: its poll died, or is between the two writes. */
async function fillPlace(
  context: Context,
  draft: DraftArticle,
  aliases: readonly Alias[],
  place: ArticlePlace,
  places: Map<string, KnownPlace>,
  known: Map<string, Article>,
): Promise<Landing> {
  await claimRest(context, aliases, place, places);
  // Another source may have landed it, or be landing it, at the place to which the aliases lead that weren't claimed
  // here yet.
  const elsewhere = aliases.map(({ hash }) => places.get(hash)).find((led) => led !== undefined && !isAt(led, place));
  if (elsewhere !== undefined) return moveTo(context, draft, aliases, place, elsewhere, places, known);
  const abandoned = context.now() - Date.parse(place.seenAt) > ABANDONED;
  // An edition made since may not look as far back as the old time, so an abandoned place moves to now.
  const target = abandoned ? { ...place, seenAt: toInstant(context.now()) } : place;
  if (abandoned && !(await moveAliases(context, aliases, place, target, places))) return "same";
  return keep(context, draft, target, known);
}

/** Moves the aliases of an empty place to another one. Each move leaves one place fewer, so this ends. */
async function moveTo(
  context: Context,
  draft: DraftArticle,
  aliases: readonly Alias[],
  from: ArticlePlace,
  to: ArticlePlace,
  places: Map<string, KnownPlace>,
  known: Map<string, Article>,
): Promise<Landing> {
  if (!(await moveAliases(context, aliases, from, to, places))) return "same";
  const article = (await context.port.read([to])).get(to.id);
  if (article === undefined) return fillPlace(context, draft, aliases, to, places, known);
  known.set(to.id, article);
  return "same";
}

async function keep(
  context: Context,
  draft: DraftArticle,
  place: ArticlePlace,
  known: Map<string, Article>,
): Promise<Landing> {
  const { source, archiveBefore } = context;
  const article: Article = {
    ...draft,
    id: place.id,
    sourceId: source.id,
    sourceTitle: draft.outlet ?? source.title,
    seenAt: place.seenAt,
    changedAt: place.seenAt,
    ...(draft.url === null || isOwnPage(source, draft.url) ? {} : { elsewhere: true }),
    archive: archiveBefore !== null && draft.published !== null && draft.published < archiveBefore,
  };
  known.set(article.id, article);
  context.handled.add(article.id);
  return (await context.port.add(article, expiry(context, article))) ? "fresh" : "same";
}

/** Only the source that first delivered an article may change it. */
async function update(
  context: Context,
  article: Article,
  draft: DraftArticle,
  aliases: readonly Alias[],
  places: Map<string, KnownPlace>,
  known: Map<string, Article>,
): Promise<Landing> {
  if (article.sourceId !== context.source.id || context.handled.has(article.id)) return "same";
  context.handled.add(article.id);
  const now = context.now();
  const changed = changedArticle(article, draft, toInstant(now));
  if (changed === null) return "same";
  // The date of an article that waits for it decides where it is stored.
  const isMoved = isWaiting(article, now) && changed.published !== article.published;
  const place = isMoved ? await placeInTime(context, changed, changed.id) : changed;
  if (place === null) return "dropped";
  const placed = { ...changed, seenAt: place.seenAt };
  // It may have had no date when it landed.
  const after = { ...placed, archive: placed.archive || wasOld(placed) };
  if (!takeShare(context.allowance, draft)) return "dropped";
  known.set(after.id, after);
  if (!isAt(article, after)) return moveArticle(context, article, after, aliases, places);
  return (await context.port.replace(article, after, expiry(context, after))) ? "changed" : "same";
}

/** Stores an article under its new date. What remains at the old place is archive, so no edition finds it there. */
async function moveArticle(
  context: Context,
  article: Article,
  after: Article,
  aliases: readonly Alias[],
  places: Map<string, KnownPlace>,
): Promise<Landing> {
  await context.port.add(after, expiry(context, after));
  if (!(await moveAliases(context, aliases, article, after, places))) return "same";
  await context.port.replace(
    article,
    { ...article, archive: true, changedAt: after.changedAt },
    expiry(context, after),
  );
  return "changed";
}
