import { expect } from "vitest";
import { consentStore, memoryConsent } from "#adapters/memory/audience/consent.ts";
import { memoryReminders } from "#adapters/memory/audience/reminders.ts";
import { memoryErasure, memorySubscribers } from "#adapters/memory/audience/subscribers.ts";
import { memoryArchive } from "#adapters/memory/editions/archive.ts";
import { memoryWorth } from "#adapters/memory/editions/worth.ts";
import type { ReaderRequest } from "#domain/audience/reader-request.ts";
import type { Subscriber } from "#domain/audience/subscriber.ts";
import { subscriberId, unsubscribeToken } from "#domain/audience/tokens/token.ts";
import type { Config } from "#domain/config.ts";
import { sitePaths } from "#domain/site-paths.ts";
import { toInstant } from "#domain/time/instant.ts";
import { site } from "#functions/site/app.ts";
import { type AnswerPorts, answerRequest } from "#usecases/audience/answer-request.ts";

/**
 * The website over memory, with the queue of requests and the emails that answer them: everything that a reader uses.
 */
export const readerKeys = { id: "k1", key: "a secret of at least thirty-two letters" };
const origin = "https://news.example.com";
const DAY = 24 * 3_600_000;

type Mail = Parameters<AnswerPorts["sendOne"]>[0];

export function readerSite(config: Config) {
  const items = new Map<string, Subscriber>();
  const consents = consentStore();
  const store = memorySubscribers(items, consents);
  const mails: Mail[] = [];
  const queue: ReaderRequest[] = [];
  /** Of all requests so far, in seconds. */
  const delays: number[] = [];
  const state = { clock: Date.UTC(2026, 10, 23, 8), writes: 0, left: 0 };
  const ports = {
    config,
    siteUrl: origin,
    picturesUrl: origin,
    archive: memoryArchive(),
    consent: memoryConsent(consents),
    reminders: memoryReminders(),
    worth: memoryWorth(),
    subscribers: {
      ...store,
      ...memoryErasure(items),
      write: (...of: Parameters<typeof store.write>) => {
        state.writes += 1;
        return store.write(...of);
      },
    },
    requests: {
      put: async (request: ReaderRequest, delaySeconds: number) => {
        queue.push(request);
        delays.push(delaySeconds);
      },
    },
    welcome: async () => "none" as const,
    unsuppress: async () => {},
    sendOne: async (mail: Mail) => void mails.push(mail),
    keys: async () => readerKeys,
    now: () => toInstant(state.clock),
    left: () => {
      state.left += 1;
    },
    newReference: () => "abc123",
    log: Object.assign((_: string, error: unknown) => expect.fail(String(error)), {
      info: () => {},
      warn: () => {},
      error: () => {},
    }),
  };
  const app = site(ports);
  const visit = { address: "192.0.2.77" };
  const idOf = (address: string, name = "daily") => subscriberId(readerKeys, name, address);
  const tokenOf = (address: string, name = "daily") =>
    unsubscribeToken(readerKeys, { newsletter: name, id: idOf(address, name) });
  return {
    delays,
    ...{ ports, app, items, mails, queue, state, idOf, tokenOf },
    fetch: (request: Request) => app.fetch(request, visit),
    get: (path: string, init: RequestInit = {}) => app.fetch(new Request(origin + path, init), visit),
    post: (path: string, fields: Record<string, string> = {}) =>
      app.fetch(new Request(origin + path, { method: "POST", body: new URLSearchParams(fields) }), visit),
    /** Processes the queue; a request that fails stays in it. */
    answer: async () => {
      for (const request of queue.splice(0)) await answerRequest(ports, request).catch(() => queue.push(request));
    },
    linkIn: (mail: Mail | undefined) => new URL(/https:\S+/.exec(mail?.text ?? "")?.[0] ?? "https://none").pathname,
    preferences: (address: string, name = "daily") => sitePaths.preferences(tokenOf(address, name)),
    subscriber: (address: string, name = "daily") => store.get(name, idOf(address, name)),
    history: async (address: string, name = "daily") => {
      const events = await ports.consent.history(name, idOf(address, name));
      return events.map(({ did, evidence }) => (evidence === null ? did : `${did} (${evidence})`));
    },
    /** Stores a reader who subscribed yesterday. */
    async put(address: string, change: Partial<Subscriber> = {}) {
      const newsletter = change.newsletter ?? "daily";
      const at = toInstant(state.clock - DAY);
      const after: Subscriber = {
        ...{ id: idOf(address, newsletter), newsletter, address, status: "active", consent: "vouched for by ed" },
        ...{ addedAt: at, changedAt: at, origin: null, movedTo: null, movedAt: null },
        ...change,
      };
      await store.write(newsletter, [{ before: undefined, after }]);
      return after;
    },
  };
}
export type ReaderSite = ReturnType<typeof readerSite>;
