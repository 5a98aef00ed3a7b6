import { beforeEach, describe, expect, test } from "vitest";
import { setting } from "../../../testing/command-setting.ts";

let system: ReturnType<typeof setting>;

beforeEach(async () => {
  system = setting();
  await system.ask({ do: "subscriber add", newsletter: "daily", addresses: ["ann@example.com"] });
});

describe("a test mail", () => {
  const trial = { do: "test", newsletter: "daily", to: " Me@Example.com ", by: "ed" };
  test("mails the edition as it is to one address, marked, with a link that belongs to no reader", async () => {
    await system.put("2026-11-24");
    expect(await system.ask(trial)).toEqual({ ok: true, value: { messageId: "message-1" } });
    expect(system.mails).toEqual([
      {
        to: "Me@example.com",
        from: { name: "Ed", address: "ed@example.com" },
        replyTo: "ed@example.com",
        subject: "[TEST] {News}",
        html: '<a href="https://news.example.com/unsubscribe">',
        text: "https://news.example.com/unsubscribe",
      },
    ]);
    const entries = await system.audit.day("2026-11-23");
    expect(JSON.stringify(entries).toLowerCase()).not.toContain("me@");
    expect(entries.at(-1)?.note).toMatch(/^to [0-9a-f]{24}, message message-1$/);
  });

  test.each(["monthly", "__proto__", "constructor", "toString"])(
    "is refused for %s, which is not a newsletter",
    async (newsletter) => {
      await system.put("2026-11-24");
      const refused = { ok: false, fault: { code: "unknown-newsletter" } };
      expect(await system.ask({ ...trial, newsletter })).toMatchObject(refused);
      expect(system.mails).toEqual([]);
    },
  );

  test("goes to people of the config and to domains it allows, whatever the case of the letters", async () => {
    await system.put("2026-11-24");
    const [newsletter] = Object.values(system.config.newsletters);
    if (newsletter === undefined) throw new Error("the config has no newsletter");
    const allowing = (over: object) => ({
      config: { ...system.config, operator: "op@ops.example", newsletters: { daily: { ...newsletter, ...over } } },
    });
    const given = (to: string, over = {}) => system.ask({ ...trial, to }, allowing(over));
    for (const to of [
      "stranger@example.com",
      "me@example.com.evil.example",
      "me@sub.example.com",
      "x@evilexample.org",
    ]) {
      expect(await given(to, { testDomains: ["example.org"] }), to).toMatchObject({ fault: { code: "bad-address" } });
    }
    expect(system.mails).toEqual([]);
    for (const to of ["ME@EXAMPLE.COM", "op@ops.example", "ed@example.com", "x@example.org", "x@News.Example.org"]) {
      expect(await given(to, { testDomains: ["example.org"] }), to).toMatchObject({ ok: true });
    }
  });

  test("is sent at most 20 times within any hour, for each person and for each address, and that is noted", async () => {
    await system.put("2026-11-24");
    let now = "2026-11-23T23:30:00.000Z";
    const given = (change = {}) => system.ask({ ...trial, ...change }, { now: () => now });
    for (let n = 0; n < 20; n += 1) expect(await given({ byId: `person-${n}` })).toMatchObject({ ok: true });
    expect(await given({ byId: "another" })).toMatchObject({ fault: { code: "too-many" } });
    expect(await given({ to: "ed@example.com", byId: "another" })).toMatchObject({ ok: true });
    expect(system.mails).toHaveLength(21);
    expect(system.security).toMatchObject([{ kind: "test-mails" }]);
    expect(JSON.stringify(system.security)).not.toContain("@");
    now = "2026-11-24T00:29:59.000Z";
    expect(await given({ byId: "another" })).toMatchObject({ fault: { code: "too-many" } });
    now = "2026-11-24T00:30:00.001Z";
    for (let n = 0; n < 19; n += 1)
      expect(await given({ byId: "one", to: n % 2 ? "me@example.com" : "ed@example.com" })).toMatchObject({ ok: true });
    expect(await given({ byId: "one" })).toMatchObject({ ok: true });
    expect(await given({ byId: "one", to: "ed@example.com" })).toMatchObject({ fault: { code: "too-many" } });
  });

  test("twenty at once are twenty, not more", async () => {
    await system.put("2026-11-24");
    const all = await Promise.all(Array.from({ length: 30 }, () => system.ask(trial)));
    expect(all.filter(({ ok }) => ok).length).toBeLessThanOrEqual(20);
    expect(system.mails.length).toBeLessThanOrEqual(20);
  });

  test("refuses an invalid address, and a date without an edition", async () => {
    expect(await system.ask({ ...trial, to: "me" })).toMatchObject({ fault: { code: "bad-address" } });
    expect(await system.ask(trial)).toMatchObject({ fault: { code: "no-edition" } });
    expect(system.mails).toEqual([]);
  });
});
