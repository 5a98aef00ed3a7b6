import type { Edition } from "#domain/edition/edition.ts";
import type { Instant } from "#domain/time/instant.ts";
import type { EditionStore } from "../ports/editions.ts";

/** So many editions are looked at, drafts of later dates among them. */
const LOOKED_AT = 50;

/**
 * Whether a newsletter had an edition, or a draft of one, at that time. A time before its first was never promised: it
 * was deployed later.
 */
export const hadBegun = async (
  editions: Pick<EditionStore, "list">,
  newsletter: string,
  at: Instant,
): Promise<boolean> => hadOneOf(await editions.list(newsletter, LOOKED_AT), at);

export const hadOneOf = (editions: readonly Pick<Edition, "createdAt">[], at: Instant): boolean =>
  editions.some(({ createdAt }) => createdAt <= at);
