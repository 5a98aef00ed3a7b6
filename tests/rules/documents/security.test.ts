import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const root = new URL("../../../", import.meta.url);
const text = readFileSync(new URL("SECURITY.md", root), "utf8");
const rows = [...text.matchAll(/^\| (.+) \| (.+) \| (.+) \|$/gm)].filter(([, threat]) => threat !== "threat");

test("each threat of SECURITY.md has a guard and names a test or a decision that exists", () => {
  expect(rows.length).toBeGreaterThan(20);
  for (const [row, , guard = "", proof = ""] of rows) {
    expect(guard.length).toBeGreaterThan(20);
    const paths = [...proof.matchAll(/`(tests\/[^`]+)`|\((docs\/[^)#]+)\)/g)].map(([, test, doc]) => test ?? doc ?? "");
    expect(paths, row).not.toEqual([]);
    for (const path of paths) expect(existsSync(new URL(path, root)), path).toBe(true);
  }
});

test("it says how to report, and who each threat concerns", () => {
  expect(text).toMatch(/^## Reporting a vulnerability$/m);
  for (const who of ["publisher", "push client", "reader", "stranger", "editor", "operator", "Other users"])
    expect(text).toMatch(new RegExp(`^### .*${who}`, "m"));
});
