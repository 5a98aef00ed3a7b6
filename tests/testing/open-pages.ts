import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { toRequest, toResult } from "#adapters/http-api/request.ts";
import { consentStore, memoryConsent } from "#adapters/memory/audience/consent.ts";
import { memoryErasure, memorySubscribers } from "#adapters/memory/audience/subscribers.ts";
import { memoryArchive } from "#adapters/memory/editions/archive.ts";
import { memoryEditions } from "#adapters/memory/editions/editions.ts";
import { memoryWorth } from "#adapters/memory/editions/worth.ts";
import { deliveryStore } from "#adapters/memory/store.ts";
import type { Subscriber } from "#domain/audience/subscriber.ts";
import { subscriberId, unsubscribeToken } from "#domain/audience/tokens/token.ts";
import { defineConfig } from "#domain/config.ts";
import { site } from "#functions/site/app.ts";

export const now = "2026-11-23T07:00:00.000Z";
export const keys = { id: "k1", key: "a secret of at least thirty-two letters" };
export const sender = { from: { name: "Ed", address: "ed@example.com" }, postalAddress: "1 Street" };
const config = defineConfig({ newsletters: { daily: { title: "The Daily Test", ...sender } } });

export const ann: Subscriber = {
  id: subscriberId(keys, "daily", "annabel@example.com"),
  newsletter: "daily",
  address: "annabel@example.com",
  status: "active",
  consent: "vouched for by ed, 2026-11-23",
  addedAt: now,
  changedAt: now,
  origin: null,
  movedTo: null,
  movedAt: null,
};
export const token = unsubscribeToken(keys, { newsletter: "daily", id: ann.id });

/** An event of an HTTP API, payload format 2.0. */
export function event(
  method: string,
  path: string,
  more: Partial<APIGatewayProxyEventV2> = {},
): APIGatewayProxyEventV2 {
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath: path,
    rawQueryString: "",
    headers: { host: "news.example.com", "user-agent": "test" },
    requestContext: {
      accountId: "123456789012",
      apiId: "api",
      domainName: "news.example.com",
      domainPrefix: "news",
      http: { method, path, protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "test" },
      requestId: "request",
      routeKey: "$default",
      stage: "$default",
      time: "23/Nov/2026:07:00:00 +0000",
      timeEpoch: 1795417200000,
    },
    isBase64Encoded: false,
    ...more,
  };
}

/** The website over memory with one reader, Annabel, and the bare archive. */
export async function openPages() {
  const items = new Map<string, Subscriber>();
  const consents = consentStore();
  const store = deliveryStore();
  const subscribers = memorySubscribers(items, consents);
  const editions = memoryEditions(store);
  const archive = memoryArchive(store);
  const left: unknown[] = [];
  const state = { writes: 0 };
  const portsOf = (): Parameters<typeof site>[0] => ({
    config,
    siteUrl: "https://news.example.com/",
    archive,
    picturesUrl: "https://news.example.com",
    consent: memoryConsent(consents),
    worth: memoryWorth(),
    requests: { put: async () => undefined },
    subscribers: {
      ...memoryErasure(items),
      get: subscribers.get,
      write: (...change) => {
        state.writes += 1;
        return subscribers.write(...change);
      },
    },
    keys: async () => keys,
    now: () => "2026-11-23T08:00:00.000Z",
    left: (claim) => left.push(claim),
    newReference: () => "abc123",
    log: () => {},
  });
  await subscribers.write("daily", [{ before: undefined, after: ann }]);
  let app = site(portsOf());
  return {
    subscribers,
    editions,
    archive,
    left,
    portsOf,
    /** Another site over the same data, which `ask` asks from now on. */
    serveWith: (change: Partial<Parameters<typeof site>[0]>) => {
      app = site({ ...portsOf(), ...change });
    },
    writes: () => state.writes,
    ask: async (method: string, path: string, more?: Partial<APIGatewayProxyEventV2>) =>
      toResult(await app.fetch(toRequest(event(method, path, more)))),
    status: async () => (await subscribers.get("daily", ann.id))?.status,
  };
}

export type Pages = Awaited<ReturnType<typeof openPages>>;
