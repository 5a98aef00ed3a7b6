import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { PENDING_KEPT_MS } from "#domain/audience/consent/subscription.ts";
import { validFor } from "#domain/audience/tokens/timed-token.ts";

/** docs/privacy.md promises what is stored about readers and for how long: the numbers and the items are the code's. */
const read = (file: string) => readFileSync(new URL(`../../../docs/${file}`, import.meta.url), "utf8");
const privacy = read("privacy.md");
const DAY = 24 * 3_600_000;

test("what expires does so when the page says", () => {
  expect(privacy).toContain(
    `an address that no one confirmed goes ${PENDING_KEPT_MS / DAY} days after its last request`,
  );
  expect(validFor.manage).toBe(DAY);
  expect(privacy).toContain("valid for a day");
});

test("every item that is about a reader is on the page", () => {
  const rows = [...read("data.md").matchAll(/^\| `([A-Z]+)#[^|]*\|[^|]*\| ([^|]*)\|/gm)];
  const aboutReaders = rows.filter(([, , item = ""]) => /reader|subscriber|consent/i.test(item));
  expect(aboutReaders.length).toBeGreaterThan(2);
  for (const [, name] of aboutReaders) expect(privacy, name).toContain(`\`${name}#`);
});
