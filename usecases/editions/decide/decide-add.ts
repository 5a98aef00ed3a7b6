import { canonicalUrl, urlIdentity } from "#domain/article/address.ts";
import type { Article } from "#domain/article/article.ts";
import { wholeOf } from "#domain/article/excerpt.ts";
import { articleId, pageAlias } from "#domain/article/identity.ts";
import { cleanField } from "#domain/article/text.ts";
import type { DecisionInput } from "#domain/edition/decisions/decision-input.ts";
import { editorialStateOf, type NewDecision } from "#domain/edition/decisions/decisions.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import type { EditionState } from "../making/change.ts";
import type { MakingPorts } from "../ports.ts";
import { decideRestore, type Stamp } from "./decide-order.ts";
import { placeOf, storyNamed } from "./find-story.ts";

type Adding = Extract<DecisionInput, { do: "add" }>;

/** The article of a page, whenever it arrived; null: not an address, or no source has it. */
export async function articleAt({ articles, sources }: MakingPorts, name: string): Promise<Article | null> {
  const url = addressOf(name);
  if (url === null) return null;
  const hashes = (await sources.list()).map(({ id }) => pageAlias(id, url).hash);
  const places = await articles.places(hashes);
  const found = [...(await articles.read([...places.values()])).values()];
  const newest = found.toSorted((a, b) => (a.seenAt < b.seenAt ? 1 : -1))[0] ?? null;
  if (newest?.text === undefined) return newest;
  // The log stores the whole article, because it may expire before it is shown.
  const { text, ...place } = newest;
  return wholeOf(newest, (await articles.texts([{ ...place, text }])).get(newest.id) ?? []);
}

const addressOf = (name: string): string | null =>
  /^(https?:\/\/|www\.)/i.test(name.trim()) ? canonicalUrl(name).url : null;

/**
 * Adds a story: a candidate, a removed story, an older article, or a page that no source has. A story that is already
 * in the edition is refused.
 */
export function decideAdd(
  input: Adding,
  now: EditionState,
  stamp: Stamp,
  outside: Article | null,
): Outcome<NewDecision> {
  if (editorialStateOf(now.log).file) {
    return fault("wrong-state", "An edition from a file has the file's stories. Draft it again from another file.");
  }
  const url = addressOf(input.story);
  const known = knownStory(input.story, url, now) ?? (outside && knownStory(outside.id, null, now));
  if (known !== null) return entering(known, input, now, stamp);
  if (outside !== null) return done({ do: "add", article: outside, to: input.at ?? null, ...stamp });
  if (url === null) return fault("unknown-story", `There is no story “${input.story}”. Give its address, or its id.`);
  const title = cleanField(input.title ?? "");
  if (title === "" || title.length > 300) {
    return fault(
      "unknown-story",
      `No source has brought ${url}. Give it a headline of at most 300 characters to add it.`,
    );
  }
  const article = ownArticle(url, { ...input, title }, stamp.at);
  return done({ do: "add", article, to: input.at ?? null, ...stamp });
}

/** The story with that id or page, in the edition or among the candidates. */
function knownStory(name: string, url: string | null, now: EditionState): string | null {
  const same = url === null ? null : urlIdentity(url);
  if (same !== null) {
    const isSame = (other: string | null) => other !== null && urlIdentity(other) === same;
    const listed = now.content ? [now.content.lead, ...now.content.headlines] : [];
    const shown = listed.find((one) => isSame(one.url))?.storyId;
    const story = now.field.scored.find(({ candidate }) => candidate.articles.some((one) => isSame(one.url)));
    const added = [...editorialStateOf(now.log).added.values()].find((one) => isSame(one.url));
    return shown ?? story?.candidate.id ?? added?.id ?? null;
  }
  const named = storyNamed(name, now);
  return named.ok ? named.value : null;
}

function entering(story: string, input: Adding, now: EditionState, stamp: Stamp): Outcome<NewDecision> {
  const place = placeOf(story, now.content);
  if (place !== null) {
    const where = place === 0 ? "it leads" : `it is headline ${place}`;
    return fault("edition-exists", `That story is in the edition already: ${where}. Nothing enters twice.`);
  }
  if (input.at === undefined) {
    const restored = decideRestore(story, now, stamp);
    if (restored.ok) return restored;
  }
  return done({ do: "pin", story, to: input.at ?? null, ...stamp });
}

/** A page that no source has, as the editor describes it. */
const ownArticle = (
  url: string,
  { title, source, summary, image }: Pick<Adding, "source" | "summary" | "image"> & { title: string },
  at: string,
): Article => ({
  id: articleId("", pageAlias("", url)),
  sourceId: "",
  sourceTitle: cleanField(source ?? "") || new URL(url).hostname.replace(/^www\./, ""),
  title,
  url,
  guid: null,
  published: null,
  doubts: [],
  seenAt: at,
  changedAt: at,
  summary: cleanField(summary ?? ""),
  paragraphs: [],
  author: null,
  section: null,
  language: null,
  image: image ? { ...image, alt: cleanField(image.alt) } : null,
  archive: false,
});
