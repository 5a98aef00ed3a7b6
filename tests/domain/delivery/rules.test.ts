import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromLetters } from "#adapters/dynamo/batches.ts";
import type { Subscriber } from "#domain/audience/subscriber.ts";
import { envelopeOf, mailbox, phrase, readerHeaders } from "#domain/delivery/calls/headers.ts";
import { listIdFor } from "#domain/delivery/calls/list-id.ts";
import { readerStatusOf, successorOf } from "#domain/delivery/calls/reader.ts";
import { deliveryOf, tagsOf } from "#domain/delivery/calls/tags.ts";
import { endStateOf, freezeAction, isDue, sendPermission } from "#domain/delivery/edition.ts";
import type { BatchState } from "#domain/delivery/ledger/batch.ts";
import { createBatchCutter, isInAudience } from "#domain/delivery/ledger/batch-cutter.ts";
import { countBatch, noCounts, sumCounts } from "#domain/delivery/ledger/counts.ts";
import { claimIsFresh, elapsedSince, leaseIsFresh, takeSender } from "#domain/delivery/pace/sender.ts";

const at = (minutes: number, seconds = 0) => new Date(Date.UTC(2026, 10, 23, 7, minutes, seconds)).toISOString();
const id = (n: number) => n.toString(16).padStart(24, "0");

describe("the freeze", () => {
  test("takes who is active, and who moved away while it ran", () => {
    const edition = { date: "2026-11-23", frozenAt: at(0) };
    expect(isInAudience({ status: "active", movedAt: null }, edition)).toBe(true);
    for (const status of ["pending", "left", "removed"] as const) {
      expect(isInAudience({ status, movedAt: null }, edition)).toBe(false);
    }
    expect(isInAudience({ status: "moved", movedAt: at(-1, 51) }, edition)).toBe(true);
    expect(isInAudience({ status: "moved", movedAt: at(-1, 50) }, edition)).toBe(false);
  });

  test("leaves out who has paused, up to the day before mail begins again", () => {
    const paused = { status: "active", movedAt: null, pausedUntil: "2026-11-24" } as const;
    expect(isInAudience(paused, { date: "2026-11-23", frozenAt: at(0) })).toBe(false);
    expect(isInAudience(paused, { date: "2026-11-24", frozenAt: at(0) })).toBe(true);
    const moved = { ...paused, status: "moved", movedAt: at(0) } as const;
    expect(isInAudience(moved, { date: "2026-11-23", frozenAt: at(0) })).toBe(false);
  });

  test("cuts any stream into batches that hold each reader once, in order", () => {
    fc.assert(
      fc.property(
        fc.nat(300),
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 3 }),
        (readers, size, dues) => {
          const place = { newsletter: "daily", date: "2026-11-23", group: "00", run: "r" };
          const freezer = createBatchCutter(place, size);
          const ids = Array.from({ length: readers }, (_, n) => id(n));
          const full = ids.flatMap((reader, n) => freezer.add(reader, at(n % dues)) ?? []);
          const batches = [...full, ...freezer.rest()];
          expect(batches.flatMap((batch) => batch.ids).toSorted()).toEqual(ids);
          expect(freezer.counted).toEqual({ batches: batches.length, readers });
          expect(batches.length).toBeLessThanOrEqual(Math.ceil(readers / size) + dues - 1);
          for (const batch of batches) {
            expect(batch.key.first).toBe(batch.ids[0]);
            expect(batch.ids).toEqual(batch.ids.toSorted());
            expect(batch.ids.length).toBeLessThanOrEqual(size);
            expect(batch.outcomes).toEqual(fromLetters(".".repeat(batch.ids.length)));
          }
        },
      ),
    );
  });
});

