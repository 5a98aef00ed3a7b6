import { domainOf } from "../../dns/domain-of.ts";
import type { Edition } from "../../edition/edition.ts";

/**
 * List-Id identifies a newsletter permanently (RFC 2919 §3), because readers' filters and mailbox providers' reputation
 * depend on it. It is made once from the sender's domain, and each later edition copies it from the one before, so a
 * new sender doesn't change it.
 * @param earlier the newsletter's editions, newest first
 */
export function listIdFor(
  { name, sender }: { name: string; sender: string },
  earlier: readonly Pick<Edition, "listId">[] = [],
): string {
  const stored = earlier.find(({ listId }) => listId !== undefined)?.listId;
  return stored ?? `${name}.${domainOf(sender)}`;
}
