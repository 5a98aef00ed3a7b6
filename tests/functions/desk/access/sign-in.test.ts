import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { within } from "#functions/desk/access/sign-in.ts";
import { answers, answerTo } from "../answers.ts";
import { type Browser, type Desk, openDesk, siteUrl, throughProvider } from "../open-desk.ts";

const HOUR = 3600_000;
let desk: Desk;
let browser: Browser;
beforeAll(async () => {
  desk = await openDesk((request) => answerTo(answers(), request));
});
afterAll(() => desk.close());
beforeEach(() => {
  browser = desk.browser();
});
afterEach(() => {
  desk.clock.ahead = 0;
  desk.notes.length = 0;
  desk.roles.length = 0;
});

const session = "__Host-desk";
const attempt = "__Host-desk-sign-in";
const tokenIn = (page: string) => /name="token" value="([^"]+)"/.exec(page)?.[1] ?? "";
const cookieIn = (cookies: readonly string[], name: string) => cookies.find((one) => one.startsWith(`${name}=`)) ?? "";

describe("signing in", () => {
  test("leads through the provider to the page that was asked for, and says who is signed in", async () => {
    const requests = await browser.get("/desk?a=1");
    expect(requests.headers.location).toBe("/desk/sign-in?to=%2Fdesk%3Fa%3D1");
    const { answer } = await browser.signIn("editor", "/desk?a=1");
    expect(answer).toMatchObject({ status: 302, headers: { location: "/desk?a=1" } });
    const page = await browser.get("/desk");
    expect(page.status).toBe(200);
    expect(page.body).toMatch(/The editor<\/bdi><\/b> <span>editor</);
  });

  test("shows where to add a passkey, where the provider has such a page", async () => {
    await browser.signIn("editor");
    expect((await browser.get("/desk")).body).not.toContain("passkey");
    desk.ports.passkeysUrl = "https://pool.example/passkeys/add?client_id=desk&redirect_uri=x";
    const page = await browser.get("/desk");
    delete desk.ports.passkeysUrl;
    expect(page.body).toContain(
      '<a href="https://pool.example/passkeys/add?client_id=desk&amp;redirect_uri=x">Add a passkey</a>',
    );
  });

  test("uses the code flow with PKCE, state and nonce, and sends the provider none of its secrets", async () => {
    const { headers, cookies } = await browser.get("/desk/sign-in");
    const requests = new URL(headers.location ?? "").searchParams;
    expect(requests.get("response_type")).toBe("code");
    expect(requests.get("code_challenge_method")).toBe("S256");
    expect(requests.get("redirect_uri")).toBe("https://news.example/desk/callback");
    for (const name of ["state", "nonce", "code_challenge"]) expect(requests.get(name)?.length).toBeGreaterThan(20);
    const kept = decodeURIComponent(cookieIn(cookies, attempt));
    for (const name of ["state", "nonce", "code_challenge"]) expect(kept).not.toContain(requests.get(name));
  });

  test("sets a cookie that scripts and other sites can't read, and deletes the attempt's cookie", async () => {
    const { answer } = await browser.signIn("editor");
    expect(cookieIn(answer.cookies, session)).toMatch(/HttpOnly; Secure; SameSite=Lax|Secure; HttpOnly; SameSite=Lax/i);
    expect(cookieIn(answer.cookies, session)).toContain("Path=/");
    expect(cookieIn(answer.cookies, session)).not.toMatch(/domain=/i);
    expect(browser.jar.has(attempt)).toBe(false);
  });

  test("a code is good for one sign-in: a replay is refused", async () => {
    const begun = await browser.get("/desk/sign-in");
    const kept = browser.jar.get(attempt) ?? "";
    const callback = await throughProvider(begun.headers.location ?? "", "editor");
    expect((await browser.get(callback)).status).toBe(302);
    const thief = desk.browser();
    thief.jar.set(attempt, kept);
    const again = await thief.get(callback);
    expect(again.status).toBe(403);
    expect(thief.jar.has(session)).toBe(false);
  });

  test.each<[string, (callback: URL, other: Browser) => void]>([
    ["a forged state", (callback) => callback.searchParams.set("state", "x".repeat(22))],
    ["no state", (callback) => callback.searchParams.delete("state")],
    ["a browser that began no try", (_, other) => other.jar.clear()],
    ["a forged cookie of a try", (_, other) => other.jar.set(attempt, `${other.jar.get(attempt)?.slice(0, -3)}AAA`)],
  ])("%s has to sign in again, and the provider is not asked", async (_what, change) => {
    const begun = await browser.get("/desk/sign-in");
    const callback = new URL(await throughProvider(begun.headers.location ?? "", "editor"), "https://news.example");
    change(callback, browser);
    const answer = await browser.get(callback.pathname + callback.search);
    expect(answer.status).toBe(403);
    expect(answer.body).toContain("Sign in again.");
    expect(desk.notes).toMatchObject([{ about: { refused: "strange" } }]);
    expect(browser.jar.has(session)).toBe(false);
  });

  test("a code of one attempt isn't valid for another, even with the right state", async () => {
    const mine = await browser.get("/desk/sign-in");
    const state = new URL(mine.headers.location ?? "").searchParams.get("state") ?? "";
    const theirs = await desk.browser().get("/desk/sign-in");
    const callback = new URL(await throughProvider(theirs.headers.location ?? "", "operator"), "https://news.example");
    callback.searchParams.set("state", state);
    expect((await browser.get(callback.pathname + callback.search)).status).toBe(403);
    expect(desk.notes).toMatchObject([{ about: { refused: "refused" } }]);
  });

  describe("while another key takes over", () => {
    const key = { id: "k1", key: "k".repeat(40) };
    const rotated = async () => ({ ...key, rings: { session: [{ id: "k2", key: "n".repeat(40) }, key], seal: [key] } });
    afterEach(() => {
      desk.ports.keys = async () => key;
    });

    test("is completed with what it was begun with", async () => {
      const begun = await browser.get("/desk/sign-in");
      const callback = await throughProvider(begun.headers.location ?? "", "editor");
      desk.ports.keys = rotated;
      expect((await browser.get(callback)).status).toBe(302);
      expect((await browser.get("/desk")).status).toBe(200);
    });

    test("the forms of an open page go on working", async () => {
      await browser.signIn("editor");
      const token = tokenIn((await browser.get("/desk/-/sources")).body);
      desk.ports.keys = rotated;
      expect((await browser.post("/desk/-/sources", { token, do: "check", source: "times" })).status).toBeLessThan(400);
      const other = desk.browser();
      await other.signIn("editor");
      expect((await other.post("/desk/-/sources", { token, do: "check", source: "times" })).status).toBe(409);
    });
  });

  test("an attempt expires after a quarter of an hour", async () => {
    const begun = await browser.get("/desk/sign-in");
    const callback = await throughProvider(begun.headers.location ?? "", "editor");
    desk.clock.ahead = 16 * 60_000;
    expect((await browser.get(callback)).status).toBe(403);
  });

  test("someone who cancels at the provider sees a message", async () => {
    const { answer } = await browser.signIn("nobody");
    expect(answer.status).toBe(403);
    expect(desk.notes).toMatchObject([
      { about: { refused: "refused", detail: expect.stringContaining("access_denied") } },
    ]);
  });

  test.each([
    "https://evil.example/desk",
    "//evil.example/desk",
    "/\\evil.example",
    "/daily",
    "/desk/../daily",
    "/deskevil",
    "javascript:alert(1)",
    "/desk/sign-out",
    "/desk/sign-in/",
  ])("leads to the desk alone, not to %s", (to) => {
    expect(within(to)).toBe("/desk");
  });

  test.each(["/desk/-/sources", "/desk/-/log?newsletter=daily", "/desk/daily/2026-11-24/send"])(
    "leads back to %s",
    (to) => {
      expect(within(to)).toBe(to);
    },
  );

  test("leads to no page whose address a cookie could not hold", () => {
    expect(within(`/desk/${"x".repeat(2000)}`)).toBe("/desk");
    expect(within(`/desk/${"x".repeat(200)}?a=b`)).toBe(`/desk/${"x".repeat(200)}?a=b`);
  });
});

