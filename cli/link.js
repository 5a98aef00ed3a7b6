import "./node.js";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

// npm links the commands of dependencies, not those of the package itself. A `bin` entry in package.json would make
// npx find it too, but npm then reinstalls the whole package at every call (2 to 4 seconds).
const bin = fileURLToPath(new URL("../node_modules/.bin", import.meta.url));
const link = `${bin}/broadsheet`;
mkdirSync(bin, { recursive: true });
rmSync(link, { force: true });
if (process.platform === "win32") {
  // Symbolic links need extra rights on Windows. npx looks for the first file; cmd and PowerShell run the second.
  writeFileSync(link, '#!/bin/sh\nexec node "$(dirname "$0")/../../cli/start.js" "$@"\n');
  writeFileSync(`${link}.cmd`, '@node "%~dp0..\\..\\cli\\start.js" %*\r\n');
} else {
  symlinkSync("../../cli/start.js", link);
}
