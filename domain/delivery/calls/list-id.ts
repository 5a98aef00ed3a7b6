import type { Edition } from "../../edition/edition.ts";
import { hasRun } from "../../edition/states.ts";

/**
 * List-Id identifies a newsletter permanently (RFC 2919 §3), because readers' filters and mailbox providers' reputation
 * depend on it. It is made once from the sender's domain, and each later edition copies it from the one before, so a
 * new sender or site doesn't change it.
 */
export function listIdFor(
  newsletter: { name: string; sender: string; siteUrl: string },
  /** The newsletter's editions, newest first. */
  earlier: readonly Pick<Edition, "listId" | "state" | "frozenAt">[],
): string {
  const stored = earlier.find(({ listId }) => listId !== undefined)?.listId;
  if (stored !== undefined) return stored;
  // Earlier versions made it from the site's host; newsletters that have sent such emails keep it.
  if (earlier.some(hasRun)) return listIdBySite(newsletter.name, newsletter.siteUrl);
  return `${newsletter.name}.${newsletter.sender.slice(newsletter.sender.lastIndexOf("@") + 1).toLowerCase()}`;
}

/** The List-Id of an edition from before List-Ids were stored. */
export const listIdBySite = (newsletter: string, siteUrl: string): string =>
  `${newsletter}.${new URL(siteUrl).hostname}`;