describe("a session", () => {
  test.each<[string, (value: string) => string]>([
    ["made up", () => `${"A".repeat(43)}.${"A".repeat(22)}`],
    ["with another mark", (value) => `${value.slice(0, -2)}AA`],
    ["without one", (value) => value.split(".")[0] ?? ""],
    ["empty", () => ""],
  ])("%s opens nothing", async (_what, change) => {
    await browser.signIn("editor");
    browser.jar.set(session, change(browser.jar.get(session) ?? ""));
    expect((await browser.get("/desk")).status).toBe(302);
  });

  test("is over after four hours without use, and never lasts longer than a day", async () => {
    await browser.signIn("editor");
    desk.clock.ahead = 4 * HOUR + 1000;
    expect((await browser.get("/desk")).status).toBe(302);
    desk.clock.ahead = 0;
    for (let hours = 0; hours < 24; hours += 3) {
      desk.clock.ahead = hours * HOUR;
      expect((await browser.get("/desk")).status).toBe(200);
    }
    desk.clock.ahead = 24 * HOUR;
    expect((await browser.get("/desk")).status).toBe(302);
  });

  test("ends for every copy of its cookie on sign-out", async () => {
    await browser.signIn("editor");
    const copy = desk.browser();
    copy.jar.set(session, browser.jar.get(session) ?? "");
    const { body } = await browser.get("/desk");
    const out = await browser.post("/desk/sign-out", { token: tokenIn(body) });
    expect(out).toMatchObject({ status: 303, headers: { location: "/desk/signed-out" } });
    expect(browser.jar.has(session)).toBe(false);
    expect((await copy.get("/desk")).status).toBe(302);
    expect((await browser.get("/desk/signed-out")).body).toContain("You&#39;re signed out of the desk");
  });

  test("is also revoked at the provider on sign-out", async () => {
    const { provider } = desk.ports;
    const { revoke } = provider;
    const revoked: string[] = [];
    provider.revoke = async (renewal) => {
      revoked.push(renewal);
      await revoke(renewal);
    };
    await browser.signIn("editor");
    const { body } = await browser.get("/desk");
    await browser.post("/desk/sign-out", { token: tokenIn(body) });
    provider.revoke = revoke;
    expect(revoked).toHaveLength(1);
    expect(await provider.again(revoked[0] ?? "", "editor")).toMatchObject({ refused: "refused" });
    expect(desk.notes).toEqual([]);
  });

  test("signing out works while the provider is down", async () => {
    const { provider } = desk.ports;
    const { revoke } = provider;
    await browser.signIn("editor");
    const { body } = await browser.get("/desk");
    provider.revoke = async () => Promise.reject(new Error("down"));
    expect((await browser.post("/desk/sign-out", { token: tokenIn(body) })).status).toBe(303);
    provider.revoke = revoke;
    expect((await browser.get("/desk")).status).toBe(302);
  });

  test("a role from the list applies at the next request, and so does its removal", async () => {
    const person = desk.people.find(({ id }) => id === "viewer");
    await browser.signIn("viewer");
    desk.roles.push({ email: "Viewer@Broadsheet.example", role: "approver" });
    expect((await browser.get("/desk")).body).toContain("The viewer</bdi></b> <span>approver</span>");
    desk.roles.length = 0;
    expect((await browser.get("/desk")).body).toContain("The viewer</bdi></b> <span>viewer</span>");
    expect(person?.groups).toEqual(["viewer"]);
  });

  test("someone without a role learns nothing else, and can sign out", async () => {
    desk.people.push({ id: "guest", name: "Guest", email: "guest@broadsheet.example", groups: ["staff"] });
    await browser.signIn("guest");
    const page = await browser.get("/desk");
    expect(page.status).toBe(403);
    expect(page.body).not.toContain("The Daily");
    expect((await browser.post("/desk/sign-out", { token: tokenIn(page.body) })).status).toBe(303);
  });

  test("the provider's groups are asked for again after five minutes, once for many requests", async () => {
    const person = { id: "moved", name: "Moved", email: "moved@broadsheet.example", groups: ["operator"] };
    desk.people.push(person);
    await browser.signIn("moved");
    person.groups = ["viewer"];
    expect((await browser.get("/desk")).body).toContain("Moved</bdi></b> <span>operator</span>");
    desk.clock.ahead = 6 * 60_000;
    await Promise.all([1, 2, 3, 4].map(() => browser.get("/desk")));
    expect((await browser.get("/desk")).body).toContain("Moved</bdi></b> <span>viewer</span>");
    desk.clock.ahead = 12 * 60_000;
    expect((await browser.get("/desk")).status).toBe(200);
  });

  test("someone the provider no longer knows is signed out after five minutes", async () => {
    desk.people.push({ id: "gone", name: "Gone", email: "gone@broadsheet.example", groups: ["operator"] });
    await browser.signIn("gone");
    desk.people.splice(
      desk.people.findIndex(({ id }) => id === "gone"),
      1,
    );
    desk.clock.ahead = 6 * 60_000;
    expect((await browser.get("/desk")).status).toBe(302);
    expect(desk.notes).toMatchObject([{ about: { refused: "refused" } }]);
  });
});

