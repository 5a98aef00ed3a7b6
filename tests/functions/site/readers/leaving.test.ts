import { beforeEach, describe, expect, test } from "vitest";
import type { Subscriber } from "#domain/audience/subscriber.ts";
import { unsubscribeToken } from "#domain/audience/tokens/token.ts";
import { ann, keys, now, openPages, type Pages, token } from "../../../testing/open-pages.ts";

let pages: Pages;
const later = "2026-11-23T07:30:00.000Z";

beforeEach(async () => {
  pages = await openPages();
});

describe("leaving", () => {
  test("D4: no GET and no HEAD changes anything, however often and by whatever path", async () => {
    for (const path of [`/unsubscribe/${token}`, `/one-click/${token}`]) {
      for (let visit = 0; visit < 25; visit += 1) {
        expect((await pages.ask("GET", path, { headers: { "sec-purpose": "prefetch" } })).statusCode).toBe(200);
        expect((await pages.ask("HEAD", path)).statusCode).toBe(200);
      }
    }
    expect(pages.writes()).toBe(0);
    expect(await pages.status()).toBe("active");
  });

  test("D8: the page has the newsletter, the masked address and one button that posts to the same link", async () => {
    const { body } = await pages.ask("GET", `/unsubscribe/${token}`);
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
    const answer = await pages.ask("POST", `/one-click/${token}`, more);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).not.toHaveProperty("location");
    expect(answer.cookies).toBeUndefined();
    expect(await pages.status()).toBe("left");
  });

  test("D9: a second click answers the same and changes nothing", async () => {
    const first = await pages.ask("POST", `/one-click/${token}`);
    const second = await pages.ask("POST", `/one-click/${token}`);
    expect(second).toEqual(first);
    expect(pages.writes()).toBe(1);
    expect(pages.left).toEqual([{ newsletter: "daily", id: ann.id }]);
    expect((await pages.ask("GET", `/unsubscribe/${token}`)).body).not.toContain("<button");
  });

  test("a reader who is changed in the same moment is read again, and has left when the answer says so", async () => {
    const { subscribers } = pages.portsOf();
    let changes = 0;
    const write: typeof subscribers.write = async (newsletter, given) => {
      changes += 1;
      if (changes === 1) await pages.subscribers.write("daily", [{ before: ann, after: { ...ann, changedAt: later } }]);
      return subscribers.write(newsletter, given);
    };
    pages.serveWith({ subscribers: { ...subscribers, write } });
    expect((await pages.ask("POST", `/one-click/${token}`)).statusCode).toBe(200);
    expect(await pages.status()).toBe("left");
    expect(pages.left).toHaveLength(1);
  });

  test("the button does the same", async () => {
    expect((await pages.ask("POST", `/unsubscribe/${token}`)).statusCode).toBe(200);
    expect(await pages.status()).toBe("left");
  });

  test("D7: a link of a reader who was erased answers that they are off the list", async () => {
    const erased = unsubscribeToken(keys, { newsletter: "daily", id: "0".repeat(24) });
    expect((await pages.ask("POST", `/one-click/${erased}`)).statusCode).toBe(200);
  });

  test("D10: an old link follows the reader to the address they have now", async () => {
    const next = { ...ann, id: "f".repeat(24), address: "new@example.com", origin: ann.id };
    const moved: Subscriber = { ...ann, status: "moved", movedTo: next.id, movedAt: now };
    await pages.subscribers.write("daily", [
      { before: undefined, after: next },
      { before: ann, after: moved },
    ]);
    await pages.ask("POST", `/one-click/${token}`);
    expect((await pages.subscribers.get("daily", next.id))?.status).toBe("left");
  });

  test.each(["x", `${token}0`, token.replace("daily", "weekly")])(
    "%s isn't a link: 404 and an id to quote",
    async (bad) => {
      for (const method of ["GET", "POST"]) {
        const answer = await pages.ask(method, `/one-click/${bad}`);
        expect(answer.statusCode).toBe(404);
        expect(answer.body).toContain("abc123");
      }
      expect(pages.writes()).toBe(0);
    },
  );

  test("the link of a preview explains instead", async () => {
    expect((await pages.ask("GET", "/unsubscribe")).statusCode).toBe(200);
    expect((await pages.ask("POST", "/unsubscribe")).statusCode).toBe(404);
  });

  test("D14: token pages are not cached, not indexed and not told to others", async () => {
    for (const path of [`/unsubscribe/${token}`, `/one-click/${token}`, "/unsubscribe/bad", "/unsubscribe"]) {
      const { headers } = await pages.ask("GET", path);
      expect(headers).toMatchObject({
        "referrer-policy": "no-referrer",
        "cache-control": "no-store",
        "x-robots-tag": "noindex",
      });
    }
  });
});
