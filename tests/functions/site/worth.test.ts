import { beforeEach, describe, expect, test } from "vitest";
import { defineConfig } from "#domain/config.ts";
import { newEdition } from "#domain/edition/states.ts";
import { answerMark } from "#domain/edition/worth.ts";
import { type ReaderSite, readerKeys, readerSite } from "../../testing/reader-site.ts";

/** Was it worth reading? Two links, two buttons, one answer a reader and edition. */
const common = { from: { name: "Ed", address: "ed@example.com" }, postalAddress: "1 Street" };
const config = defineConfig({
  newsletters: { daily: { title: "The Daily Test", feedback: true, ...common }, quiet: { title: "Quiet", ...common } },
});
const date = "2026-11-23";
const ann = "ann.lee@example.com";
const bob = "bob@example.com";

let it: ReaderSite;
beforeEach(async () => {
  it = readerSite(config);
  const frozenAt = "2026-11-23T07:00:00.000Z";
  it.ports.archive.edition = async (key) =>
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
  `/unsubscribe/${it.tokenOf(address, name)}/worth/${day}/${answer}`;
const counts = async () => (await it.ports.worth.of("daily", 10)).get(date);

describe("an answer", () => {
  test("is counted by its button, once, whichever button comes later", async () => {
    await it.put(ann);
    expect(await (await it.post(path(ann, "yes"))).text()).toContain("Your answer is counted.");
    expect(await (await it.post(path(ann, "no"))).text()).toContain("already answered");
    await it.post(path(bob, "no"));
    expect(await counts()).toEqual({ yes: 1, no: 1 });
  });

  test("is not given by a scanner that opens both links, however it does", async () => {
    for (const answer of ["yes", "no"]) {
      for (const method of ["GET", "HEAD"]) await it.get(path(ann, answer), { method });
      await it.get(path(ann, answer), { headers: { "sec-purpose": "prefetch" } });
    }
    expect(await counts()).toBeUndefined();
    const page = await (await it.get(path(ann, "no"))).text();
    expect([...page.matchAll(/action="[^"]*\/(yes|no)"/g)].map(([, one]) => one)).toEqual(["no", "yes"]);
  });

  test("can't be tied to a reader, nor to the same reader's answer about another edition", () => {
    const mark = answerMark(readerKeys, { newsletter: "daily", date }, it.idOf(ann));
    expect(mark).not.toContain(it.idOf(ann).slice(0, 8));
    expect(mark).not.toBe(answerMark(readerKeys, { newsletter: "daily", date: "2026-11-24" }, it.idOf(ann)));
  });

  test("is too late after 30 days", async () => {
    it.state.clock = Date.UTC(2026, 11, 24);
    expect((await it.get(path(ann))).status).toBe(410);
    expect((await it.post(path(ann))).status).toBe(410);
    expect(await counts()).toBeUndefined();
  });

  test("is taken of no forged link, no other word, no edition that is not there, and no newsletter that does not ask", async () => {
    for (const bad of [
      path(ann, "maybe"),
      path(ann, "yes", "2026-11-22"),
      path(ann, "yes", "never"),
      path(ann, "yes", date, "quiet"),
      path(ann).replace("/unsubscribe/k1", "/unsubscribe/k2"),
    ]) {
      expect((await it.get(bad)).status, bad).toBe(404);
      expect((await it.post(bad)).status, bad).toBe(404);
    }
    expect(await counts()).toBeUndefined();
  });

  test("of an email without a reader, such as a preview, says so", async () => {
    expect((await it.get(`/unsubscribe/worth/${date}/yes`)).status).toBe(200);
  });
});
