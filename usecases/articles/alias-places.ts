import type { Article } from "#domain/article/article.ts";
import type { Alias } from "#domain/article/identity.ts";
import { isRefreshDue, keptUntil } from "#domain/article/retention.ts";
import type { Source } from "#domain/source/source.ts";
import type { ArticlePlace, ArticleStore, KnownPlace } from "../ports/articles.ts";

/** Places to which aliases lead: claimed, moved, and kept. */
type Ports = { port: Pick<ArticleStore, "claim" | "redirect" | "keep">; source: Source; now: () => number };

/** An article that waits for its date is kept beyond it. */
export const expiry = ({ now }: Pick<Ports, "now">, { seenAt }: Pick<ArticlePlace, "seenAt">): number =>
  keptUntil(Math.max(now(), Date.parse(seenAt)));

export const isAt = (a: ArticlePlace, b: ArticlePlace) => a.id === b.id && a.seenAt === b.seenAt;

/** Claims the aliases that lead nowhere yet. */
export async function claimRest(
  { port, now }: Pick<Ports, "port" | "now">,
  aliases: readonly Alias[],
  place: ArticlePlace,
  places: Map<string, KnownPlace>,
): Promise<void> {
  for (const { hash, foreign } of aliases) {
    if (foreign === true || places.has(hash)) continue;
    places.set(hash, await port.claim(hash, place, expiry({ now }, place)));
  }
}

/** False: another process moved one of them meanwhile. */
export async function moveAliases(
  { port }: Pick<Ports, "port">,
  aliases: readonly Alias[],
  from: ArticlePlace,
  to: ArticlePlace,
  places: Map<string, KnownPlace>,
): Promise<boolean> {
  for (const { hash } of aliases) {
    const led = places.get(hash);
    if (led === undefined || !isAt(led, from)) continue;
    if (!(await port.redirect(hash, from, to))) return false;
    places.set(hash, to);
  }
  return true;
}

/** An article that is still in its feed is kept, with its aliases. Only its own source extends the time. */
export async function refresh(
  { port, source, now }: Ports,
  aliases: readonly Alias[],
  article: Article,
  places: ReadonlyMap<string, KnownPlace>,
): Promise<void> {
  const names = aliases.flatMap(({ hash }) => {
    const place = places.get(hash);
    return place !== undefined && isAt(place, article) ? [{ hash, until: place.keptUntil }] : [];
  });
  if (article.sourceId !== source.id || !names.some(({ until }) => isRefreshDue(until, now()))) return;
  const hashes = names.map(({ hash }) => hash);
  await port.keep(article, hashes, expiry({ now }, article));
}
