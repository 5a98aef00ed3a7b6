// Copies files that the config names beside a function's code: node copy-files.js ROOT OUTPUT FILE…
import { cpSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";

const [root = "", output = "", ...files] = process.argv.slice(2);
for (const file of files) {
  mkdirSync(dirname(join(output, file)), { recursive: true });
  cpSync(join(root, file), join(output, file));
}
