import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { newFolder, spawned } from "./command-line.ts";

test("an older Node prints which version is needed", async () => {
  const folder = newFolder();
  // Replaces an old Node: the same one, reporting another version.
  const old = join(folder, "old.cjs");
  writeFileSync(old, 'Object.defineProperty(process.versions, "node", { value: "20.20.2" });');
  const { code, err } = await spawned(["--help"], { env: { NODE_OPTIONS: `--require ${old}` } });
  expect(code).toBe(1);
  expect(err).toContain("Broadsheet needs Node 24 or newer; this is Node 20.20.2");
});
