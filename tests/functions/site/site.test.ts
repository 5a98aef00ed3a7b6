import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { beforeEach, describe, expect, test } from "vitest";
import { clientAddress } from "#adapters/http-api/client-address.ts";
import { toRequest, toResult } from "#adapters/http-api/request.ts";
import { memoryArchive } from "#adapters/memory/archive.ts";
import { consentStore, memoryConsent } from "#adapters/memory/consent.ts";
import { memoryEditions } from "#adapters/memory/editions.ts";
import { deliveryStore } from "#adapters/memory/store.ts";
import { memoryErasure, memorySubscribers } from "#adapters/memory/subscribers.ts";
import { memoryWorth } from "#adapters/memory/worth.ts";
import type { ReaderRequest } from "#domain/audience/reader-request.ts";
import type { Subscriber } from "#domain/audience/subscriber.ts";
import { subscriberId, unsubscribeToken } from "#domain/audience/token.ts";
import { defineConfig } from "#domain/config.ts";
import type { EditionState } from "#domain/edition/edition.ts";
import { newEdition } from "#domain/edition/states.ts";
import { site } from "#functions/site/app.ts";
import { publishEdition } from "#usecases/editions/publish.ts";

const now = "2026-11-23T07:00:00.000Z";
const keys = { id: "k1", key: "a secret of at least thirty-two letters" };
const sender = { from: { name: "Ed", address: "ed@example.com" }, postalAddress: "1 Street" };
const config = defineConfig({ newsletters: { daily: { title: "The Daily Test", ...sender } } });

let subscribers: ReturnType<typeof memorySubscribers>;
let erasure: ReturnType<typeof memoryErasure>;
let consent: ReturnType<typeof memoryConsent>;
let requests: { request: ReaderRequest; delaySeconds: number }[];
let clock: string;
let editions: ReturnType<typeof memoryEditions>;
let archive: ReturnType<typeof memoryArchive>;
let app: ReturnType<typeof site>;
let left: unknown[];
let writes: number;

