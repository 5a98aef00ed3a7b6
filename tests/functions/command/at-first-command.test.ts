import { expect, test } from "vitest";
import { done } from "#domain/outcome.ts";
import type { Command } from "#functions/command/answer.ts";
import { atFirstCommand } from "#functions/command/at-first-command.ts";
import { commands } from "#functions/command/contract.ts";
import { editorialTable } from "#functions/command/editorial-table.ts";
import { commandTable } from "#functions/command/table.ts";
import { lowestRole } from "#functions/desk-command/contract.ts";
import { setting } from "../../testing/command-setting.ts";

test("a table is loaded once, when the first of its commands is given", async () => {
  let loads = 0;
  const says =
    (word: string): Command =>
    async (request) =>
      done({ word, ...request });
  const table = atFirstCommand(["show", "list"], async () => {
    loads += 1;
    return { show: says("shown"), list: says("listed") };
  });
  expect(Object.keys(table)).toEqual(["show", "list"]);
  expect(loads).toBe(0);
  expect(await table.show?.({ n: 1 })).toEqual(done({ word: "shown", n: 1 }));
  expect(await table.list?.({ n: 2 })).toEqual(done({ word: "listed", n: 2 }));
  expect(loads).toBe(1);
});

test("each command of the contract has a use case in the table that is said to have it", async () => {
  const table = commandTable(setting());
  expect(Object.keys(table).toSorted()).toEqual(Object.keys(commands).toSorted());
  for (const [name, run] of Object.entries(table)) {
    // A field that no command knows: the answer is the command's own refusal, so its table was found and loaded.
    const outcome = await run({ "no command knows this": true });
    expect([name, outcome]).toMatchObject([name, { ok: false, fault: { code: "bad-request" } }]);
  }
});

test("what the desk may give is in the editorial table", () => {
  expect(Object.keys(editorialTable(setting()))).toEqual(expect.arrayContaining(Object.keys(lowestRole)));
});
