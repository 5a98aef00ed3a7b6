import { expect, test } from "vitest";
import { UnreadableItem } from "#domain/unreadable-item.ts";
import { readHealth } from "#usecases/delivery/operate/health.ts";
import { setting } from "../../../testing/command-setting.ts";

const ports = setting();
const { ledger } = ports;

test("a new system has nothing wrong", async () => {
  expect(await readHealth(ports)).toMatchObject({
    value: { unreadable: [], restored: false, leaseUntil: null, quota: null, otherKeys: [] },
  });
});

test.each(["sender", "tableKnown", "pointers", "welcomes", "resendAllowed"] as const)(
  "an item of a newer version is named, whichever it is: %s",
  async (read) => {
    const message = "item X # is of version 2. Deploy the version that wrote it.";
    const broken = { ...ledger, [read]: () => Promise.reject(new UnreadableItem(message)) };
    expect(await readHealth({ ...ports, ledger: broken })).toMatchObject({ value: { unreadable: [message] } });
  },
);

test("a table that doesn't answer is not taken for one with nothing wrong", async () => {
  const broken = { ...ledger, sender: () => Promise.reject(new Error("connect ECONNREFUSED")) };
  await expect(readHealth({ ...ports, ledger: broken })).rejects.toThrow("ECONNREFUSED");
});

test("a table that was filled with other keys is noticed by one of its subscribers, who isn't named", async () => {
  await ports.ask({ do: "subscriber add", newsletter: "daily", addresses: ["ann@example.com"], by: "olga" });
  expect(await readHealth(ports)).toMatchObject({ value: { otherKeys: [] } });
  const own = await ports.keys();
  const rotated = { ...own, rings: { link: [{ id: "k2", key: "a newer secret of thirty-two letters" }] } };
  expect(await readHealth({ ...ports, keys: async () => rotated })).toMatchObject({ value: { otherKeys: [] } });
  const others = { ...own, key: "another secret of at least thirty-two letters" };
  const found = await readHealth({ ...ports, keys: async () => others });
  expect(found).toMatchObject({ value: { otherKeys: ["daily"] } });
  expect(JSON.stringify(found)).not.toContain("ann");
  await ports.ask({ do: "subscriber add", newsletter: "weekly", addresses: ["bob@example.com"], by: "olga" });
  expect(await readHealth({ ...ports, keys: async () => others })).toMatchObject({
    value: { otherKeys: ["daily", "weekly"] },
  });
  const unreadable = await readHealth({ ...ports, keys: () => Promise.reject(new Error("no secret")) });
  expect(unreadable).toMatchObject({ value: { otherKeys: [] } });
});