const ann: Subscriber = {
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
const token = unsubscribeToken(keys, { newsletter: "daily", id: ann.id });

beforeEach(async () => {
  const items = new Map<string, Subscriber>();
  const consents = consentStore();
  subscribers = memorySubscribers(items, consents);
  erasure = memoryErasure(items);
  consent = memoryConsent(consents);
  requests = [];
  clock = "2026-11-23T08:00:00.000Z";
  const store = deliveryStore();
  editions = memoryEditions(store);
  archive = memoryArchive(store);
  left = [];
  writes = 0;
  await subscribers.write("daily", [{ before: undefined, after: ann }]);
  app = site(portsOf());
});

function portsOf(): Parameters<typeof site>[0] {
  return {
    config,
    siteUrl: "https://news.example.com/",
    archive,
    picturesUrl: "https://news.example.com",
    consent,
    worth: memoryWorth(),
    requests: { put: async (request, delaySeconds) => void requests.push({ request, delaySeconds }) },
    subscribers: {
      ...erasure,
      get: subscribers.get,
      write: (...change) => {
        writes += 1;
        return subscribers.write(...change);
      },
    },
    keys: async () => keys,
    now: () => clock,
    left: (claim) => left.push(claim),
    newReference: () => "abc123",
    log: () => {},
  };
}

/** What an HTTP API gives its function, payload format 2.0. */
function event(method: string, path: string, more: Partial<APIGatewayProxyEventV2> = {}): APIGatewayProxyEventV2 {
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

const ask = async (method: string, path: string, more?: Partial<APIGatewayProxyEventV2>) =>
  toResult(await app.fetch(toRequest(event(method, path, more))));
const status = async () => (await subscribers.get("daily", ann.id))?.status;

describe("leaving", () => {
  test("D4: no GET and no HEAD changes anything, however often and by whatever path", async () => {
    for (const path of [`/unsubscribe/${token}`, `/one-click/${token}`]) {
      for (let visit = 0; visit < 25; visit += 1) {
        expect((await ask("GET", path, { headers: { "sec-purpose": "prefetch" } })).statusCode).toBe(200);
        expect((await ask("HEAD", path)).statusCode).toBe(200);
      }
    }
    expect(writes).toBe(0);
    expect(await status()).toBe("active");
  });

  test("D8: the page has the newsletter, the masked address and one button that posts to the same link", async () => {
    const { body } = await ask("GET", `/unsubscribe/${token}`);
    expect(body).toContain("The Daily Test");
    expect(body).toContain("a…l@example.com");
    expect(body).not.toContain("annabel@");
    expect(body).toContain(`action="/unsubscribe/${token}"`);
    expect(body?.match(/<button/g)).toHaveLength(1);
  });

  const multipart = '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n';
  test.each([
    ["urlencoded", "application/x-www-form-urlencoded", "List-Unsubscribe=One-Click"],
    ["multipart", "multipart/form-data; boundary=x", multipart],
    ["no", "text/plain", ""],
  ])("D9: one click with a body that is %s ends it at once: 200, no redirect, no cookie", async (_, type, body) => {
    const more = { headers: { "content-type": type }, body: btoa(body), isBase64Encoded: true };
    const answer = await ask("POST", `/one-click/${token}`, more);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).not.toHaveProperty("location");
    expect(answer.cookies).toBeUndefined();
    expect(await status()).toBe("left");
  });

  test("D9: a second click answers the same and changes nothing", async () => {
    const first = await ask("POST", `/one-click/${token}`);
    const second = await ask("POST", `/one-click/${token}`);
    expect(second).toEqual(first);
    expect(writes).toBe(1);
    expect(left).toEqual([{ newsletter: "daily", id: ann.id }]);
    expect((await ask("GET", `/unsubscribe/${token}`)).body).not.toContain("<button");
  });

  test("the button does the same", async () => {
    expect((await ask("POST", `/unsubscribe/${token}`)).statusCode).toBe(200);
    expect(await status()).toBe("left");
  });

  test("D7: a link of a reader who was erased answers that they are off the list", async () => {
    const erased = unsubscribeToken(keys, { newsletter: "daily", id: "0".repeat(24) });
    expect((await ask("POST", `/one-click/${erased}`)).statusCode).toBe(200);
  });

  test("D10: an old link follows the reader to the address they have now", async () => {
    const next = { ...ann, id: "f".repeat(24), address: "new@example.com", origin: ann.id };
    const moved: Subscriber = { ...ann, status: "moved", movedTo: next.id, movedAt: now };
    await subscribers.write("daily", [
      { before: undefined, after: next },
      { before: ann, after: moved },
    ]);
    await ask("POST", `/one-click/${token}`);
    expect((await subscribers.get("daily", next.id))?.status).toBe("left");
  });

  test.each(["x", `${token}0`, token.replace("daily", "weekly")])(
    "%s is no link: 404 and an id to quote",
    async (bad) => {
      for (const method of ["GET", "POST"]) {
        const answer = await ask(method, `/one-click/${bad}`);
        expect(answer.statusCode).toBe(404);
        expect(answer.body).toContain("abc123");
      }
      expect(writes).toBe(0);
    },
  );

  test("the link of a preview explains instead", async () => {
    expect((await ask("GET", "/unsubscribe")).statusCode).toBe(200);
    expect((await ask("POST", "/unsubscribe")).statusCode).toBe(404);
  });

  test("D14: token pages are not cached, not indexed and not told to others", async () => {
    for (const path of [`/unsubscribe/${token}`, `/one-click/${token}`, "/unsubscribe/bad", "/unsubscribe"]) {
      const { headers } = await ask("GET", path);
      expect(headers).toMatchObject({
        "referrer-policy": "no-referrer",
        "cache-control": "no-store",
        "x-robots-tag": "noindex",
      });
    }
  });
});

describe("editions", () => {
  const put = async (date: string, state: EditionState, frozen = false) => {
    const edition = newEdition({ newsletter: "daily", date, now, rev: 1, cutoff: null });
    await editions.create({ ...edition, state, frozenAt: frozen ? now : null });
    await editions.putRevision(edition, {
      rev: 1,
      at: now,
      content: {
        newsletter: "daily",
        date,
        subject: `News of ${date}`,
        preheader: "",
        lead: {
          storyId: "s1",
          title: `Lead of ${date} <script>`,
          url: "https://source.example/lead",
          paragraphs: ["First paragraph."],
          source: "Source",
          image: null,
          reasons: ["a reason for editors"],
        },
        headlines: [],
      },
      email: { subject: "s", html: "<p>{{unsubscribe}}</p>", text: "t" },
    });
    if (state === "sending")
      await publishEdition({ editions, archive, now: () => now, languageOf: () => "en" }, edition);
  };

  test("D18: one that was sent is there for all to see, without a trace of a reader", async () => {
    await put("2026-11-23", "finished", true);
    const { statusCode, body } = await ask("GET", "/daily/2026-11-23");
    expect(statusCode).toBe(200);
    expect(body).toContain("Lead of 2026-11-23 &lt;script&gt;");
    expect(body).toContain("First paragraph.");
    expect(body).not.toContain("a reason for editors");
    expect(body).not.toContain("unsubscribe/");
  });

  test.each<EditionState>(["draft", "approved", "skipped", "held", "cancelled"])(
    "a %s one that nobody got is not there",
    async (state) => {
      await put("2026-11-23", state);
      expect((await ask("GET", "/daily/2026-11-23")).statusCode).toBe(404);
      expect((await ask("GET", "/daily")).body).not.toContain("2026-11-23");
    },
  );

  test("D19: the archive has what was sent, newest first", async () => {
    await put("2026-11-21", "finished", true);
    await put("2026-11-22", "sending", true);
    await put("2026-11-23", "draft");
    const { body = "" } = await ask("GET", "/daily");
    expect(body).toContain("https://news.example.com/daily/2026-11-22");
    expect(body.indexOf("2026-11-22")).toBeLessThan(body.indexOf("2026-11-21"));
    expect(body).not.toContain("2026-11-23");
  });

  test("D18: an edition links to those before and after it, and the archive to earlier months", async () => {
    for (const date of ["2026-10-30", "2026-11-21", "2026-11-22"]) await put(date, "sending", true);
    const { body } = await ask("GET", "/daily/2026-11-21");
    expect(body).toContain('href="https://news.example.com/daily/2026-10-30"');
    expect(body).toContain('href="https://news.example.com/daily/2026-11-22"');
    const month = await ask("GET", "/daily/2026-10");
    expect(month.body).toContain("News of 2026-10-30");
    expect(month.body).toContain('href="https://news.example.com/daily/2026-11"');
    expect(month.body).not.toContain("News of 2026-11-21");
    expect((await ask("GET", "/daily/2026-09")).statusCode).toBe(404);
  });

  test("a page is read from at most two items, and no batch is counted", async () => {
    for (const date of ["2026-10-30", "2026-11-21", "2026-11-22"]) await put(date, "sending", true);
    await editions.update({ newsletter: "daily", date: "2026-11-21" }, { state: "cancelled" });
    let items = 0;
    const counting: typeof archive = {
      ...archive,
      edition: async (key) => {
        items += 1;
        return archive.edition(key);
      },
      revision: async (...of) => {
        items += 1;
        return archive.revision(...of);
      },
      newest: async (...of) => {
        const found = await archive.newest(...of);
        items += found.length;
        return found;
      },
      from: async (...of) => {
        const found = await archive.from(...of);
        items += found.length;
        return found;
      },
    };
    const counted = site({ ...portsOf(), archive: counting });
    for (const path of [
      "/",
      "/daily",
      "/daily/2026-11",
      "/daily/2026-11-21",
      "/daily/2026-11-22",
      "/daily/2026-11-20",
    ]) {
      items = 0;
      await counted.fetch(toRequest(event("GET", path)));
      expect(items, path).toBeLessThanOrEqual(2);
    }
    // The cancelled one had begun: its emails link to it.
    expect((await ask("GET", "/daily/2026-11-21")).statusCode).toBe(200);
  });

  test("D18: a note is on the page and its date in the feeds, and a browser that had the page gets it anew", async () => {
    const key = { newsletter: "daily", date: "2026-11-23" };
    await put(key.date, "sending", true);
    const { headers } = await ask("GET", "/daily/2026-11-23");
    const publish = () => publishEdition({ editions, archive, now: () => now, languageOf: () => "en" }, key);
    // The evening of the 24th in UTC is the 25th where the newsletter is.
    const abroad = defineConfig({
      newsletters: { daily: { title: "The Daily Test", ...sender, timeZone: "Asia/Tokyo" } },
    });
    app = site({ ...portsOf(), config: abroad });
    const at = "2026-11-24T18:00:00.000Z";
    await editions.update(key, { notes: [{ at, text: "It sails <at> 9." }] });
    await publish();
    const known = { headers: { "if-none-match": String(headers?.etag) } };
    const { statusCode, body } = await ask("GET", "/daily/2026-11-23", known);
    expect(statusCode).toBe(200);
    expect(body).toContain('datetime="2026-11-25"');
    expect(body).toContain("It sails &lt;at&gt; 9.");
    expect(body).toContain("First paragraph.");
    expect((await ask("GET", "/daily/feed.xml")).body).toContain(`<updated>${at}</updated>`);
    expect(JSON.parse((await ask("GET", "/daily/feed.json")).body ?? "")).toMatchObject({
      items: [{ date_published: now, date_modified: at }],
    });
    expect((await ask("GET", "/daily/sitemap.xml")).body).toContain(`<lastmod>${at}</lastmod>`);
  });

  test("D18: a page that a browser has is not sent again, until it changes", async () => {
    await put("2026-11-23", "sending", true);
    for (const path of ["/", "/daily", "/daily/2026-11-23"]) {
      const { headers } = await ask("GET", path);
      expect(headers).toMatchObject({ "cache-control": expect.stringMatching(/^public, max-age=60/) });
      const etag = String(headers?.etag);
      const again = await ask("GET", path, { headers: { "if-none-match": `"other", W/${etag}` } });
      expect(again).toMatchObject({ statusCode: 304, body: "" });
      expect((await ask("GET", path, { headers: { "if-none-match": '"other"' } })).statusCode).toBe(200);
    }
    const { headers } = await ask("GET", "/daily");
    await put("2026-11-24", "sending", true);
    const changed = await ask("GET", "/daily", { headers: { "if-none-match": String(headers?.etag) } });
    expect(changed.statusCode).toBe(200);
    expect((await ask("GET", `/unsubscribe/${token}`)).headers).not.toHaveProperty("etag");
  });

  test("D19: a search finds past editions by all its words, and keeps nothing", async () => {
    for (const date of ["2026-11-21", "2026-11-22"]) await put(date, "sending", true);
    const found = await ask("GET", "/daily/search", { rawQueryString: "q=LEAD+2026-11-21" });
    expect(found.body).toContain("https://news.example.com/daily/2026-11-21");
    expect(found.body).not.toContain("https://news.example.com/daily/2026-11-22");
    const none = await ask("GET", "/daily/search", { rawQueryString: "q=%3Cscript%3Ealert(1)" });
    expect(none.body).toContain("No edition mentions");
    expect(none.body).not.toContain("<script>alert");
    expect(none.headers).toMatchObject({ "cache-control": "no-store" });
    expect((await ask("GET", "/nope/search")).statusCode).toBe(404);
  });

  test("the first page leads to the newsletters", async () => {
    expect((await ask("GET", "/")).body).toContain('href="https://news.example.com/daily"');
  });

  test.each(["/weekly", "/daily/2026-13-01", "/daily/yesterday", "/daily/2026-11-20", "/a/b/c", "/__proto__"])(
    "D20: %s is not there, in the usual dress, with an id to quote",
    async (path) => {
      const { statusCode, body } = await ask("GET", path);
      expect(statusCode).toBe(404);
      expect(body).toContain("abc123");
    },
  );
});

describe("limits", () => {
  const from = (address: string, method = "GET", path = "/") =>
    limited.fetch(toRequest(event(method, path)), { address });
  let limited: ReturnType<typeof site>;
  beforeEach(() => {
    limited = site({ ...portsOf(), limit: { rate: 1, burst: 3 } });
  });

  test("a client that asks too often is told to wait; others are served", async () => {
    const statuses = [];
    for (let visit = 0; visit < 5; visit += 1) statuses.push((await from("192.0.2.1")).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    const refused = await from("192.0.2.1");
    expect(refused.headers.get("retry-after")).toBe("1");
    expect(refused.headers.get("cache-control")).toBe("no-store");
    expect((await from("192.0.2.2")).status).toBe(200);
  });

  test("an IPv6 client is its /64", async () => {
    for (let host = 1; host <= 3; host += 1) expect((await from(`2001:db8:1:2::${host}`)).status).toBe(200);
    expect((await from("2001:db8:1:2:ffff::9")).status).toBe(429);
    expect((await from("2001:db8:1:3::1")).status).toBe(200);
  });

  test("D9: no one-click request is turned away: a mail service sends those of many readers", async () => {
    for (let visit = 0; visit < 10; visit += 1)
      expect((await from("192.0.2.3", "POST", `/one-click/${token}`)).status).toBe(200);
  });
});

describe("the client's address", () => {
  const asked = (headers: Record<string, string>) => ({ ...event("GET", "/"), headers });
  const viewer = { "cloudfront-viewer-address": "2001:db8::7:50123" };
  const secret = "a secret that only the distribution knows";

  test("is the viewer's only where the distribution's secret proves who says so", () => {
    expect(clientAddress(asked({ ...viewer, "x-origin-secret": secret }), secret)).toBe("2001:db8::7");
    expect(clientAddress(asked({ ...viewer, "x-origin-secret": "forged" }), secret)).toBe("192.0.2.1");
    expect(clientAddress(asked(viewer), secret)).toBe("192.0.2.1");
    expect(clientAddress(asked({ ...viewer, "x-origin-secret": "" }), undefined)).toBe("192.0.2.1");
    expect(clientAddress(asked({ "x-origin-secret": secret }), secret)).toBe("192.0.2.1");
  });
});

test("D14, D15: every page says what it may load, and that is nothing from elsewhere", async () => {
  for (const path of ["/", "/daily", "/nothing", `/unsubscribe/${token}`]) {
    const { headers } = await ask("GET", path);
    expect(headers?.["content-security-policy"]).toMatch(
      /^default-src 'none'; img-src 'self' https:\/\/news\.example\.com; style-src 'sha256-[^']+'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'$/,
    );
    expect(headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "strict-transport-security": expect.stringContaining("max-age="),
      "permissions-policy": expect.stringContaining("camera=()"),
    });
  }
});

test("D20: what breaks inside is a page in the same dress, with the id under which the log has it", async () => {
  const logged: unknown[] = [];
  const broken = site({
    ...portsOf(),
    archive: { ...archive, edition: () => Promise.reject(new Error("the table is away")) },
    newReference: () => "e77",
    log: (...line) => logged.push(line),
  });
  const answer = await toResult(await broken.fetch(toRequest(event("GET", "/daily/2026-11-23"))));
  expect(answer.statusCode).toBe(500);
  expect(answer.body).toContain("e77");
  expect(answer.body).not.toContain("the table is away");
  expect(answer.headers).toHaveProperty("content-security-policy");
  expect(logged).toEqual([["e77", new Error("the table is away")]]);
});

test("cookies and queries of an event reach the request", () => {
  const request = toRequest(event("GET", "/daily", { cookies: ["a=1", "b=2"], rawQueryString: "x=%20y" }));
  expect(request.headers.get("cookie")).toBe("a=1; b=2");
  expect(request.url).toBe("https://news.example.com/daily?x=%20y");
});
