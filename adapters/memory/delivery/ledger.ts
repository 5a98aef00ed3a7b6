import type { Batch, BatchKey } from "#domain/delivery/ledger/batch.ts";
import type { GroupCommit } from "#domain/delivery/ledger/group.ts";
import { areSameOutcomes } from "#domain/delivery/ledger/recorded-outcome.ts";
import { accountOf, type Sender, type SendingPointer } from "#domain/delivery/pace/sender.ts";
import type { WelcomePointer } from "#domain/delivery/welcome.ts";
import type { Counts, EditionKey } from "#domain/edition/edition.ts";
import type { Instant } from "#domain/time/instant.ts";
import type { BatchCondition } from "#usecases/ports/ledger.ts";
import { deepFreeze } from "../deep-freeze.ts";
import { batchName, type DeliveryStore, deliveryStore, editionName, innerMap } from "../store.ts";
import { tableIdentityOf } from "../table-identity.ts";
import { evidenceOf } from "./evidence.ts";

/** In-memory version of adapters/dynamo/delivery/ledger.ts. Stored data can't be changed in place, as in a table. */
export function memoryLedger(store: DeliveryStore = deliveryStore()) {
  return {
    ...freezeOf(store),
    ...batchesOf(store),
    ...pointersOf(store),
    ...welcomesOf(store),
    ...senderOf(store),
    ...evidenceOf(store),
    ...tableIdentityOf(store),
  };
}

function freezeOf(store: DeliveryStore) {
  const setOnce = (key: EditionKey, group: string, field: "startedAt" | "closedAt", set: Partial<GroupCommit>) => {
    const groups = innerMap(store.groups, editionName(key));
    const commit = groups.get(group);
    if (!commit || commit[field] !== null) return false;
    groups.set(group, deepFreeze({ ...commit, ...set }));
    return true;
  };
  return {
    async writeBatches(batches: readonly Batch[]): Promise<void> {
      for (const batch of batches) {
        const ofEdition = innerMap(store.batches, editionName(batch.key));
        if (!ofEdition.has(batchName(batch.key))) ofEdition.set(batchName(batch.key), deepFreeze(batch));
      }
    },

    async commitGroup(key: EditionKey, commit: GroupCommit): Promise<boolean> {
      const groups = innerMap(store.groups, editionName(key));
      if (groups.has(commit.group)) return false;
      groups.set(commit.group, deepFreeze(commit));
      return true;
    },

    async groups(key: EditionKey): Promise<GroupCommit[]> {
      const groups = [...innerMap(store.groups, editionName(key)).values()];
      return groups.sort((a, b) => (a.group < b.group ? -1 : 1));
    },

    startGroup: async (key: EditionKey, group: string, startedAt: Instant): Promise<boolean> =>
      setOnce(key, group, "startedAt", { startedAt }),

    async closeGroup(
      key: EditionKey,
      group: string,
      closedAt: Instant,
      counts: Counts,
      opens?: number,
    ): Promise<boolean> {
      if (innerMap(store.groups, editionName(key)).get(group)?.opens !== opens) return false;
      return setOnce(key, group, "closedAt", { closedAt, counts });
    },

    async reopenGroup(key: EditionKey, group: string): Promise<void> {
      const groups = innerMap(store.groups, editionName(key));
      const commit = groups.get(group);
      if (commit) groups.set(group, { ...commit, closedAt: null, counts: null, opens: (commit.opens ?? 0) + 1 });
    },
  };
}

function batchesOf(store: DeliveryStore) {
  const ofRun = (key: EditionKey, group: string, run: string): Batch[] =>
    [...innerMap(store.batches, editionName(key))]
      .filter(([name]) => name.startsWith(`${group}#${run}#`))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, batch]) => batch);
  return {
    batches: async (key: EditionKey, group: string, run: string, due?: Instant): Promise<Batch[]> =>
      ofRun(key, group, run).filter((batch) => due === undefined || batch.key.due === due),

    batch: async (key: BatchKey, _consistent = true): Promise<Batch | undefined> =>
      innerMap(store.batches, editionName(key)).get(batchName(key)),

    async saveBatch(batch: Batch, only: BatchCondition): Promise<boolean> {
      const batches = innerMap(store.batches, editionName(batch.key));
      const stored = batches.get(batchName(batch.key));
      if (!stored || stored.attempts !== only.attempts || !only.states.includes(stored.state)) return false;
      if (only.outcomes && !areSameOutcomes(only.outcomes, stored.outcomes)) return false;
      batches.set(batchName(batch.key), deepFreeze(batch));
      return true;
    },

    async batchAround(key: Omit<BatchKey, "first">, id: string): Promise<Batch | undefined> {
      const before = ofRun(key, key.group, key.run).filter(({ key: { due, first } }) => due === key.due && first <= id);
      return before.at(-1);
    },
  };
}

function pointersOf(store: DeliveryStore) {
  const nameOf = (pointer: SendingPointer) => `${pointer.dueAt}#${editionName(pointer)}`;
  return {
    async point(pointer: SendingPointer): Promise<void> {
      store.pointers.set(nameOf(pointer), deepFreeze(pointer));
    },

    async unpoint(pointer: SendingPointer): Promise<void> {
      store.pointers.delete(nameOf(pointer));
    },

    async pointers(): Promise<SendingPointer[]> {
      const all = [...store.pointers].sort(([a], [b]) => (a < b ? -1 : 1));
      return all.map(([, pointer]) => pointer);
    },
  };
}

function welcomesOf(store: DeliveryStore) {
  const nameOf = ({ newsletter, date, root }: WelcomePointer) => `${newsletter}#${date}#${root}`;
  return {
    async pointWelcome(pointer: WelcomePointer): Promise<void> {
      store.welcomes.set(nameOf(pointer), deepFreeze(pointer));
    },

    async unpointWelcome(pointer: WelcomePointer): Promise<void> {
      store.welcomes.delete(nameOf(pointer));
    },

    async welcomes(): Promise<WelcomePointer[]> {
      const all = [...store.welcomes].sort(([a], [b]) => (a < b ? -1 : 1));
      return all.map(([, pointer]) => pointer);
    },
  };
}

function senderOf(store: DeliveryStore) {
  const stored = ({ index }: Sender) => (index === undefined ? store.sender.value : store.otherSenders.get(index));
  const put = (next: Sender) => {
    if (next.index === undefined) store.sender.value = deepFreeze(next);
    else store.otherSenders.set(next.index, deepFreeze(next));
    return true;
  };
  const senders = async (): Promise<Sender[]> => {
    const others = [...store.otherSenders].sort(([a], [b]) => a - b).map(([, sender]) => sender);
    return store.sender.value ? [store.sender.value, ...others] : others;
  };
  return {
    senders,

    sender: async (): Promise<Sender | undefined> => accountOf(await senders()),

    async takeSender(next: Sender, now: Instant): Promise<boolean> {
      const before = stored(next);
      if (before && (before.until >= now || (before.writeNumber ?? -1) >= (next.writeNumber ?? 0))) return false;
      return put(next);
    },

    async keepSender(next: Sender): Promise<boolean> {
      const before = stored(next);
      if (before?.holder !== next.holder || (before.writeNumber ?? -1) > (next.writeNumber ?? 0)) return false;
      return put(next);
    },
  };
}
