import { expect, test } from "vitest";
import { UnreadableItem } from "#domain/unreadable-item.ts";
import { readHealth } from "#usecases/delivery/operate/health.ts";
import { setting } from "../../../testing/command-setting.ts";

const { ledger } = setting();

test("a new system has nothing wrong", async () => {
  expect(await readHealth({ ledger })).toMatchObject({
    value: { unreadable: [], restored: false, leaseUntil: null, quota: null },
  });
});

test.each(["sender", "tableKnown", "pointers", "welcomes", "resendAllowed"] as const)(
  "an item of a newer version is named, whichever it is: %s",
  async (read) => {
    const message = "item X # is of version 2. Deploy the version that wrote it.";
    const broken = { ...ledger, [read]: () => Promise.reject(new UnreadableItem(message)) };
    expect(await readHealth({ ledger: broken })).toMatchObject({ value: { unreadable: [message] } });
  },
);

test("a table that doesn't answer is not taken for one with nothing wrong", async () => {
  const broken = { ...ledger, sender: () => Promise.reject(new Error("connect ECONNREFUSED")) };
  await expect(readHealth({ ledger: broken })).rejects.toThrow("ECONNREFUSED");
});
