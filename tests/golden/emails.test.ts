import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { goldenEmails, goldenFolder } from "./emails.ts";

/** After a change that was meant: `npm run golden`, look at it, `npm run golden -- --accept`. */
describe.each(goldenEmails)("the edition: $name", ({ name, html, text }) => {
  test.each([
    ["html", html],
    ["txt", text],
  ])("B41: is the same .%s as before", (extension, now) => {
    expect(now).toBe(readFileSync(new URL(`${name}.${extension}`, goldenFolder), "utf8"));
  });
});
