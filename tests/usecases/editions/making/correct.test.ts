import { describe, expect, test } from "vitest";
import type { EditionState } from "#domain/edition/edition.ts";
import { workbench } from "#usecases/editions/workbench/workbench.ts";
import { articles } from "../../../testing/editions/edition-fixtures.ts";
import { morning, system, value } from "../../../testing/editions/editions-system.ts";

const news = () => articles(40, (n) => ({ sourceId: ["gazette", "herald", "courier", "mercury"][n % 4] ?? "gazette" }));
const key = { newsletter: "daily", date: "2026-11-23" };
const digest = "First paragraph.\n\nOne headline\nAnother headline\n";

/** An edition that is on its way, in this state. */
async function going(state: EditionState = "sending", frozenAt: string | null = morning) {
  const app = system(news());
  value(await app.build());
  await app.editions.update(key, { state, frozenAt, approvedAt: morning, reason: null });
  const correct = (fields: object = {}) => app.ask({ do: "correct", ...key, by: "ed", ...fields });
  return { ...app, correct, edition: () => app.editions.get(key) };
}

describe("a decision about an edition on its way", () => {
  test("is kept and shown as it would be, and no one gets it before a correction", async () => {
    const { decide, correct, edition, editions } = await going();
    const before = await edition();
    const shown = value(await decide({ do: "rewrite", story: "0", title: "Snow at last" }));
    expect(shown).toMatchObject({ rev: 1, state: "sending", lead: { title: "Snow at last" } });
    expect(await edition()).toEqual(before);
    expect(await editions.revision(key, 2)).toBeUndefined();
    const corrected = value(await correct());
    expect(corrected).toMatchObject({ rev: 2, state: "sending", lead: { title: "Snow at last" } });
    expect(await edition()).toEqual({ ...before, rev: 2 });
    expect((await editions.revision(key, 1))?.content.lead.title).not.toBe("Snow at last");
  });

  test("is on the workbench as what waits for a correction, and applied only as it was looked at", async () => {
    const { decide, correct, ports } = await going("paused");
    const look = async () => value(await workbench(ports, key));
    expect(await look()).toMatchObject({ isCorrectable: true, pending: null });
    value(await decide({ do: "rewrite", story: "0", title: "Snow at last" }));
    const seen = await look();
    expect(seen.pending?.edited).toMatchObject([{ what: "subject" }, { what: "headline", after: "Snow at last" }]);
    expect(seen.rows[0]?.title).toBe("Snow at last");
    expect(seen.edition).toMatchObject({ lead: { title: "Snow at last" }, rev: 1, state: "paused" });
    value(await decide({ do: "rewrite", story: "1", title: "Another" }));
    expect(await correct({ decisions: seen.decisions })).toMatchObject({ fault: { code: "conflict" } });
    expect(value(await correct({ decisions: seen.decisions + 1 }))).toMatchObject({ rev: 2 });
    expect(await look()).toMatchObject({ isCorrectable: true, pending: null });
  });

  test("can be taken back before it is sent", async () => {
    const { decide, correct } = await going("paused");
    await decide({ do: "rewrite", story: "0", title: "Snow at last" });
    await decide({ do: "undo" });
    expect(await correct()).toMatchObject({
      fault: { code: "wrong-state", message: expect.stringContaining("changes nothing in revision 1") },
    });
  });

  test("is none to skip it", async () => {
    const { decide, edition } = await going();
    expect(await decide({ do: "skip" })).toMatchObject({
      fault: { message: expect.stringContaining("edition cancel daily") },
    });
    expect(await edition()).toMatchObject({ state: "sending" });
  });
});

describe("a correction", () => {
  test.each(["freezing", "sending", "paused", "held", "halted"] as const)(
    "leaves an edition %s as it is",
    async (state) => {
      const { correct, edition } = await going(state);
      const shown = value(await correct({ text: digest, subject: "Corrected" }));
      expect(shown).toMatchObject({ rev: 2, subject: "Corrected", state, lead: { paragraphs: ["First paragraph."] } });
      expect(await edition()).toMatchObject({ state, rev: 2, frozenAt: morning, approvedAt: morning });
    },
  );

  test.each([
    ["draft", null],
    ["approved", null],
    ["finished", morning],
    ["cancelled", morning],
    ["held", null],
  ] as const)("of an edition %s is refused, and keeps nothing", async (state, frozenAt) => {
    const { correct, edition, editions } = await going(state, frozenAt);
    expect(await correct({ text: digest })).toMatchObject({ ok: false });
    expect([(await edition())?.rev, (await editions.decisions(key)).length]).toEqual([1, 1]);
  });

  test("is the later one's where the edition is paused at the same moment", async () => {
    const app = await going();
    let paused = false;
    const update: typeof app.editions.update = async (...args) => {
      if (!paused && args[1].rev === 2) {
        paused = true;
        await app.editions.update(key, { state: "paused" }, { state: ["sending"] });
      }
      return app.editions.update(...args);
    };
    app.ports.editions = { ...app.editions, update };
    expect(value(await app.correct({ text: digest }))).toMatchObject({ state: "paused" });
    const { rev = 0, state } = (await app.edition()) ?? {};
    expect([state, (await app.editions.revision(key, rev))?.content.lead.paragraphs]).toEqual([
      "paused",
      ["First paragraph."],
    ]);
  });

  test.each([
    ["a text that is none", { text: "\0" }],
    ["an empty subject", { text: digest, subject: " " }],
    ["a subject without a text", { subject: "Snow" }],
    ["an edition that is not there", { text: digest, date: "2026-11-24" }],
  ])("with %s is refused", async (_, fields) => {
    const { correct, edition } = await going();
    expect(await correct(fields)).toMatchObject({ ok: false });
    expect(await edition()).toMatchObject({ rev: 1 });
  });
});
