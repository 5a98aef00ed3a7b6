import type { Edition } from "../../edition/edition.ts";
import { hasRun } from "../../edition/states.ts";

/**
 * List-Id names a newsletter for as long as it exists (RFC 2919 §3): readers' filters and mailbox providers' reputation
 * hang on it. It is made once, of the sender's domain, and every later edition copies it from the one before, so a new
 * sender or a new site changes nothing.
 */
export function listIdFor(
  newsletter: { name: string; sender: string; siteUrl: string },
  /** The newsletter's editions, newest first. */
  earlier: readonly Pick<Edition, "listId" | "state" | "frozenAt">[],
): string {
  const stored = earlier.find(({ listId }) => listId !== undefined)?.listId;
  if (stored !== undefined) return stored;
  // Before it was stored it was made of the site's host: readers who got such an email keep it.
  if (earlier.some(hasRun)) return listIdBySite(newsletter.name, newsletter.siteUrl);
  return `${newsletter.name}.${newsletter.sender.slice(newsletter.sender.lastIndexOf("@") + 1).toLowerCase()}`;
}

/** The List-Id of an edition that was made before List-Ids were stored. */
export const listIdBySite = (newsletter: string, siteUrl: string): string =>
  `${newsletter}.${new URL(siteUrl).hostname}`;
