import { beforeEach, expect, test } from "vitest";
import * as z from "zod";
import { isKey } from "#domain/source/push-key.ts";
import { now, setting } from "../../testing/command-setting.ts";

let system: ReturnType<typeof setting>;
beforeEach(() => {
  system = setting();
});

const Given = z.object({
  ok: z.literal(true),
  value: z.object({ source: z.looseObject({ id: z.string() }), key: z.string().nullable(), endpoint: z.string() }),
});
const add = (name: string, more = {}) => system.ask({ do: "source push", name, by: "ed", ...more });
const given = async (answer: Promise<unknown>) => Given.parse(await answer).value;
/** Does this key open its source? */
const opens = async (key: string | null) => isKey(await system.keys(), key ?? "", await system.pushKeys.get("desk"));

test("a source to push to gets a key once, of which a hash is kept", async () => {
  const { source, key, endpoint } = await given(add("desk", { title: "City Desk", weight: 2 }));
  expect(source).toMatchObject({ id: "desk", kind: "push", url: "push:desk", title: "City Desk", weight: 2 });
  expect(key).toMatch(/^bsk_desk_[0-9a-f]{48}$/);
  expect(endpoint).toBe("https://news.example.com/articles");
  expect(await opens(key)).toBe(true);
  expect(JSON.stringify([await system.pushKeys.get("desk"), await system.sources.all()])).not.toContain(key?.slice(9));
  expect(await given(add("desk", { weight: 3 }))).toMatchObject({
    key: null,
    source: { weight: 3, title: "City Desk" },
  });
  expect(await opens(key)).toBe(true);
});

test("a new key ends the old one, and so does bringing a removed source back", async () => {
  const { key: first } = await given(add("desk"));
  const { key: second } = await given(system.ask({ do: "source key", source: "desk", by: "ed" }));
  expect([await opens(first), await opens(second)]).toEqual([false, true]);
  await system.ask({ do: "source remove", source: "desk" });
  expect(await system.ask({ do: "source key", source: "desk" })).toMatchObject({ fault: { code: "unknown-source" } });
  const { key: third, source } = await given(add("desk"));
  expect(source).toMatchObject({ removedAt: null });
  expect([await opens(second), await opens(third)]).toEqual([false, true]);
  const did = (await system.audit.day(now.slice(0, 10))).map((entry) => entry.did);
  expect(did).toEqual(["source push", "source key", "source remove", "source push"]);
});

test("a crash between the source and its key is fixed by adding it again", async () => {
  const put = async () => {
    throw new Error("the table is gone");
  };
  const answer = await system.ask({ do: "source push", name: "desk" }, { pushKeys: { ...system.pushKeys, put } });
  expect(answer).toMatchObject({ fault: { code: "internal" } });
  expect(await opens((await given(add("desk"))).key)).toBe(true);
});

test.each([
  ["a bad name", "City Desk", "city-desk"],
  ["a feed's name", "feed", "another source's"],
])("%s is refused with a sentence", async (_, name, says) => {
  await system.ask({ do: "source add", url: "https://feed.example/", id: "feed" });
  expect(await add(name)).toMatchObject({ fault: { code: "bad-request", message: expect.stringContaining(says) } });
});

test("a feed has no key, and what is pushed is not polled", async () => {
  await system.ask({ do: "source add", url: "https://feed.example/", id: "feed" });
  await add("desk");
  expect(await system.ask({ do: "source key", source: "feed" })).toMatchObject({
    fault: { message: expect.stringContaining("--push") },
  });
  expect(await system.ask({ do: "ingest", source: "desk" })).toMatchObject({
    fault: { message: expect.stringContaining("not polled") },
  });
  expect(system.calls.ingest).toEqual([{ check: "https://feed.example/" }]);
});
