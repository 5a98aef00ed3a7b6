import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ask, gives, newFolder } from "../command-line.ts";

const at = "2026-11-23T07:00:00.000Z";
const one = (address: string, consent: string) => ({ address, status: "active", consent, addedAt: at, changedAt: at });

test("no cell of an exported list begins a formula, and the file is its owner's alone", async () => {
  const subscribers = ["=", "+", "-", "@"].map((sign) =>
    one(`${sign}1+cmd@example.com`, `${sign}HYPERLINK("http://a")`),
  );
  const file = join(newFolder(), "readers.csv");
  const { code } = await ask(gives({ subscribers, next: null }), ["subscriber", "export", "daily", file]);
  expect(code).toBe(0);
  const [head = "", ...lines] = readFileSync(file, "utf8").trim().split("\n");
  expect(head).toMatch(/^address,status,consent,/);
  expect(lines).toHaveLength(subscribers.length);
  for (const line of lines) expect(line).not.toMatch(/(?:^|,)"?[=+@\t\r-]/);
  if (process.platform !== "win32") expect(statSync(file).mode & 0o777).toBe(0o600);
});
