import type { Edition } from "#domain/edition/edition.ts";
import type { Instant } from "#domain/time/instant.ts";
import type { EditionStore } from "../ports/editions.ts";

/** Number of editions that are read, including drafts of later dates. */
const LOOKED_AT = 50;

/**
 * Whether a newsletter had an edition or a draft by that time. If not, it was deployed later, and no edition was due.
 */
export const hadBegun = async (
  editions: Pick<EditionStore, "list">,
  newsletter: string,
  at: Instant,
): Promise<boolean> => hadOneOf(await editions.list(newsletter, LOOKED_AT), at);

export const hadOneOf = (editions: readonly Pick<Edition, "createdAt">[], at: Instant): boolean =>
  editions.some(({ createdAt }) => createdAt <= at);
