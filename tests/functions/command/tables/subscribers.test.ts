import { beforeEach, describe, expect, test } from "vitest";
import { setting } from "../../../testing/command-setting.ts";

let system: ReturnType<typeof setting>;

beforeEach(() => {
  system = setting();
});

describe("subscribers", () => {
  const add = (...addresses: string[]) =>
    system.ask({ do: "subscriber add", newsletter: "daily", addresses, by: "ed" });

  test("are added; each bad one is named by its place and stops no other", async () => {
    expect(await add("ann@example.com", "not one", "Ann@Example.com", "bob@example.com")).toEqual({
      ok: true,
      value: { added: 2, already: 1, refused: [{ at: 1, why: expect.stringContaining("no @") }] },
    });
    expect(await add("bob@example.com")).toMatchObject({ value: { added: 0, already: 1 } });
    expect(await system.subscribers.count("daily")).toBe(2);
  });

  test("their history says which operator added and removed them, since no reader did", async () => {
    await add("ann@example.com");
    const ann = { newsletter: "daily", address: "ann@example.com" };
    await system.ask({ do: "subscriber remove", ...ann, by: "bo" });
    expect(await system.ask({ do: "subscriber history", ...ann })).toMatchObject({
      value: {
        events: [
          { did: "vouched", by: "ed", source: "subscriber add" },
          { did: "removed", by: "bo", source: "subscriber remove" },
        ],
      },
    });
  });

  test("who left is not brought back by a list", async () => {
    await add("ann@example.com");
    for await (const ann of system.subscribers.walkShard("daily", await shardOf("ann@example.com"))) {
      await system.subscribers.write("daily", [{ before: ann, after: { ...ann, status: "left" } }]);
    }
    expect(await add("ann@example.com")).toMatchObject({
      value: { added: 0, refused: [{ at: 0, why: expect.stringContaining("unsubscribed on") }] },
    });
  });

  const shardOf = async (address: string) => {
    const { subscribers } = await system.subscribers.page("daily", undefined, 100);
    return Number.parseInt(subscribers.find((one) => one.address === address)?.id.slice(0, 2) ?? "", 16);
  };

  test("are shown and removed by their address, in any case", async () => {
    await add("ann@example.com");
    const ann = { newsletter: "daily", address: "ANN@example.COM" };
    expect(await system.ask({ do: "subscriber show", ...ann })).toMatchObject({
      value: { subscriber: { address: "ann@example.com", status: "active", consent: "vouched for by ed, 2026-11-23" } },
    });
    expect(await system.ask({ do: "subscriber remove", ...ann })).toEqual({ ok: true, value: { removed: true } });
    expect(await system.ask({ do: "subscriber remove", ...ann })).toEqual({ ok: true, value: { removed: false } });
    expect(await system.ask({ do: "subscriber list", newsletter: "daily" })).toMatchObject({
      value: { subscribers: [] },
    });
    expect(await system.ask({ do: "subscriber show", ...ann })).toMatchObject({
      value: { subscriber: { status: "removed" } },
    });
    expect(await add("ann@example.com")).toMatchObject({ value: { added: 1 } });
  });

  test("an unknown address and an invalid one have different errors", async () => {
    const show = { do: "subscriber show", newsletter: "daily" };
    expect(await system.ask({ ...show, address: "x@example.com" })).toMatchObject({
      fault: { code: "unknown-subscriber" },
    });
    expect(await system.ask({ ...show, address: "x" })).toMatchObject({ fault: { code: "bad-address" } });
  });

  test("pages go through all of them", async () => {
    await add(...Array.from({ length: 25 }, (_, n) => `r${n}@example.com`));
    const met = new Set<string>();
    let after: string | null | undefined;
    for (let page = 0; page < 3; page += 1) {
      const answer = await system.ask({
        do: "subscriber list",
        newsletter: "daily",
        limit: 10,
        ...(after && { after }),
      });
      const { subscribers, next } = (answer as { value: { subscribers: { address: string }[]; next: string | null } })
        .value;
      for (const { address } of subscribers) met.add(address);
      after = next;
    }
    expect(met.size).toBe(25);
    expect(after).toBeNull();
  });

  test("the audit log knows who and how many, and no address", async () => {
    await add("ann@example.com", "bob@example.com");
    const [entry] = await system.audit.day("2026-11-23");
    expect(entry).toMatchObject({ by: "ed", did: "subscriber add", newsletter: "daily" });
    expect(entry?.subjects).toHaveLength(2);
    expect(JSON.stringify(entry)).not.toContain("@");
  });

  test("more than 500 at once are refused", async () => {
    expect(await add(...Array.from({ length: 501 }, () => "a@example.com"))).toMatchObject({
      fault: { code: "bad-request", message: expect.stringContaining("addresses") },
    });
  });
});
