import { beforeEach, describe, expect, test } from "vitest";
import { defineConfig } from "#domain/config.ts";
import { isInAudience } from "#domain/delivery/ledger/batch-cutter.ts";
import { type ReaderSite, readerSite } from "../../../testing/audience/reader-site.ts";

/** Fewer emails: a weekly in place of its daily. D12: only after leaving, or by preferences. */
const common = { postalAddress: "1 Street" };
const config = defineConfig({
  newsletters: {
    daily: { title: "The Daily Test", from: { name: "Ed", address: "ed@example.com" }, ...common },
    weekly: { title: "The Weekly Test", from: { newsletter: "daily" }, days: ["sat"], ...common },
  },
});
const ann = "ann.lee@example.com";
let site: ReaderSite;
beforeEach(() => {
  site = readerSite(config);
});
const statuses = async () => [(await site.subscriber(ann))?.status, (await site.subscriber(ann, "weekly"))?.status];
const leaving = async () => (await site.post(`/unsubscribe/${site.tokenOf(ann)}`)).text();
const formIn = (page: string, path: string) => new RegExp(`action="(/undo/[^"]*${path})"`).exec(page)?.[1] ?? "/none";

describe("weekly instead", () => {
  test("by preferences moves the subscription with what the reader chose, and both histories say so", async () => {
    await site.put(ann, { zone: "Asia/Tokyo", language: "de" });
    const page = await (await site.get(site.preferences(ann))).text();
    expect(page).toContain("Stattdessen The Weekly Test erhalten");
    const answer = await site.post(site.preferences(ann), { instead: "weekly" });
    expect(await answer.text()).toContain("The Weekly Test");
    expect(await statuses()).toEqual(["left", "active"]);
    expect(await site.subscriber(ann, "weekly")).toMatchObject({ zone: "Asia/Tokyo", language: "de" });
    expect((await site.history(ann)).at(-1)).toBe("switched");
    expect(await site.history(ann, "weekly")).toEqual(["switched"]);
    expect(site.state.left).toBe(1);
  });

  test("D12: is offered after leaving and not before, beside the undo", async () => {
    await site.put(ann);
    expect(await (await site.get(`/unsubscribe/${site.tokenOf(ann)}`)).text()).not.toContain("Fewer emails");
    const left = await leaving();
    expect(left).toContain("Fewer emails");
    expect(formIn(left, "")).toMatch(/^\/undo\/[^/]+$/);
    const answer = await site.post(formIn(left, "/fewer"), { instead: "weekly" });
    expect(answer.status).toBe(200);
    expect(await statuses()).toEqual(["left", "active"]);
  });

  test("twice, by both ways, and after a crash between its two writes, is one subscription", async () => {
    await site.put(ann);
    const { write } = site.ports.subscribers;
    site.ports.subscribers.write = async (newsletter, changes) => {
      if (newsletter === "daily") throw new Error("the process died");
      return write(newsletter, changes);
    };
    await Promise.resolve(site.post(site.preferences(ann), { instead: "weekly" })).catch(() => undefined);
    expect(await statuses()).toEqual(["active", "active"]);
    site.ports.subscribers.write = write;
    for (let n = 0; n < 3; n += 1) await site.post(site.preferences(ann), { instead: "weekly" });
    expect(await statuses()).toEqual(["left", "active"]);
    const all = [...site.items.values()].filter((one) =>
      isInAudience(one, { date: "2026-11-28", frozenAt: site.ports.now() }),
    );
    expect(all.map(({ newsletter }) => newsletter)).toEqual(["weekly"]);
  });

  test("to a newsletter that is not made from it, by a stranger's link, or too late, does nothing", async () => {
    await site.put(ann);
    for (const instead of ["daily", "monthly", "__proto__", ""]) {
      expect((await site.post(site.preferences(ann), { instead })).status).toBe(410);
    }
    const page = await leaving();
    expect((await site.post(formIn(page, "/fewer").replace("/undo/", "/undo/x"), { instead: "weekly" })).status).toBe(
      410,
    );
    expect((await site.post(`/undo/${site.tokenOf(ann)}/fewer`, { instead: "weekly" })).status).toBe(410);
    for (const method of ["GET", "HEAD"]) await site.get(formIn(page, "/fewer"), { method });
    site.state.clock += 2 * 24 * 3_600_000;
    expect((await site.post(formIn(page, "/fewer"), { instead: "weekly" })).status).toBe(410);
    expect(await statuses()).toEqual(["left", undefined]);
  });

  test("does not mail an address that called the weekly spam", async () => {
    await site.put(ann);
    await site.put(ann, { newsletter: "weekly", status: "complained" });
    const answer = await site.post(site.preferences(ann), { instead: "weekly" });
    expect(await answer.text()).toContain("<title>You don’t get this newsletter · The Weekly Test</title>");
    expect(await statuses()).toEqual(["active", "complained"]);
  });
});
