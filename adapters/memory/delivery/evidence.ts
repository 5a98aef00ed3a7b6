import type { BatchKey } from "#domain/delivery/ledger/batch.ts";
import { type DeliveryOutcome, rankOf } from "#domain/delivery/ledger/delivery-outcome.ts";
import type { Double, ResendAllowed } from "#domain/delivery/ledger/double.ts";
import type { SeenKey } from "#domain/delivery/ledger/seen-deliveries.ts";
import type { EditionKey } from "#domain/edition/edition.ts";
import { deepFreeze } from "../deep-freeze.ts";
import { batchName, type DeliveryStore, editionName, innerMap } from "../store.ts";

/** In-memory version of adapters/dynamo/delivery/evidence.ts. */
export function evidenceOf(store: DeliveryStore) {
  return { ...seenOf(store), ...outcomesOf(store), ...doublesOf(store) };
}

function seenOf({ seen }: DeliveryStore) {
  return {
    seen: async (key: BatchKey): Promise<Set<SeenKey>> =>
      new Set(innerMap(seen, editionName(key)).get(batchName(key))?.places),

    async seenInGroup(key: EditionKey, group: string, run: string): Promise<Map<string, Set<SeenKey>>> {
      const own = [...innerMap(seen, editionName(key))].filter(([name]) => name.startsWith(`${group}#${run}#`));
      return new Map(own.map(([, { first, places }]) => [first, new Set(places)]));
    },

    async addSeen(key: BatchKey, places: readonly SeenKey[]): Promise<void> {
      if (places.length === 0) return;
      const ofEdition = innerMap(seen, editionName(key));
      const before = ofEdition.get(batchName(key))?.places ?? [];
      ofEdition.set(batchName(key), { first: key.first, places: new Set([...before, ...places]) });
    },
  };
}

function outcomesOf({ outcomes }: DeliveryStore) {
  const nameOf = (group: string, id: string) => `${group}#${id}`;
  return {
    outcome: async (key: EditionKey, group: string, id: string): Promise<DeliveryOutcome | undefined> =>
      innerMap(outcomes, editionName(key)).get(nameOf(group, id)),

    async outcomes(key: EditionKey, group: string): Promise<DeliveryOutcome[]> {
      const own = [...innerMap(outcomes, editionName(key))].filter(([name]) => name.startsWith(`${group}#`));
      return own.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, outcome]) => outcome);
    },

    async putOutcome(key: EditionKey, group: string, outcome: DeliveryOutcome): Promise<boolean> {
      const ofEdition = innerMap(outcomes, editionName(key));
      const known = ofEdition.get(nameOf(group, outcome.id));
      if (known && rankOf(known.kind) >= rankOf(outcome.kind)) return false;
      ofEdition.set(nameOf(group, outcome.id), deepFreeze(outcome));
      return true;
    },
  };
}

function doublesOf({ doubles, resendAllowed }: DeliveryStore) {
  const nameOf = ({ key, attempt }: Double) => `${editionName(key)}#${batchName(key)}#${attempt}`;
  return {
    async noteDouble(double: Double): Promise<boolean> {
      if (doubles.has(nameOf(double))) return false;
      doubles.set(nameOf(double), deepFreeze(double));
      return true;
    },

    doubles: async (): Promise<Double[]> => [...doubles.values()],

    resendAllowed: async (): Promise<ResendAllowed | undefined> => resendAllowed.value,

    async allowResend(allowed: ResendAllowed): Promise<void> {
      resendAllowed.value = deepFreeze(allowed);
    },
  };
}
