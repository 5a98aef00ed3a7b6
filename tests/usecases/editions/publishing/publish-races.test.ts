import { expect, test } from "vitest";
import { memoryWarmUps } from "#adapters/memory/audience/warm-ups.ts";
import { memoryArchive } from "#adapters/memory/editions/archive.ts";
import { toInstant } from "#domain/time/instant.ts";
import { dispatch } from "#usecases/delivery/freeze/dispatch.ts";
import { publishEdition, updatePublished } from "#usecases/editions/publishing/publish.ts";
import { cancelEdition } from "#usecases/editions/sending/send.ts";
import { setting } from "../../../testing/command-setting.ts";
import { key, subscriber } from "../../../testing/delivery/delivery-system.ts";
import { inEveryOrder } from "../../../testing/every-order.ts";

const at = "2026-11-23T07:00:00.000Z";
/** The log and the revisions are only one actor's; the archive's own writes are conditional. */
const isShared = (call: string) => !/decision|revision/i.test(call);
const isWrite = (call: string) => call === "update";
const orderMatters = (one: string, other: string) =>
  isShared(one) && isShared(other) && (isWrite(one) || isWrite(other));

test("in every order of calls, an edition that is cancelled while it is frozen is neither sent nor on the web", async () => {
  const orders = await inEveryOrder(
    async () => {
      const system = setting();
      const archive = memoryArchive();
      await system.subscribers.write(key.newsletter, [{ before: undefined, after: subscriber(0) }]);
      await system.put(key.date, "approved");
      await system.editions.update(key, { approvedAt: at, dueAt: at });
      const portsOf = (turns: <Store extends object>(store: Store) => Store) => {
        const editions = turns(system.editions);
        const web = { editions, archive, now: () => toInstant(Date.parse(at)), languageOf: () => "en" };
        return { ...system, editions, web };
      };
      return {
        acts: [
          async (turns) => {
            const { web, ...ports } = portsOf(turns);
            const freezing = {
              ...ports,
              warmUps: memoryWarmUps(),
              countUse: async () => undefined,
              kick: async () => undefined,
            };
            const others = {
              newRun: () => "run",
              now: () => at,
              publish: (one: typeof key) => publishEdition(web, one),
            };
            const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
            return dispatch({ ...freezing, ...others, log }, key, 1);
          },
          async (turns) => {
            const { web, ...ports } = portsOf(turns);
            return cancelEdition(
              { ...ports, updatePublished: (one) => updatePublished(web, one) },
              { ...key, by: "ed" },
            );
          },
        ],
        judge: async () => {
          const edition = await system.editions.get(key);
          expect([edition?.state, edition?.published ?? false]).toEqual(["cancelled", false]);
          expect((await archive.newest(key.newsletter, 9)).flatMap(({ entries }) => entries)).toEqual([]);
        },
      };
    },
    { orderMatters },
  );
  expect(orders).toBeGreaterThan(20);
}, 60_000);
