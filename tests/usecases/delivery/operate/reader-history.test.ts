import { beforeEach, expect, test } from "vitest";
import { fromLetters } from "#adapters/dynamo/delivery/batches.ts";
import { setting } from "../../../testing/command-setting.ts";
import { called, frozen, key } from "../../../testing/delivery/frozen.ts";

let system: ReturnType<typeof setting>;
beforeEach(() => {
  system = setting();
});
test("subscriber show says what the reader got, when, in which revision, and by which message", async () => {
  await system.ask({ do: "subscriber add", newsletter: "daily", addresses: ["ann@example.com"] });
  const shown = () => system.ask({ do: "subscriber show", newsletter: "daily", address: "ann@example.com" });
  expect(await shown()).toMatchObject({ ok: true, value: { deliveries: [] } });
  const { subscribers } = await system.subscribers.page("daily", undefined, 1);
  const id = subscribers[0]?.id ?? "";
  const place = { ...key, group: "00", run: "won", due: called, first: id };
  await frozen(system, "finished", [
    { outcomes: fromLetters("a"), state: "done", ids: [id], key: place, messageIds: ["m-ann"] },
  ]);
  expect(await shown()).toMatchObject({
    value: { deliveries: [{ date: key.date, state: "accepted", at: called, rev: 1, messageId: "m-ann" }] },
  });
});
