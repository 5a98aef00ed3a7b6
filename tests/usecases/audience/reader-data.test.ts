import { beforeEach, describe, expect, test } from "vitest";
import { movedAway, movedHere } from "#domain/audience/consent/moving.ts";
import { timedToken } from "#domain/audience/tokens/timed-token.ts";
import { subscriberId } from "#domain/audience/tokens/token.ts";
import { eraseSubscriber } from "#usecases/audience/operate/list.ts";
import { eraseByToken, eraseReader, readerDataByToken } from "#usecases/audience/reader-data.ts";
import { now, setting } from "../../testing/command-setting.ts";

let set: ReturnType<typeof setting>;
const newsletter = "daily";
const [ada, bram, later] = ["ada@example.org", "bram@example.org", "ada@later.example"] as const;
const idOf = async (address: string, of = newsletter) => subscriberId(await set.keys(), of, address);
const tokenOf = async (address: string, at = now) =>
  timedToken(await set.keys(), "manage", { newsletter, id: await idOf(address) }, at);
const stored = async (address: string, of = newsletter) => set.subscribers.get(of, await idOf(address, of));

/** Moves Ada's subscription to another address, as a change of address does. */
async function moveAda() {
  const from = await stored(ada);
  if (from === undefined) throw new Error("Ada is not subscribed");
  const who = { newsletter, id: await idOf(later), address: later };
  const after = movedHere(undefined, who, from, now);
  if (after === undefined) throw new Error("not moved");
  await set.subscribers.write(newsletter, [{ before: undefined, after }]);
  await set.subscribers.write(newsletter, [{ before: from, after: movedAway(from, who.id, now) }]);
}

beforeEach(async () => {
  set = setting();
  for (const name of ["daily", "weekly"])
    await set.ask({ do: "subscriber add", newsletter: name, addresses: [ada, bram] });
});

describe("the data of a reader", () => {
  test("is every subscription of the address with its history, and nothing of other readers", async () => {
    const found = await readerDataByToken(set, await tokenOf(ada));
    expect(found).toMatchObject({ state: "valid", newsletter, data: { address: ada } });
    const subscriptions = found.state === "valid" ? found.data.subscriptions : [];
    expect(subscriptions.map((one) => [one.newsletter, one.subscriber.address, one.history.length])).toEqual([
      ["daily", ada, 1],
      ["weekly", ada, 1],
    ]);
  });

  test("has those of a newsletter that the deployment no longer has, and erases them", async () => {
    const { weekly: _, ...newsletters } = set.config.newsletters;
    const ports = { ...set, config: { newsletters, formerNewsletters: ["weekly", "never"] } };
    const found = await readerDataByToken(ports, await tokenOf(ada));
    const names = found.state === "valid" && found.data.subscriptions.map((one) => one.newsletter);
    expect(names).toEqual(["daily", "weekly"]);
    await eraseByToken(ports, await tokenOf(ada));
    expect([await stored(ada), await stored(ada, "weekly")]).toEqual([undefined, undefined]);
    expect((await stored(bram, "weekly"))?.status).toBe("active");
  });

  test("has the addresses they had before", async () => {
    await moveAda();
    const found = await readerDataByToken(set, await tokenOf(later));
    expect(found.state === "valid" && found.data.subscriptions.map(({ subscriber }) => subscriber.address)).toEqual([
      later,
      ada,
    ]);
  });

  test("is shown to no forged or expired link, nor after they were erased", async () => {
    expect(await readerDataByToken(set, "k1.daily.forged")).toEqual({ state: "forged" });
    const twoDaysAgo = new Date(Date.parse(now) - 48 * 3_600_000).toISOString();
    expect(await readerDataByToken(set, await tokenOf(ada, twoDaysAgo))).toEqual({ state: "expired" });
    await eraseByToken(set, await tokenOf(ada));
    expect(await readerDataByToken(set, await tokenOf(ada))).toEqual({ state: "erased" });
  });
});

describe("erasing", () => {
  test("deletes the reader from every newsletter with their history, and leaves a mark for imports", async () => {
    expect(await eraseByToken(set, await tokenOf(ada))).toBe("erased");
    for (const name of ["daily", "weekly"]) {
      expect(await stored(ada, name)).toBeUndefined();
      expect(await set.consent.history(name, await idOf(ada, name))).toEqual([]);
      expect(await set.consent.erased(name, [await idOf(ada, name)])).toEqual(new Set([await idOf(ada, name)]));
      expect(await stored(bram, name)).toMatchObject({ status: "active" });
    }
    expect(await eraseByToken(set, await tokenOf(ada))).toBe("erased");
  });

  test("deletes former addresses, too", async () => {
    await moveAda();
    expect(await eraseReader(set, newsletter, await idOf(later))).toBe(true);
    expect(await stored(ada)).toBeUndefined();
    expect(await stored(later)).toBeUndefined();
  });

  test("of an unknown reader leaves the mark, and says that there was no subscription", async () => {
    const id = await idOf("cleo@example.org");
    expect(await eraseReader(set, newsletter, id)).toBe(false);
    expect(await set.consent.erased(newsletter, [id])).toEqual(new Set([id]));
  });

  describe("of a newsletter that the config no longer has,", () => {
    const without = () => {
      const kept = Object.entries(set.config.newsletters).filter(([name]) => name !== "daily");
      return { ...set, config: { ...set.config, newsletters: Object.fromEntries(kept) } };
    };
    const eraseIn = (newsletter: string, address: string) =>
      eraseSubscriber(without(), { newsletter, address, by: "ed" });

    test("by its own link deletes it there and everywhere", async () => {
      expect(await readerDataByToken(without(), await tokenOf(ada))).toMatchObject({
        state: "valid",
        data: { subscriptions: [{ newsletter: "weekly" }, { newsletter: "daily" }] },
      });
      expect(await eraseByToken(without(), await tokenOf(ada))).toBe("erased");
      expect([await stored(ada), await stored(ada, "weekly")]).toEqual([undefined, undefined]);
    });

    test("is possible for an operator, and a misspelled name erases no one", async () => {
      expect(await eraseIn("daily", ada)).toEqual({ ok: true, value: { erased: true } });
      expect([await stored(ada), await set.consent.erased("daily", [await idOf(ada)])]).toEqual([
        undefined,
        new Set([await idOf(ada)]),
      ]);
      for (const [name, address] of [
        ["dayly", bram],
        ["daily", "never@example.org"],
        ["daily", "no address"],
      ] as const) {
        expect(await eraseIn(name, address)).toMatchObject({ ok: false, fault: { code: "unknown-newsletter" } });
      }
      expect(await set.consent.erased("daily", [await idOf("never@example.org")])).toEqual(new Set());
    });
  });
});