describe("requests that change something", () => {
  const fields = { headline: "Snow at last", text: "line 1\nline 2" };

  test("from another website does nothing, and none of it is shown on a page of ours", async () => {
    await browser.signIn("editor");
    const token = tokenIn((await browser.get("/desk")).body);
    for (const origin of ["https://evil.example", "null", "http://news.example", "https://news.example.evil.example"]) {
      for (const given of [token, "old"]) {
        const refused = await browser.post("/desk/sign-out", { token: given, headline: "planted" }, { origin });
        expect(refused.status).toBe(403);
        expect(refused.body).not.toContain("planted");
      }
    }
    expect((await browser.get("/desk")).status).toBe(200);
  });

  test("without the session's token is shown again with all that was written, and goes with one press", async () => {
    await browser.signIn("editor");
    const stale = await browser.post("/desk/somewhere", { ...fields, token: "old" });
    expect(stale.status).toBe(409);
    expect(stale.body).toContain('name="headline" value="Snow at last"');
    expect(stale.body).toMatch(/<textarea name="text"[^>]*>\nline 1\nline 2<\/textarea>/);
    expect((await browser.post("/desk/somewhere", { ...fields, token: tokenIn(stale.body) })).status).toBe(404);
  });

  test("without a session is answered without a look at what was sent, however large or broken", async () => {
    const large = { headline: "Snow at last", text: "x".repeat(900_000) };
    const kinds: Record<string, string>[] = [
      {},
      { origin: "https://evil.example" },
      { "content-type": "multipart/form-data" },
    ];
    for (const headers of kinds) {
      const form = await browser.post("/desk/somewhere", large, headers);
      expect(form.status).toBe(401);
      expect(form.body).not.toContain("Snow at last");
      expect(form.body.length).toBeLessThan(5000);
      expect(form.body).toContain("You&#39;re signed out");
    }
    const script = await browser.post("/desk/somewhere", fields, { "x-desk-token": "old", accept: "application/json" });
    expect(script.status).toBe(401);
    expect(JSON.parse(script.body)).toMatchObject({
      fault: { code: "signed-out" },
      signIn: "/desk/sign-in?to=%2Fdesk",
    });
  });

  test("can't inject markup into the page that shows it again", async () => {
    await browser.signIn("editor");
    const { status, body } = await browser.post("/desk/x", { '"><script>': "</textarea><script>alert(1)</script>\n" });
    expect(status).toBe(409);
    expect(body).not.toContain("<script>");
  });
});

