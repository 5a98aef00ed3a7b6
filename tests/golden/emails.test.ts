import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { fill, readerValues, renderDigest } from "#templates/digest.ts";
import { editions } from "../templates/editions.ts";

/**
 * Emails as one reader gets them, kept as files: a change of the template shows as a change of these.
 * After looking at it: `UPDATE_GOLDEN=1 npx vitest run --project unit tests/golden`.
 */
const folder = new URL("./files/", import.meta.url);
const isUpdate = process.env.UPDATE_GOLDEN === "1";
const values = readerValues({ unsubscribeUrl: "https://news.example/unsubscribe/a-token-of-this-reader" });

describe.each(Object.entries(editions))("the edition: %s", (name, { content, look }) => {
  const email = fill(renderDigest(content, look), values);
  test.each([
    ["html", email.html],
    ["txt", `Subject: ${email.subject}\n\n${email.text}`],
  ])("is the same .%s as before", (extension, now) => {
    const file = new URL(`${name}.${extension}`, folder);
    if (isUpdate) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, now);
    }
    expect(now).toBe(readFileSync(file, "utf8"));
  });
});
