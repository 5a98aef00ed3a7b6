import type { Presence } from "#domain/desk/presence.ts";
import type { EditionKey } from "#domain/edition/edition.ts";
import type { DynamoPresence } from "../../dynamo/desk/presence.ts";

/** In-memory version of adapters/dynamo/desk/presence.ts. */
export function memoryPresence(): DynamoPresence {
  const desks = new Map<string, Map<string, Presence>>();
  const name = ({ newsletter, date }: EditionKey) => `${newsletter}#${date}`;
  return {
    put: async (key, presence) => {
      const desk = desks.get(name(key)) ?? new Map<string, Presence>();
      desks.set(name(key), desk.set(presence.id, structuredClone(presence)));
    },
    all: async (key) =>
      [...(desks.get(name(key))?.values() ?? [])]
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .map((one) => structuredClone(one)),
  };
}
