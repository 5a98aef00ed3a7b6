import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { arrows, picture, pictureInPage } from "./rooms.ts";

const page = readFileSync("docs/architecture.md", "utf8");
const rows = [...page.matchAll(/^\| ([^|]+\?) \| `([^`]+)` \| `(\w+)` \|$/gm)].map(
  ([, question = "", file = "", name = ""]) => ({ question, file, name }),
);

test("the picture of the rooms is the one that the imports give (npm run architecture)", () => {
  expect(arrows().length).toBeGreaterThan(15);
  expect(pictureInPage()).toBe(picture());
});

test("at least twenty questions are answered", () => expect(rows.length).toBeGreaterThanOrEqual(20));

test.each(rows)("$question $file has $name", ({ file, name }) => {
  expect(existsSync(file)).toBe(true);
  expect(readFileSync(file, "utf8")).toMatch(new RegExp(`export (?:async )?(?:function|const|type) ${name}\\b`));
});

test.each([...page.matchAll(/\]\(([\w./-]+\.md)\)/g)].map(([, path]) => path ?? ""))("the page %s exists", (path) => {
  expect(existsSync(`docs/${path}`)).toBe(true);
});
