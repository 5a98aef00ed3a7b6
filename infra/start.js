/**
 * `node infra/start.js`: what `cdk` runs. On Linux, npm installs Node 24; if the shell's Node is older, this continues
 * with that one. Plain JavaScript, because an older Node can't read TypeScript.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const [major = 0] = process.versions.node.split(".").map(Number);
const installed = fileURLToPath(new URL("../node_modules/.bin/node", import.meta.url));
if (major >= 24) {
  await import("./app.ts");
} else if (existsSync(installed)) {
  const { status } = spawnSync(installed, [fileURLToPath(import.meta.url)], { stdio: "inherit" });
  process.exitCode = status ?? 1;
} else {
  console.error(
    `Broadsheet needs Node 24 or newer; this is Node ${process.versions.node} (${process.execPath}).\n` +
      "On Linux, `npm ci` brings Node 24 along; on macOS and Windows install it from https://nodejs.org.",
  );
  process.exitCode = 1;
}
