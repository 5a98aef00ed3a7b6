import { expect, test } from "vitest";
import { bench } from "../../testing/editions/workbench-fixture.ts";
import { ask, gives } from "../command-line.ts";

const said = async (line: string) => ask(gives({ workbench: bench }), line.split(" "));

test("history, candidates and removed are the desk's, as tables", async () => {
  const history = await said("edition history daily");
  expect(history.requests).toEqual([{ do: "workbench", newsletter: "daily" }]);
  expect(history.out).toMatch(/^2\s+23\/11\/2026, 06:30:00\s+bo\s+removed “Gone”, headline 3 \(undone\)$/m);
  expect(history.out).toContain("Undo: bo removed “Gone”");
  expect((await said("edition candidates daily")).out).toMatch(
    /^abcdef01 {2}4\.50 {3}The News {2}Next \(ran 2026-11-20\)$/m,
  );
  expect((await said("edition removed daily")).out).toMatch(/^abcdef01 {2}bo {3}The News {2}Gone$/m);
});

test("changes are since the approval where no number is given", async () => {
  const { requests, out } = await said("edition changes daily");
  expect(requests).toEqual([
    { do: "workbench", newsletter: "daily" },
    { do: "workbench", newsletter: "daily", since: 5 },
  ]);
  expect(out).toContain("added    New (the lead)\nmoved    Up (from 7 to 2)");
});

test("find asks by words", async () => {
  const { requests, out } = await ask(gives({ stories: [] }), ["edition", "find", "daily", "harbour", "bridge"]);
  expect(requests).toEqual([{ do: "find", newsletter: "daily", words: "harbour bridge" }]);
  expect(out).toContain("No story of the last two weeks");
});