describe("a malformed request", () => {
  const routes = [
    "/desk/-/sources",
    "/desk/daily/2026-11-24",
    "/desk/daily/2026-11-24/send",
    "/desk/daily/2026-11-24/test",
  ];
  const broken: [string, Record<string, string>, string][] = [
    ["a multipart body without its boundary", { "content-type": "multipart/form-data" }, "--x\r\n"],
    [
      "a multipart body cut off",
      { "content-type": "multipart/form-data; boundary=x" },
      "--x\r\nContent-Disposition: form-d",
    ],
    ["JSON cut off", { "content-type": "application/json" }, '{"decision":'],
    ["JSON of another kind", { "content-type": "application/json" }, "[1,2]"],
    ["no body at all", { "content-type": "application/json" }, ""],
  ];

  test.each(broken)("%s is a 400 on every route, for a script and for a form", async (_what, headers, body) => {
    await browser.signIn("approver");
    const token = tokenIn((await browser.get("/desk")).body);
    for (const route of routes) {
      const answer = await browser.send("POST", route, { origin: siteUrl, "x-desk-token": token, ...headers }, body);
      expect([route, answer.status]).toEqual([route, 400]);
    }
  });

  test("a body or a form that is too large is a 413", async () => {
    await browser.signIn("approver");
    const token = tokenIn((await browser.get("/desk")).body);
    expect((await browser.post("/desk/-/sources", { token, url: "x".repeat(400_000) })).status).toBe(413);
    const many = Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`f${n}`, "x"]));
    expect((await browser.post("/desk/-/sources", { token, ...many })).status).toBe(413);
  });

  test("line ends in an id, a date or an address never crash the function", async () => {
    await browser.signIn("approver");
    const token = tokenIn((await browser.get("/desk")).body);
    for (const bad of ["a\r\nSet-Cookie: x=1", "\u0000", "\ufffd", "..%2f..", "%0d%0aX: y"]) {
      const form = await browser.post("/desk/daily/2026-11-24", { token, do: "remove", story: bad });
      expect(form.status).toBeLessThan(500);
      expect(form.cookies).toEqual([]);
      for (const path of [
        `/desk/${encodeURIComponent(bad)}`,
        `/desk/daily/${encodeURIComponent(bad)}`,
        `/desk/sign-in?to=${encodeURIComponent(bad)}`,
      ]) {
        expect((await browser.get(path)).status).toBeLessThan(500);
      }
    }
    expect((await browser.send("GET", "/desk/%ff%fe", {})).status).toBeLessThan(500);
    expect((await browser.send("GET", "/desk", { "x-odd": "a\nb" })).status).toBe(400);
  });

  test.each(["TRACE", "CONNECT", "PUT", "DELETE", "PATCH", "OPTIONS"])(
    "%s is a 405, signed in or not",
    async (method) => {
      expect((await browser.send(method, "/desk", {})).status).toBe(405);
      await browser.signIn("approver");
      expect((await browser.send(method, "/desk/daily/2026-11-24", {})).status).toBe(405);
    },
  );
});

