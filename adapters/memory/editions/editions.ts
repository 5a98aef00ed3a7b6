import type { ApprovedPointer } from "#domain/delivery/edition.ts";
import { countBatch, knownCounts, sumCounts } from "#domain/delivery/ledger/counts.ts";
import { type OutcomeCounts, outcomeCounters } from "#domain/delivery/ledger/delivery-outcome.ts";
import { CandidatesRecord } from "#domain/edition/choosing/candidates-record.ts";
import { Decision } from "#domain/edition/decisions/decisions.ts";
import type { Counts, Edition, EditionKey, EditionState, Revision } from "#domain/edition/edition.ts";
import { toInstant } from "#domain/time/instant.ts";
import { deepFreeze } from "../deep-freeze.ts";
import { type DeliveryStore, deliveryStore, editionName, innerMap } from "../store.ts";

/** In-memory version of adapters/dynamo/editions/editions.ts. Stored data can't be changed in place, as in a table. */
export function memoryEditions(store: DeliveryStore = deliveryStore()) {
  return {
    ...editionsOf(store),
    ...approvedOf(store),
    ...revisionsOf(store),
    ...candidatesOf(store),
    ...decisionsOf(store),
    ...countsOf(store),
  };
}

function editionsOf(store: DeliveryStore) {
  return {
    async get(key: EditionKey): Promise<Edition | undefined> {
      return store.editions.get(editionName(key));
    },

    async create(edition: Edition): Promise<boolean> {
      pointIfApproved(store, edition, edition);
      if (store.editions.has(editionName(edition))) return false;
      store.editions.set(editionName(edition), deepFreeze(edition));
      return true;
    },

    async update(
      key: EditionKey,
      change: Partial<Edition>,
      only: { state?: readonly EditionState[]; rev?: number; approvedAt?: string | null } = {},
    ): Promise<boolean> {
      pointIfApproved(store, key, change);
      const now = store.editions.get(editionName(key));
      if (!now || (only.state && !only.state.includes(now.state))) return false;
      if (only.rev !== undefined && only.rev !== now.rev) return false;
      if (only.approvedAt !== undefined && only.approvedAt !== now.approvedAt) return false;
      const set = Object.entries(change).filter(([, value]) => value !== undefined);
      store.editions.set(editionName(key), deepFreeze({ ...now, ...Object.fromEntries(set) }));
      return true;
    },

    async addCounts(key: EditionKey, counts: Partial<OutcomeCounts>): Promise<boolean> {
      const now = store.editions.get(editionName(key));
      if (!now) return false;
      const after = { ...now };
      for (const counter of outcomeCounters) {
        const more = counts[counter];
        if (more !== undefined) after[counter] = (now[counter] ?? 0) + more;
      }
      store.editions.set(editionName(key), after);
      return true;
    },

    async list(newsletter: string, limit: number, until?: string): Promise<Edition[]> {
      const isWanted = (edition: Edition) =>
        edition.newsletter === newsletter && (until === undefined || edition.date <= until);
      const all = [...store.editions.values()].filter(isWanted);
      return all.sort((a, b) => (a.date < b.date ? 1 : -1)).slice(0, limit);
    },
  };
}

function pointIfApproved(store: DeliveryStore, key: EditionKey, change: Partial<Edition>): void {
  if (change.state !== "approved") return;
  const { newsletter, date } = key;
  const at = change.approvedAt ?? toInstant(Date.now());
  store.approved.set(editionName(key), deepFreeze({ newsletter, date, at }));
}

function approvedOf(store: DeliveryStore) {
  return {
    approved: async (): Promise<ApprovedPointer[]> => [...store.approved.values()],

    async removeApproved(pointer: ApprovedPointer): Promise<void> {
      const name = editionName(pointer);
      if (store.approved.get(name)?.at === pointer.at) store.approved.delete(name);
    },
  };
}

function revisionsOf(store: DeliveryStore) {
  return {
    async putRevision(key: EditionKey, revision: Revision): Promise<boolean> {
      const name = `${editionName(key)}#${revision.rev}`;
      if (store.revisions.has(name)) return false;
      store.revisions.set(name, deepFreeze(revision));
      return true;
    },

    async revision(key: EditionKey, rev: number): Promise<Revision | undefined> {
      return store.revisions.get(`${editionName(key)}#${rev}`);
    },
  };
}

function candidatesOf(store: DeliveryStore) {
  return {
    async putCandidates(record: CandidatesRecord): Promise<void> {
      store.candidates.set(editionName(record), deepFreeze(CandidatesRecord.parse(record)));
    },

    async candidates(key: EditionKey): Promise<CandidatesRecord | undefined> {
      return store.candidates.get(editionName(key));
    },

    async dropCandidates(key: EditionKey): Promise<void> {
      store.candidates.delete(editionName(key));
    },
  };
}

function decisionsOf(store: DeliveryStore) {
  return {
    async appendDecision(key: EditionKey, n: number, decision: Decision): Promise<boolean> {
      const log = innerMap(store.decisions, editionName(key));
      if (log.has(n)) return false;
      log.set(n, deepFreeze(decision));
      return true;
    },

    async decisions(key: EditionKey): Promise<Decision[]> {
      const log = [...innerMap(store.decisions, editionName(key))].sort(([a], [b]) => a - b);
      return log.map(([, decision]) => Decision.parse(decision));
    },
  };
}

function countsOf(store: DeliveryStore) {
  return {
    async counts(key: EditionKey): Promise<Counts> {
      const groups = [...innerMap(store.groups, editionName(key)).values()];
      const batches = [...innerMap(store.batches, editionName(key)).values()];
      return sumCounts(
        groups.map((group) => {
          const known = knownCounts(group);
          if (known) return known;
          const own = batches.filter((batch) => batch.key.group === group.group && batch.key.run === group.run);
          return sumCounts(own.map(countBatch));
        }),
      );
    },
  };
}
