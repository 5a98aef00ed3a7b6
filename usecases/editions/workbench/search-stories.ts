import type { Article } from "#domain/article/article.ts";
import { PAST_EDITIONS } from "#domain/edition/choosing/past.ts";
import { significantWords } from "#domain/edition/content/words.ts";
import type { Other } from "#domain/edition/views/workbench.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import { DAY } from "#domain/time/durations.ts";
import { fromInstant, toInstant } from "#domain/time/instant.ts";
import { type EditionRequest, resolveEdition } from "../edition-request.ts";
import type { Ports } from "../ports.ts";

/** Most results; more words narrow the search. */
const MOST = 40;

/** Articles of the last two weeks whose title has all these words, candidates or not, newest first. */
export async function searchStories(
  ports: Ports,
  request: EditionRequest & { words: string },
): Promise<Outcome<{ stories: Other[] }>> {
  const target = resolveEdition(ports, request);
  if (!target.ok) return target;
  const wanted = new Set(significantWords(request.words));
  if (wanted.size === 0) return fault("bad-request", "Say at least one word of the title that is looked for.");
  const now = ports.now();
  const articles = await ports.articles.seenBetween(toInstant(fromInstant(now) - PAST_EDITIONS * DAY), now);
  const inLanguage = ({ language }: Article) =>
    language === null || language.split("-")[0] === base(target.value.config);
  const found = articles.filter(
    (article) => inLanguage(article) && new Set(significantWords(article.title)).isSupersetOf(wanted),
  );
  return done({ stories: found.toReversed().slice(0, MOST).map(shown) });
}

const base = ({ language }: { language: string }) => language.split("-")[0];

const shown = (article: Article): Other => ({
  storyId: article.id,
  title: article.title,
  url: article.url,
  source: article.sourceTitle,
  sources: 1,
  score: null,
  reasons: [],
  at: article.published ?? article.seenAt,
  section: article.section,
  picture: article.image?.url ?? null,
  ran: null,
});
