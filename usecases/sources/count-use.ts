import type { Edition } from "#domain/edition/edition.ts";
import type { SourceStore } from "../ports/articles.ts";
import type { EditionStore } from "../ports/editions.ts";

type UsePorts = {
  editions: Pick<EditionStore, "revision">;
  /** A source's id once for each article of it that is shown. */
  sources: Pick<SourceStore, "countUse">;
};

/** Counts, for each source, the articles that an edition shows. */
export async function countUse({ editions, sources }: UsePorts, edition: Edition): Promise<void> {
  const shown = (await editions.revision(edition, edition.rev))?.content.sourceIds ?? [];
  if (shown.length > 0) await sources.countUse(shown);
}
