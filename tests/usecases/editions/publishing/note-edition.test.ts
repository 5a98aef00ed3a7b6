import { beforeEach, expect, test } from "vitest";
import type { EditionView } from "#domain/edition/edition.ts";
import { now, setting } from "../../../testing/command-setting.ts";
import { key } from "../../../testing/delivery/frozen.ts";

let system: ReturnType<typeof setting>;
let published: object[];
beforeEach(async () => {
  system = setting();
  published = [];
  await system.put(key.date, "finished", now);
});
const note = (text: string, change: object = {}) =>
  system.ask(
    { do: "note", ...key, text, by: "Ana", ...change },
    { updatePublished: async (changed) => void published.push(changed) },
  );
const notes = async () => (await system.editions.get(key))?.notes;

test("a note is a decision with who and when, is shown with the edition, and brings the web up to date", async () => {
  const answer = await note("The ferry sails\n at 9,\u200B not at 7.", { byId: "ana-1" });
  const text = "The ferry sails at 9, not at 7.";
  expect(await system.editions.decisions(key)).toEqual([{ do: "note", text, by: "Ana", byId: "ana-1", at: now, n: 1 }]);
  expect(await notes()).toEqual([{ at: now, text }]);
  expect(published).toEqual([key]);
  expect(answer.ok && (answer.value as { edition: EditionView }).edition).toMatchObject({
    state: "finished",
    rev: 1,
    notes: [{ at: now, text }],
  });
  expect(await system.ask({ do: "log", ...key })).toMatchObject({
    value: { entries: [{ by: "Ana", what: `added a note on the web: “${text}”`, date: key.date }] },
  });
});

test("notes are in order; repeating the last one, as a second press does, adds none", async () => {
  await note("First.");
  await note("Second.");
  await note("Second.");
  await note("First.");
  expect((await notes())?.map(({ text }) => text)).toEqual(["First.", "Second.", "First."]);
});

test("what two editors note in the same moment is both shown", async () => {
  const texts = ["One.", "Two.", "Three.", "Four."];
  const answers = await Promise.all(texts.map((text) => note(text)));
  expect(answers.every(({ ok }) => ok)).toBe(true);
  expect((await notes())?.map(({ text }) => text).sort()).toEqual(texts.toSorted());
});

test("no more than five are taken, however many come at once, and the edition can still be read", async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => note(`Note ${n}.`)));
  expect(answers.filter(({ ok }) => ok)).toHaveLength(5);
  expect(await note("One more.")).toMatchObject({ ok: false, fault: { code: "bad-request" } });
  expect(await notes()).toHaveLength(5);
});

test.each(["", " \n ", "\u200B"])("a note without a text is refused: %j", async (text) => {
  expect(await note(text)).toMatchObject({ ok: false, fault: { code: "bad-request" } });
  expect(await system.editions.decisions(key)).toEqual([]);
});

test("a note that is too long is refused before anything is read", async () => {
  expect(await note("a".repeat(601))).toMatchObject({ ok: false, fault: { code: "bad-request" } });
  expect(await note("a".repeat(600))).toMatchObject({ ok: true });
});

test("an edition that isn't on the web has no note, and says what to do instead", async () => {
  await system.put("2026-11-25", "draft");
  const answer = await note("Too early.", { date: "2026-11-25" });
  expect(answer).toMatchObject({ ok: false, fault: { code: "wrong-state" } });
  expect(!answer.ok && answer.fault.message).toContain("is draft and not on the web. Edit it before it is sent");
  expect(published).toEqual([]);
});
