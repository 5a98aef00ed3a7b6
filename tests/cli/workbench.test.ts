import { expect, test } from "vitest";
import { ask, edition, gives } from "./command-line.ts";

const other = {
  storyId: "abcdef0123456789abcdef01",
  url: null,
  source: "The News",
  sources: 1,
  reasons: [],
  ran: null,
};
const bench = {
  edition: edition(),
  drafted: true,
  fromFile: false,
  now: "2026-11-23T07:00:00.000Z",
  cutoff: null,
  mode: "auto",
  timeZone: "Europe/London",
  language: "en",
  title: "Daily",
  dueAt: null,
  latest: null,
  own: { subject: null, preheader: null },
  rows: [],
  removed: [
    {
      ...other,
      title: "Gone",
      score: 1,
      at: "2026-11-23T06:00:00.000Z",
      by: "bo",
      removedAt: "2026-11-23T06:30:00.000Z",
    },
  ],
  candidates: [
    { ...other, title: "Next", score: 4.5, at: "2026-11-23T06:00:00.000Z", ran: { date: "2026-11-20", place: 3 } },
  ],
  log: [
    {
      n: 2,
      at: "2026-11-23T06:30:00.000Z",
      by: "bo",
      do: "remove",
      text: "removed “Gone”, which was 3",
      before: "3",
      after: null,
      stands: false,
    },
    {
      n: 1,
      at: "2026-11-23T06:00:00.000Z",
      by: "ana",
      do: "build",
      text: "drafted it",
      before: null,
      after: null,
      stands: true,
    },
  ],
  decisions: 3,
  undo: { n: 2, by: "bo", text: "removed “Gone”" },
  redo: null,
  approval: { n: 5, by: "ana", at: "2026-11-23T06:00:00.000Z", holds: true },
  again: 0,
  previous: null,
  since: {
    n: 5,
    changes: { added: [{ title: "New", at: 0 }], removed: [], moved: [{ title: "Up", from: 7, at: 2 }], edited: [] },
  },
};

const said = async (line: string) => ask(gives({ workbench: bench }), line.split(" "));

test("history, candidates and removed are the desk's, as tables", async () => {
  const history = await said("edition history daily");
  expect(history.asked).toEqual([{ do: "workbench", newsletter: "daily" }]);
  expect(history.out).toMatch(/^2\s+23\/11\/2026, 06:30:00\s+bo\s+removed “Gone”, which was 3 \(undone\)$/m);
  expect(history.out).toContain("Undo: bo removed “Gone”");
  expect((await said("edition candidates daily")).out).toMatch(
    /^abcdef01 {2}4\.50 {3}The News {2}Next \(ran 2026-11-20\)$/m,
  );
  expect((await said("edition removed daily")).out).toMatch(/^abcdef01 {2}bo {3}The News {2}Gone$/m);
});

test("changes are since the approval where no number is given", async () => {
  const { asked, out } = await said("edition changes daily");
  expect(asked).toEqual([
    { do: "workbench", newsletter: "daily" },
    { do: "workbench", newsletter: "daily", since: 5 },
  ]);
  expect(out).toContain("added    New (the lead)\nmoved    Up (from 7 to 2)");
});

test("find asks by words", async () => {
  const { asked, out } = await ask(gives({ stories: [] }), ["edition", "find", "daily", "harbour", "bridge"]);
  expect(asked).toEqual([{ do: "find", newsletter: "daily", words: "harbour bridge" }]);
  expect(out).toContain("No story of the last two weeks");
});
