import { beforeEach, describe, expect, test } from "vitest";
import { defineConfig } from "#domain/config.ts";
import { newEdition } from "#domain/edition/states.ts";
import { answerMark } from "#domain/edition/worth.ts";
import { type ReaderSite, readerKeys, readerSite } from "../../../testing/audience/reader-site.ts";

/** Was it worth reading? Two links, two buttons, one answer a reader and edition. */
const common = { from: { name: "Ed", address: "ed@example.com" }, postalAddress: "1 Street" };
const config = defineConfig({
  newsletters: { daily: { title: "The Daily Test", feedback: true, ...common }, quiet: { title: "Quiet", ...common } },
});
const date = "2026-11-23";
const ann = "ann.lee@example.com";
const bob = "bob@example.com";

let site: ReaderSite;
beforeEach(async () => {
  site = readerSite(config);
  const frozenAt = "2026-11-23T07:00:00.000Z";
  site.ports.archive.edition = async (key) =>
    key.date === date
      ? {
          ...newEdition({ ...key, now: frozenAt, rev: 1, cutoff: frozenAt }),
          state: "finished",
          frozenAt,
          published: true,
        }
      : undefined;
});
const path = (address: string, answer = "yes", day = date, name = "daily") =>
  `/unsubscribe/${site.tokenOf(address, name)}/worth/${day}/${answer}`;
const counts = async () => (await site.ports.worth.of("daily", 10)).get(date);

describe("an answer", () => {
  test("is counted by its button, once, whichever button comes later", async () => {
    await site.put(ann);
    expect(await (await site.post(path(ann, "yes"))).text()).toContain("Your answer is counted.");
    expect(await (await site.post(path(ann, "no"))).text()).toContain("already answered");
    await site.post(path(bob, "no"));
    expect(await counts()).toEqual({ yes: 1, no: 1 });
  });

  test("is not given by a scanner that opens both links, however it does", async () => {
    for (const answer of ["yes", "no"]) {
      for (const method of ["GET", "HEAD"]) await site.get(path(ann, answer), { method });
      await site.get(path(ann, answer), { headers: { "sec-purpose": "prefetch" } });
    }
    expect(await counts()).toBeUndefined();
    const page = await (await site.get(path(ann, "no"))).text();
    expect([...page.matchAll(/action="[^"]*\/(yes|no)"/g)].map(([, one]) => one)).toEqual(["no", "yes"]);
  });

  test("can't be tied to a reader, nor to the same reader's answer about another edition", () => {
    const mark = answerMark(readerKeys, { newsletter: "daily", date }, site.idOf(ann));
    expect(mark).not.toContain(site.idOf(ann).slice(0, 8));
    expect(mark).not.toBe(answerMark(readerKeys, { newsletter: "daily", date: "2026-11-24" }, site.idOf(ann)));
  });

  test("is too late after 30 days", async () => {
    site.state.clock = Date.UTC(2026, 11, 24);
    expect((await site.get(path(ann))).status).toBe(410);
    expect((await site.post(path(ann))).status).toBe(410);
    expect(await counts()).toBeUndefined();
  });

  test("is refused with a forged link, another word, an unknown edition, or a newsletter that does not ask", async () => {
    for (const bad of [
      path(ann, "maybe"),
      path(ann, "yes", "2026-11-22"),
      path(ann, "yes", "never"),
      path(ann, "yes", date, "quiet"),
      path(ann).replace("/unsubscribe/k1", "/unsubscribe/k2"),
    ]) {
      expect((await site.get(bad)).status, bad).toBe(404);
      expect((await site.post(bad)).status, bad).toBe(404);
    }
    expect(await counts()).toBeUndefined();
  });

  test("of an email without a reader, such as a preview, says so", async () => {
    expect((await site.get(`/unsubscribe/worth/${date}/yes`)).status).toBe(200);
  });
});
