import type { Edition, EditionKey, Revision } from "#domain/edition/edition.ts";

export type UsePorts = {
  editions: { revision: (key: EditionKey, rev: number) => Promise<Revision | undefined> };
  /** A source's id once for each article of it that is shown. */
  sources: { countUse: (ids: readonly string[]) => Promise<void> };
};

/** Counts, for each source, the articles that an edition shows. */
export async function countUse({ editions, sources }: UsePorts, edition: Edition): Promise<void> {
  const shown = (await editions.revision(edition, edition.rev))?.content.sourceIds ?? [];
  if (shown.length > 0) await sources.countUse(shown);
}
