import { expect, test } from "vitest";
import { consentStore, memoryConsent } from "#adapters/memory/audience/consent.ts";
import { memoryErasure, memorySubscribers } from "#adapters/memory/audience/subscribers.ts";
import { memoryLedger } from "#adapters/memory/delivery/ledger.ts";
import { memoryEditions } from "#adapters/memory/editions/editions.ts";
import { deliveryStore } from "#adapters/memory/store.ts";
import type { Subscriber } from "#domain/audience/subscriber.ts";
import { createPace } from "#domain/delivery/pace/pace.ts";
import type { Sender } from "#domain/delivery/pace/sender.ts";
import { toInstant } from "#domain/time/instant.ts";
import { eraseReader } from "#usecases/audience/reader-data.ts";
import { deliver, type RunContext } from "#usecases/delivery/send/calling/deliver.ts";
import type { Job } from "#usecases/delivery/send/jobs/job.ts";
import { refreshWelcomes } from "#usecases/delivery/send/jobs/welcomes.ts";
import type { SendPorts } from "#usecases/delivery/send/ports.ts";
import { welcomeReader } from "#usecases/delivery/welcome/welcome-reader.ts";
import { approved, revision, subscriber } from "../../../testing/delivery/delivery-system.ts";
import { open, start } from "../../../testing/delivery/virtual-sender.ts";
import { type Act, inEveryOrder } from "../../../testing/every-order.ts";

const reader = subscriber(7);
const now = () => toInstant(start);
const sender: Sender = {
  ...{ holder: "run1", until: now(), rate: 14, quota: null, sent24: null, readAt: null, wakeAt: null },
  slow: { factor: 1, since: 0 },
};
const nothing = () => undefined;

/** What a run of the sender knows, while time stands still. */
const contextOf = (ports: SendPorts): RunContext => ({
  ports,
  lease: {
    ...{ run: "run1", index: 0, takenAt: { wall: start, mono: 0 }, ranOut: false },
    ...{ sender: () => sender, account: () => sender, others: () => [], shares: nothing, note: nothing },
    ...{ beforeRenewal: nothing, foresee: nothing, keep: async () => undefined, release: async () => undefined },
    ...{ isFresh: () => true, isLost: () => false },
  },
  ...{ pace: createPace(100), claimSeconds: 30, quota: () => null },
  editionOf: ports.editions.get,
  revisionOf: async () => revision,
  startGroup: async () => undefined,
  mailedOf: () => ({ accepted: 0, refused: 0 }),
  ...{ notePreparation: nothing, hasTimeLeft: () => true },
});

/** A reader who has just confirmed, after an edition was finished. */
async function table() {
  const [items, consents, store] = [new Map<string, Subscriber>(), consentStore(), deliveryStore()];
  const subscribers = { ...memorySubscribers(items, consents), ...memoryErasure(items) };
  const [editions, ledger, consent] = [memoryEditions(store), memoryLedger(store), memoryConsent(consents)];
  await subscribers.write("daily", [{ before: undefined, after: reader }]);
  await editions.create({ ...approved(), state: "finished", frozenAt: now(), groups: 1, size: 50, frozen: 0 });
  const seen = { isErased: false, isReadLater: false, mails: 0 };
  const base = open().ports;
  const ses = {
    ...base.ses,
    sendBulk: async () => {
      seen.mails += 1;
      return { is: "results", results: [{ status: "SUCCESS", messageId: "m", error: null }] } as const;
    },
  };
  const statuses = {
    ...subscribers,
    getMany: (newsletter: string, ids: readonly string[]) => {
      seen.isReadLater = seen.isErased;
      return subscribers.getMany(newsletter, ids, true);
    },
  };
  const welcome: Act = async (turns) => {
    const clock = { now: () => start, mono: () => 0, sleep: async () => undefined };
    const ports = { ...base, editions, ledger, subscribers: turns(statuses), ses: turns(ses), clock };
    await welcomeReader({ ...ports, now }, { newsletter: "daily", id: reader.id });
    const jobs = new Map<string, Job>();
    await refreshWelcomes(ports, jobs);
    for (const job of jobs.values())
      for (const batch of job.ready)
        await deliver(contextOf(ports), { job, batch }, { size: 50, at: 0, departed: nothing });
  };
  const erase: Act = async (turns) => {
    await eraseReader({ subscribers: turns(subscribers), consent: turns(consent), now }, "daily", reader.id);
    seen.isErased = true;
  };
  return { welcome, erase, seen, items, consents };
}

test("a welcome beside an erase of its reader, in every order of calls: nothing is mailed or stored afterwards", async () => {
  const mails = new Set<number>();
  const orders = await inEveryOrder(async () => {
    const { welcome, erase, seen, items, consents } = await table();
    return {
      acts: [welcome, erase],
      judge: (given) => {
        expect(given).toEqual([undefined, undefined]);
        // Once the status is read, the call leaves within seconds, whatever happens meanwhile.
        expect(seen.isReadLater && seen.mails > 0).toBe(false);
        expect([items.size, consents.events.size, consents.contacts.size]).toEqual([0, 0, 0]);
        expect(consents.erased.has(`daily#${reader.id}`)).toBe(true);
        mails.add(seen.mails);
      },
    };
  });
  expect(orders).toBeGreaterThan(20);
  expect([...mails].toSorted()).toEqual([0, 1]);
});