describe("an edition's turn", () => {
  const sending = { state: "sending", latest: at(10), frozen: 50 } as const;
  const nobody = { accepted: 0, refused: 0 };
  test("is to send only while it is sending, in time and within the quota", () => {
    expect(sendPermission(sending, at(10), null, nobody)).toEqual({ may: "send" });
    for (const state of ["paused", "held", "halted", "cancelled", "finished", "freezing"] as const) {
      expect(sendPermission({ ...sending, state }, at(0), null, nobody)).toEqual({ may: "stop" });
    }
    expect(sendPermission(sending, at(10, 1), null, nobody)).toMatchObject({
      may: "hold",
      reason: expect.stringMatching(/too late/),
    });
    expect(sendPermission({ ...sending, latest: null }, at(59), null, nobody)).toEqual({ may: "send" });
    expect(sendPermission(sending, at(0), 53, nobody)).toEqual({ may: "send" });
    expect(sendPermission(sending, at(0), 52, nobody)).toMatchObject({
      may: "hold",
      reason: expect.stringMatching(/50 readers/),
    });
  });

  test("ends when too many of those who were mailed refuse it, unless a person said that it goes", () => {
    const mailed = { accepted: 190, refused: 4 };
    const turn = (change: object) => sendPermission({ ...sending, ...change }, at(0), null, mailed);
    expect(turn({ bounced: 5 })).toEqual({ may: "send" });
    expect(turn({ bounced: 6 })).toMatchObject({
      may: "halt",
      reason: expect.stringMatching(/10 of the first 194 .*6 bounced/),
    });
    expect(turn({ bounced: 3, rejected: 3 })).toMatchObject({ may: "halt" });
    expect(turn({ complained: 2 })).toMatchObject({
      may: "halt",
      reason: expect.stringMatching(/2 of the first 194 readers called it spam/),
    });
    expect(turn({ bounced: 190, complained: 100, anyway: true })).toEqual({ may: "send" });
  });

  test("comes when it is due, give or take a clock", () => {
    expect(isDue({ dueAt: null }, at(0))).toBe(true);
    expect(isDue({ dueAt: at(0, 5) }, at(0))).toBe(true);
    expect(isDue({ dueAt: at(0, 6) }, at(0))).toBe(false);
  });

  test("a freeze without progress is begun again, and given up after half an hour", () => {
    expect(freezeAction(at(0), undefined, at(2))).toBe("wait");
    expect(freezeAction(at(0), undefined, at(2, 1))).toBe("dispatch");
    expect(freezeAction(at(0), at(2), at(4))).toBe("wait");
    expect(freezeAction(at(0), at(29), at(30, 1))).toBe("hold");
  });

  test("ends finished, or held for a person", () => {
    expect(endStateOf({ ...noCounts, audience: 3, accepted: 2, skipped: 1 })).toEqual({
      state: "finished",
      reason: null,
    });
    expect(endStateOf({ ...noCounts, audience: 3, accepted: 2, held: 1 })).toMatchObject({ state: "held" });
  });
});

describe("counts", () => {
  test("put every delivery in one place", () => {
    const letters = fc.string({
      unit: fc.constantFrom(".", "a", "r", "f", "x", "s", "h", "d"),
      minLength: 1,
      maxLength: 50,
    });
    const states = fc.constantFrom<BatchState[]>("ready", "calling", "unknown", "mixed", "done", "held");
    fc.assert(
      fc.property(letters, states, (out, state) => {
        const { audience, ...rest } = countBatch({ state, outcomes: fromLetters(out) });
        expect(audience).toBe(out.length);
        expect(Object.values(rest).reduce((sum, n) => sum + n, 0)).toBe(out.length);
        if (state === "unknown" || state === "mixed") expect(rest.waiting + rest.failed).toBe(0);
      }),
    );
    const one = { ...noCounts, audience: 2, accepted: 1, unknown: 1 };
    expect(sumCounts([one, one])).toEqual({ ...noCounts, audience: 4, accepted: 2, unknown: 2 });
  });
});

describe("a reader as of now", () => {
  const date = "2026-11-23";
  const subscriber = (change: Partial<Subscriber>): Subscriber => ({
    ...{ id: id(1), newsletter: "daily", address: "a@example.org", status: "active", consent: "", addedAt: at(0) },
    ...{ changedAt: at(0), origin: null, movedTo: null, movedAt: null },
    ...change,
  });
  test("is mailed, skipped or followed to a new address", () => {
    expect(readerStatusOf(subscriber({}), date)).toMatchObject({ is: "mail" });
    expect(readerStatusOf(undefined, date)).toEqual({ is: "skip" });
    for (const status of ["left", "removed", "pending"] as const) {
      expect(readerStatusOf(subscriber({ status }), date)).toEqual({ is: "skip" });
    }
    expect(readerStatusOf(subscriber({ pausedUntil: "2026-11-24" }), date)).toEqual({ is: "skip" });
    expect(readerStatusOf(subscriber({ pausedUntil: "2026-11-23" }), date)).toMatchObject({ is: "mail" });
    const moved = subscriber({ status: "moved", movedTo: id(2) });
    expect(readerStatusOf(moved, date)).toEqual({ is: "follow", from: id(1), to: id(2) });
  });

  test("is not followed to somebody who was there before", () => {
    expect(successorOf(id(1), subscriber({ id: id(2), origin: id(1) }), date)).toMatchObject({ is: "mail" });
    expect(successorOf(id(1), subscriber({ id: id(2), origin: null }), date)).toEqual({ is: "skip" });
    expect(successorOf(id(1), subscriber({ id: id(2), origin: id(3) }), date)).toEqual({ is: "skip" });
    expect(successorOf(id(1), undefined, date)).toEqual({ is: "skip" });
  });
});

