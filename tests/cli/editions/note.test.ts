import { expect, test } from "vitest";
import { newEdition } from "#domain/edition/states.ts";
import { editionView, noContent } from "#domain/edition/views/view.ts";
import { noDeliveries } from "../../testing/command-setting.ts";
import { ask, gives } from "../command-line.ts";

const key = { newsletter: "daily", date: "2026-11-23" };
const at = "2026-11-24T09:00:00.000Z";
const noted = { ...newEdition({ ...key, now: at, rev: 1, cutoff: at }), notes: [{ at, text: "At 9." }] };
const edition = editionView(noted, noContent(noted), noDeliveries, null);

test("edition note sends its words as one text, in the person's name", async () => {
  const { requests, out, code } = await ask(gives({ edition }), [
    ...["edition", "note", "daily", "The ferry sails", "at 9.", "--date", key.date],
  ]);
  expect(requests).toEqual([{ do: "note", ...key, text: "The ferry sails at 9.", by: "ed" }]);
  expect(out).toBe("Added the note to daily 2026-11-23 on the web. Cached pages show it within ten minutes.\n");
  expect(code).toBe(0);
});

test("--json is the edition with its notes; a note without words is misuse", async () => {
  const { out } = await ask(gives({ edition }), ["edition", "note", "daily", "At 9.", "--json"]);
  expect(JSON.parse(out)).toMatchObject({ date: key.date, notes: [{ at, text: "At 9." }] });
  expect((await ask(gives({ edition }), ["edition", "note", "daily"])).code).toBe(2);
});

test("edition show has the notes", async () => {
  const { out } = await ask(gives({ edition, outlook: null, email: null }), ["edition", "show", "daily"]);
  expect(out).toMatch(/^Note 2026-11-24 +At 9\.$/m);
});
