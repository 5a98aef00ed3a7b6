import type { Message } from "../mail/message.ts";
import { recipientOf, subjectOf } from "../mail/render.ts";

/** The copies of one mail: what was sent with the same content, as an edition's batches are. Oldest first. */
type Group = { key: string; copies: Message[] };

/** A group in a search: matching copies, and the total number. */
export type Found = { group: Group; copies: readonly Message[]; first: Message; last: Message };

/** Mail that reached an inbox; a bounced or suppressed one did not. */
export const reached = ({ entry }: Message) =>
  entry.fate === "delivered" || entry.fate === "complained" || entry.fate === "delayed";

/** Keeps messages by group, so 10,000 copies of an edition are one row, and a list costs only what it shows. */
export function createShelf(messages: readonly Message[]) {
  const groups = new Map<string, Group>();
  let count = 0;

  const add = (added: readonly Message[]) => {
    for (const message of added.filter(reached)) {
      const key = `${message.call.content}${message.call.from}`;
      const group = groups.get(key) ?? { key, copies: [] };
      // A mail sent again moves to the top: the order of the map is the order of last arrival.
      groups.delete(key);
      group.copies.push(message);
      groups.set(key, group);
      count++;
    }
  };
  add(messages);

  return {
    add,
    clear() {
      groups.clear();
      count = 0;
    },
    count: () => count,
    groupOf: (message: Message) => groups.get(`${message.call.content}${message.call.from}`),
    /** Groups that match, the one that got mail last first. The search looks at subject, sender and recipients. */
    search(words: string): Found[] {
      const wanted = words.trim().toLowerCase();
      return [...groups.values()].reverse().flatMap((group) => {
        const copies = matching(group, wanted);
        const [first, last] = [copies[0], copies.at(-1)];
        return first && last ? [{ group, copies, first, last }] : [];
      });
    },
  };
}

export type Shelf = ReturnType<typeof createShelf>;

/** The copies of a group that match words in lower case; all of them when its subject or sender does. */
export function matching(group: Group, wanted: string): readonly Message[] {
  const [first] = group.copies;
  if (wanted === "" || !first) return group.copies;
  const shared = `${subjectOf(first)} ${first.call.from}`.toLowerCase();
  if (shared.includes(wanted)) return group.copies;
  return group.copies.filter((copy) => recipientOf(copy).toLowerCase().includes(wanted));
}
