import type { EditionContent } from "#domain/edition/edition.ts";

/** Words a minute: what adults read of news on a screen, 200 to 240 in the languages Broadsheet has words in. */
const PACE = 220;

/** How long the whole edition takes to read, in minutes; at least one. */
export function minutesToRead({ lead, headlines }: EditionContent): number {
  const texts = [
    lead.title ?? "",
    ...lead.paragraphs,
    ...headlines.flatMap(({ title, summary = "" }) => [title, summary]),
  ];
  const words = texts.reduce((sum, text) => sum + (text.match(/\S+/g)?.length ?? 0), 0);
  return Math.max(1, Math.round(words / PACE));
}