describe("the sender", () => {
  test("trusts the clock that says more time went by", () => {
    expect(elapsedSince({ wall: 1000, mono: 10 }, { wall: 1000, mono: 4010 })).toBe(4000);
    expect(elapsedSince({ wall: 1000, mono: 10 }, { wall: 61_000, mono: 10 })).toBe(60_000);
    expect(elapsedSince({ wall: 61_000, mono: 10 }, { wall: 1000, mono: 10 })).toBe(60_000);
    const began = { wall: 0, mono: 0 };
    expect(claimIsFresh(began, { wall: 4999, mono: 4999 })).toBe(true);
    expect(claimIsFresh(began, { wall: 5000, mono: 100 })).toBe(false);
    expect(leaseIsFresh(began, { wall: 7999, mono: 0 }, 15)).toBe(true);
    expect(leaseIsFresh(began, { wall: 8000, mono: 0 }, 15)).toBe(false);
  });

  test("takes over what the one before knew of the account", () => {
    const first = takeSender(undefined, "a", at(0), 15);
    expect(first).toMatchObject({ holder: "a", until: at(0, 15), rate: null });
    expect(takeSender({ ...first, rate: 14 }, "b", at(1), 15)).toMatchObject({
      holder: "b",
      until: at(1, 15),
      rate: 14,
    });
  });
});

describe("tags and headers", () => {
  const key = { newsletter: "daily", date: "2026-11-23", group: "0a", run: "9f3c", due: at(0), first: id(77) };

  test("lead an event back to its delivery, in letters SES allows", () => {
    const tags = tagsOf({ key, attempt: 2, position: 49 });
    for (const { name, value } of tags) expect(`${name}${value}`).toMatch(/^[A-Za-z0-9_-]{1,256}$/);
    const back = Object.fromEntries(tags.map(({ name, value }) => [name, value]));
    expect(deliveryOf(back)).toEqual({ key, attempt: 2, position: 49 });
    expect(deliveryOf({ ...back, batch: "else" })).toBeUndefined();
    expect(deliveryOf({ ...back, attempt: "1; drop" })).toBeUndefined();
    expect(deliveryOf({})).toBeUndefined();
  });

  test("name a newsletter safely, whatever its title holds", () => {
    expect(phrase("The Daily Broadsheet")).toBe('"The Daily Broadsheet"');
    expect(phrase('A "B" \\ C')).toBe('"A \\"B\\" \\\\ C"');
    expect(phrase("News\r\nBcc: all@example.org")).toBe('"News Bcc: all@example.org"');
    expect(mailbox({ name: "Zürich", address: "a@b.example" })).toBe("=?UTF-8?B?WsO8cmljaA==?= <a@b.example>");
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 80 }), (text) => {
        const written = phrase(text);
        expect(written).toMatch(/^[\x20-\x7e]*$/);
        for (const word of written.startsWith("=?") ? written.split(" ") : [])
          expect(word.length).toBeLessThanOrEqual(75);
      }),
    );
  });

  test("keep the joiners of an emoji and of Persian, and quote what mail programs would take for markup", () => {
    const decoded = (text: string) =>
      phrase(text)
        .split(" ")
        .map((word) => Buffer.from(/\?B\?(.*)\?=$/.exec(word)?.[1] ?? "", "base64").toString())
        .join("");
    expect(decoded("The 👩\u200d🚒 Daily")).toBe("The 👩\u200d🚒 Daily");
    expect(decoded("می\u200cخواهم")).toBe("می\u200cخواهم");
    expect(decoded("Zürich\u202e")).toBe("Zürich");
    expect(mailbox({ name: 'Ann <ann@b.example>, "Editor"', address: "a@b.example" })).toBe(
      '"Ann <ann@b.example>, \\"Editor\\"" <a@b.example>',
    );
  });

  test("of a list are those of RFC 2919, RFC 2369 and RFC 8058, in their order", () => {
    const about = { title: "The Daily", from: { name: "The Daily", address: "editor@news.example" } };
    const { headers } = envelopeOf(about, { listId: "daily.news.example", archiveUrl: "https://site.example/daily" });
    expect([...headers, ...readerHeaders("https://site.example/one-click/t")]).toEqual([
      { name: "List-Id", value: '"The Daily" <daily.news.example>' },
      { name: "List-Archive", value: "<https://site.example/daily>" },
      { name: "List-Post", value: "NO" },
      { name: "List-Unsubscribe", value: "<https://site.example/one-click/t>" },
      { name: "List-Unsubscribe-Post", value: "List-Unsubscribe=One-Click" },
    ]);
  });

  describe("List-Id", () => {
    const newsletter = { name: "daily", sender: "Editor@News.Example", siteUrl: "https://site.example:8443/x" };
    const sent = { state: "finished", frozenAt: at(0) } as const;
    const draft = { state: "draft", frozenAt: null } as const;
    test.each([
      ["of the sender's domain for a new newsletter", [], "daily.news.example"],
      ["of the sender's domain where nothing was sent yet", [draft], "daily.news.example"],
      ["of the site's host where editions were sent before it was stored", [draft, sent], "daily.site.example"],
      [
        "as it was stored, whatever sender and site are now",
        [draft, { ...sent, listId: "daily.old.example" }],
        "daily.old.example",
      ],
    ])("is %s", (_, earlier, listId) => {
      expect(listIdFor(newsletter, earlier)).toBe(listId);
    });
  });
});
