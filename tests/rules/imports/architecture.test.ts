import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { arrows, picture, pictureInPage } from "./rooms.ts";

const page = readFileSync("docs/architecture.md", "utf8");
/** Folders of a room by their names, and by their paths in it. */
const folders = (room: string): string[] =>
  readdirSync(room, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name, parentPath }) => [name, `${parentPath}/${name}`.slice(room.length + 1)]);

const rows = [...page.matchAll(/^\| ([^|]+\?) \| `([^`]+)` \| `(\w+)` \|$/gm)].map(
  ([, question = "", file = "", name = ""]) => ({ question, file, name }),
);

test("the picture of the rooms is the one that the imports give (npm run architecture)", () => {
  expect(arrows().length).toBeGreaterThan(15);
  expect(pictureInPage()).toBe(picture());
});

test("at least forty questions are answered", () => expect(rows.length).toBeGreaterThanOrEqual(40));

test.each(["domain", "usecases"])("each folder of %s named in the table of subjects is there", (room) => {
  const column = room === "domain" ? 2 : 3;
  const subjects = [...page.matchAll(/^\| (?:articles|editions|delivery|readers) \|.*\|$/gm)].map(([row]) =>
    row.split("|"),
  );
  expect(subjects).toHaveLength(4);
  for (const cells of subjects) {
    const named = [...(cells[column] ?? "").matchAll(/`([\w/-]+)\/`/g)].map(([, folder]) => folder ?? "");
    expect(named.length).toBeGreaterThan(0);
    for (const folder of named) expect(folders(room), folder).toContain(folder);
  }
});

test.each(rows)("$question $file has $name", ({ file, name }) => {
  expect(existsSync(file)).toBe(true);
  expect(readFileSync(file, "utf8")).toMatch(new RegExp(`export (?:async )?(?:function|const|type) ${name}\\b`));
});

test.each([...page.matchAll(/\]\(([\w./-]+\.md)\)/g)].map(([, path]) => path ?? ""))("the page %s exists", (path) => {
  expect(existsSync(`docs/${path}`)).toBe(true);
});
