import { createHash } from "node:crypto";
import type { Article } from "#domain/article/article.ts";
import { type Field, fieldOf, type Ingredients } from "#domain/edition/content/make.ts";
import type { EditionContent } from "#domain/edition/edition.ts";

type Gathered = Omit<Ingredients, "decisions" | "textOf">;

/** The last stories that were found and scored in this process, with their input. */
let last: { signature: string; field: Field } | null = null;

/**
 * The stories of the gathered articles. Editors' decisions follow each other and change no article, so the stories of
 * the last decision are used again while their input is the same. A decision, its workbench and the next decision
 * cluster once.
 */
export function fieldFor(gathered: Gathered): Field {
  if (gathered.runs !== undefined) return fieldOf(gathered);
  const signature = signatureOf(gathered);
  if (last?.signature === signature) return last.field;
  const field = fieldOf(gathered);
  last = { signature, field };
  return field;
}

function signatureOf({ newsletter, config, window, articles, past, sourceWeight }: Gathered): string {
  const hash = createHash("sha1");
  hash.update(JSON.stringify([newsletter, config, window]));
  for (const article of articles) hash.update(articlePart(article));
  const sources = new Set(articles.map(({ sourceId }) => sourceId));
  for (const id of [...sources].toSorted()) hash.update(`${id} ${sourceWeight(id)}\n`);
  for (const content of past) hash.update(pastPart(content));
  return hash.digest("hex");
}

/** An article's changes show in its `changedAt`; the other fields are cheap to compare and identify the candidates. */
const articlePart = (article: Article): string =>
  `${article.id} ${article.changedAt} ${article.seenAt} ${article.sourceTitle} ${article.url} ${article.title} ${article.paragraphs.length} ${article.text} ${article.archive}\n`;

const pastPart = ({ date, lead, headlines }: EditionContent): string =>
  `${date} ${lead.paragraphs[0]}\n${[lead, ...headlines].map(({ storyId, url, title }) => `${storyId} ${url} ${title}\n`).join("")}`;