describe("a client that sends too much", () => {
  afterEach(() => desk.refused.clear());

  test.each([
    "/desk/sign-in",
    "/desk/sign-in/",
    "/desk//sign-in",
    "/desk/sign-in?to=/desk",
    "/desk/callback",
    "/desk/callback/",
    "/desk",
    "/desk/x/y",
  ])("is refused at %s, by every method", async (path) => {
    desk.refused.add("192.0.2.1");
    for (const method of ["GET", "HEAD", "POST"]) {
      const answer = await browser.send(method, path, {});
      expect([method, answer.status]).toEqual([method, 429]);
      expect(answer.headers["retry-after"]).toBe("10");
    }
  });

  test("does not lock out editors behind the same address, nor the page's files", async () => {
    await browser.signIn("editor");
    desk.refused.add("192.0.2.1");
    expect((await browser.get("/desk")).status).toBe(200);
    const style = /href="([^"]+\.css)"/.exec((await browser.get("/desk")).body)?.[1] ?? "";
    expect((await desk.browser().get(style)).status).toBe(200);
    const forger = desk.browser();
    forger.jar.set("__Host-desk", `${"A".repeat(43)}.${"A".repeat(22)}`);
    expect((await forger.get("/desk")).status).toBe(429);
  });
});

test("every page's policy forbids what it does not need", async () => {
  await browser.signIn("editor");
  for (const path of ["/desk", "/desk/nothing", "/desk/sign-in", "/desk/callback", "/desk/signed-out"]) {
    const { headers } = await browser.get(path);
    expect(headers["content-security-policy"]).toMatch(
      /default-src 'none'.*form-action 'self'.*frame-ancestors 'none'/,
    );
    expect(headers["content-security-policy"]).not.toContain("unsafe");
    expect(headers).toMatchObject({
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "referrer-policy": "same-origin",
      "strict-transport-security": expect.stringContaining("max-age="),
    });
  }
});
