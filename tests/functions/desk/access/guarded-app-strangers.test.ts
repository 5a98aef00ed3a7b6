import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { memoryPresence } from "#adapters/memory/desk/presence.ts";
import { deskApp } from "#functions/desk/app.ts";
import { base } from "#functions/desk/contract.ts";
import { type Answers, answers, answerTo, now } from "../answers.ts";
import { type Desk, openDesk } from "../open-desk.ts";

/** Every route of the desk, whichever there are, as a stranger asks for it: in other spellings, with other cookies. */
let desk: Desk;
let known: Answers;
beforeAll(async () => {
  known = answers();
  desk = await openDesk((request) => answerTo(known, request));
  desk.clock.ahead = Date.parse(now) - Date.now();
});
afterAll(() => desk.close());
beforeEach(() => {
  desk.requests.length = 0;
});

const nothing = async () => {
  throw new Error("a stranger's request reached a command");
};
const routes = [
  ...new Map(
    deskApp({ newsletters: [], now: () => now, presence: memoryPresence(), runCommand: nothing }).routes.map(
      ({ method, path }) => {
        const filled = path
          .replace(":newsletter", "daily")
          .replace(/:date\{[^/]*\}/, "2026-11-24")
          .replace(/:\w+/g, "x");
        return [`${method} ${filled}`, `${base}${filled === "/" ? "" : filled}`];
      },
    ),
  ).values(),
];

const spellings: [string, (path: string) => string][] = [
  ["as it is", (path) => path],
  ["with a slash behind", (path) => `${path}/`],
  ["with slashes doubled", (path) => path.replaceAll("/", "//")],
  ["with a dot segment", (path) => path.replace(base, `${base}/.`)],
  ["through a file's folder", (path) => path.replace(base, `${base}/assets/..`)],
  ["through a file's folder, encoded", (path) => path.replace(base, `${base}/assets/%2e%2e`)],
  ["through the sign-in", (path) => path.replace(base, `${base}/sign-in/..;`)],
  ["with a parameter of the path", (path) => `${path};jsessionid=1`],
  ["with an encoded slash", (path) => path.replace(/\/(?=[^/]*$)/, "%2f")],
  ["with a letter encoded", (path) => path.replace("d", "%64")],
  ["in upper case", (path) => path.toUpperCase()],
  ["with a file's ending", (path) => `${path}.css`],
  ["with another method in the query", (path) => `${path}?_method=POST&method=POST`],
];

const cookies: [string, string | undefined][] = [
  ["no cookie", undefined],
  ["an empty cookie", ""],
  ["a cookie without a mark", "A".repeat(43)],
  ["a cookie with a made-up mark", `${"A".repeat(43)}.${"A".repeat(22)}`],
  ["a list of cookies", `${"A".repeat(43)}, ${"B".repeat(43)}`],
  ["a long cookie", `${"A".repeat(8_000)}.${"A".repeat(22)}`],
  ["a cookie with the names of an object", "__proto__.constructor"],
];

test("there are routes to try", () => {
  expect(routes.length).toBeGreaterThan(12);
});

describe.each(cookies)("with %s", (_, cookie) => {
  test.each(spellings)("no route, %s, gives anything or does anything", async (_spelling, spell) => {
    for (const route of routes) {
      const browser = desk.browser();
      if (cookie !== undefined) browser.jar.set("__Host-desk", cookie);
      for (const method of ["GET", "HEAD", "POST"]) {
        const headers = {
          ...{ origin: "https://news.example", "content-type": "application/json", "x-desk-token": "guessed" },
          ...{ "x-http-method-override": "POST", "x-forwarded-user": "operator", authorization: "Basic b3A6b3A=" },
        };
        const body = method === "POST" ? '{"do":"send","marker":"written by a stranger"}' : undefined;
        const answer = await browser.send(method, spell(route), headers, body);
        expect([401, 404], `${method} ${spell(route)}: ${answer.status}`).toContain(answer.status);
        expect(answer.body).not.toContain("written by a stranger");
        expect(answer.cookies).toEqual([]);
      }
    }
    expect(desk.requests).toEqual([]);
  });
});
