import { beforeEach, describe, expect, test } from "vitest";
import { toRequest, toResult } from "#adapters/http-api/request.ts";
import { site } from "#functions/site/app.ts";
import { event, openPages, type Pages, token } from "../../testing/open-pages.ts";

let pages: Pages;

beforeEach(async () => {
  pages = await openPages();
});

describe("limits", () => {
  const from = (address: string, method = "GET", path = "/") =>
    limited.fetch(toRequest(event(method, path)), { address });
  let limited: ReturnType<typeof site>;
  beforeEach(() => {
    limited = site({ ...pages.portsOf(), limit: { rate: 1, burst: 3 } });
  });

  test("a client with too many requests gets a 429 with Retry-After; others are served", async () => {
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

  test("D9: one-click requests are never limited, because a mail service sends those of many readers", async () => {
    for (let visit = 0; visit < 10; visit += 1)
      expect((await from("192.0.2.3", "POST", `/one-click/${token}`)).status).toBe(200);
  });
});

test("D14, D15: every page says what it may load, and that is nothing from elsewhere", async () => {
  for (const path of ["/", "/daily", "/nothing", `/unsubscribe/${token}`]) {
    const { headers } = await pages.ask("GET", path);
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

test("D20: an internal error is a page in the same layout, with the id that the log has", async () => {
  const logged: unknown[] = [];
  const broken = site({
    ...pages.portsOf(),
    archive: { ...pages.archive, edition: () => Promise.reject(new Error("the table is away")) },
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
