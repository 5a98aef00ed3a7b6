import { beforeEach, describe, expect, test } from "vitest";
import { subscriberId } from "#domain/audience/tokens/token.ts";
import { now, setting } from "../../../testing/command-setting.ts";

let set: ReturnType<typeof setting>;
const addresses = ["ada@example.org", "bram@example.org", "cleo@example.org", "dora@example.org"] as const;
const idOf = async (address: string, newsletter = "daily") => subscriberId(await set.keys(), newsletter, address);
const statusOf = async (address: string, newsletter = "daily") =>
  (await set.subscribers.get(newsletter, await idOf(address, newsletter)))?.status;
const later = new Date(Date.parse(now) + 60_000).toISOString();
const before = new Date(Date.parse(now) - 60_000).toISOString();

beforeEach(async () => {
  set = setting();
  for (const newsletter of ["daily", "weekly"]) await set.ask({ do: "subscriber add", newsletter, addresses });
});

const replay = (fields: object) => set.ask({ do: "restore replay", left: [], stopped: [], by: "olga", ...fields });

describe("restore replay", () => {
  test("records again who left, in the newsletter they left", async () => {
    const left = [{ newsletter: "daily", id: await idOf("ada@example.org"), at: later }];
    expect(await replay({ left })).toMatchObject({ value: { left: 1, unchanged: 0 } });
    expect(await statusOf("ada@example.org")).toBe("left");
    expect(await statusOf("ada@example.org", "weekly")).toBe("active");
    expect((await set.audit.day(now.slice(0, 10))).at(-1)).toMatchObject({
      ...{ did: "restore replay", by: "olga", note: "1 left, 0 bounced, 0 complained" },
    });
  });

  test("stops an address on SES's list in every newsletter", async () => {
    const stopped = [
      { address: "Bram@example.org", complained: false, at: later },
      { address: "cleo@example.org", complained: true, at: later },
    ];
    expect(await replay({ stopped })).toMatchObject({ value: { bounced: 2, complained: 2, unchanged: 0 } });
    for (const newsletter of ["daily", "weekly"]) {
      expect(await statusOf("bram@example.org", newsletter)).toBe("bounced");
      expect(await statusOf("cleo@example.org", newsletter)).toBe("complained");
      expect(await statusOf("dora@example.org", newsletter)).toBe("active");
    }
  });

  test("again it changes nothing, and writes no second entry", async () => {
    const left = [{ newsletter: "daily", id: await idOf("ada@example.org"), at: later }];
    await replay({ left });
    const entries = (await set.audit.day(now.slice(0, 10))).length;
    expect(await replay({ left })).toMatchObject({ value: { left: 0, unchanged: 1 } });
    expect(await set.audit.day(now.slice(0, 10))).toHaveLength(entries);
  });

  test("consent that was given later is kept", async () => {
    const left = [{ newsletter: "daily", id: await idOf("ada@example.org"), at: before }];
    const stopped = [{ address: "bram@example.org", complained: false, at: before }];
    expect(await replay({ left, stopped })).toMatchObject({ value: { left: 0, bounced: 0, unchanged: 3 } });
    expect(await statusOf("ada@example.org")).toBe("active");
    expect(await statusOf("bram@example.org")).toBe("active");
  });

  test("a dry run counts and writes nothing", async () => {
    const left = [{ newsletter: "daily", id: await idOf("ada@example.org"), at: later }];
    expect(await replay({ left, dryRun: true })).toMatchObject({ value: { left: 1 } });
    expect(await statusOf("ada@example.org")).toBe("active");
  });

  test("readers and newsletters that the table doesn't know are left out", async () => {
    const left = [
      { newsletter: "gone", id: "0".repeat(24), at: later },
      { newsletter: "daily", id: "0".repeat(24), at: later },
    ];
    const stopped = [{ address: "not an address", complained: false, at: later }];
    expect(await replay({ left, stopped })).toMatchObject({
      value: { left: 0, bounced: 0, complained: 0, unchanged: 1 },
    });
  });
});
