import type { Article } from "#domain/article/article.ts";
import type { NewsletterConfig } from "#domain/config/newsletter-config.ts";
import { type Window, windowOf } from "#domain/edition/choosing/candidates.ts";
import { PAST_EDITIONS } from "#domain/edition/choosing/past.ts";
import { runsOf, type SentEdition } from "#domain/edition/choosing/runs.ts";
import type { Field, Ingredients } from "#domain/edition/content/make.ts";
import type { Edition, EditionContent, EditionKey } from "#domain/edition/edition.ts";
import { hasRun } from "#domain/edition/states.ts";
import { isUntitled } from "#domain/source/polling.ts";
import type { Instant } from "#domain/time/instant.ts";
import type { ArticleStore, SourceStore } from "../../ports/articles.ts";
import type { EditionStore } from "../../ports/editions.ts";
import { fieldFor } from "./known-field.ts";
import { type WholeTexts, wholeTexts } from "./whole-texts.ts";

/** Number of editions that are read to find the newest 14 that were sent; some in between weren't. */
const LOOKED_AT = PAST_EDITIONS * 3;

export type Gathered = Omit<Ingredients, "decisions"> & WholeTexts;

/** Reads what an edition is made of, except for the decisions: articles up to the cut-off, sources, past editions. */
export async function gather(
  ports: {
    editions: Pick<EditionStore, "list" | "revision">;
    articles: Pick<ArticleStore, "seenBetween" | "texts">;
    sources: Pick<SourceStore, "list">;
  },
  key: EditionKey,
  config: NewsletterConfig,
  cutoff: Instant,
): Promise<Gathered> {
  const earlier = await editionsSentBefore(ports.editions, key, cutoff);
  const origin = config.from.newsletter;
  const window = windowOf(lastCutoff(earlier, cutoff), cutoff, { isOfEditions: origin !== undefined });
  const [past, articles, sources, sent] = await Promise.all([
    contentsOf(ports.editions, earlier),
    origin === undefined ? ports.articles.seenBetween(window.context, cutoff) : [],
    ports.sources.list(),
    origin === undefined ? undefined : sentIn(ports.editions, origin, window),
  ]);
  const weights = new Map(sources.map(({ id, weight }) => [id, weight]));
  const names = new Map(sources.filter((one) => !isUntitled(one)).map(({ id, title }) => [id, title]));
  return {
    newsletter: key.newsletter,
    date: key.date,
    config,
    window,
    articles: articles.map((article) => renamed(article, names)),
    ...wholeTexts(ports.articles),
    past,
    sourceWeight: (id) => weights.get(id) ?? null,
    ...(sent === undefined ? {} : { runs: runsOf(sent, config.language, sourceIdByTitle(names)) }),
  };
}

function sourceIdByTitle(names: ReadonlyMap<string, string>): (title: string) => string {
  const ids = new Map([...names].map(([id, title]) => [title, id]));
  return (title) => ids.get(title) ?? "";
}

/** What another newsletter sent in a window, oldest first. */
async function sentIn(
  editions: Pick<EditionStore, "list" | "revision">,
  newsletter: string,
  { from, to }: Window,
): Promise<SentEdition[]> {
  const all = await editions.list(newsletter, LOOKED_AT);
  const inWindow = all.filter((edition) => hasRun(edition) && sentAt(edition) > from && sentAt(edition) <= to);
  const sent = await Promise.all(
    inWindow.map(async (edition) => ({ edition, revision: await editions.revision(edition, edition.rev) })),
  );
  return sent
    .flatMap(({ edition, revision }) => (revision ? [{ content: revision.content, sentAt: sentAt(edition) }] : []))
    .toSorted((a, b) => (a.sentAt < b.sentAt ? -1 : 1));
}

/** What an edition chooses from as of a cut-off, read and scored. */
export async function readField(
  ports: Parameters<typeof gather>[0],
  key: EditionKey,
  config: NewsletterConfig,
  cutoff: Instant,
): Promise<{ gathered: Gathered; field: Field }> {
  const gathered = await gather(ports, key, config, cutoff);
  return { gathered, field: fieldFor(gathered) };
}

/**
 * An article shows its source's current name, not the name at the time it arrived; an outlet named by the feed keeps
 * its own.
 */
function renamed(article: Article, names: ReadonlyMap<string, string>): Article {
  const name = article.outlet ?? names.get(article.sourceId);
  return name === undefined || name === article.sourceTitle ? article : { ...article, sourceTitle: name };
}

/**
 * The newest editions sent before the cut-off. Their dates don't matter, since an edition can be sent on another day.
 */
async function editionsSentBefore(
  editions: Pick<EditionStore, "list">,
  { newsletter, date }: EditionKey,
  cutoff: Instant,
): Promise<Edition[]> {
  const all = await editions.list(newsletter, LOOKED_AT);
  return all
    .filter((edition) => edition.date !== date && hasRun(edition) && sentAt(edition) <= cutoff)
    .toSorted((a, b) => (sentAt(a) < sentAt(b) ? 1 : -1))
    .slice(0, PAST_EDITIONS);
}

const sentAt = ({ frozenAt, approvedAt, createdAt }: Edition): Instant => frozenAt ?? approvedAt ?? createdAt;

function lastCutoff(earlier: readonly Edition[], before: Instant): Instant | null {
  const cutoffs = earlier.flatMap(({ cutoff }) => (cutoff !== null && cutoff <= before ? [cutoff] : []));
  return cutoffs.toSorted().at(-1) ?? null;
}

async function contentsOf(
  editions: Pick<EditionStore, "revision">,
  earlier: readonly Edition[],
): Promise<EditionContent[]> {
  const revisions = await Promise.all(earlier.map((edition) => editions.revision(edition, edition.rev)));
  return revisions.flatMap((revision) => (revision ? [revision.content] : []));
}
