/**
 * `node infra/bundling/trim-node.js`, run by npm's prepare: takes the C++ headers out of the Node that npm brings on
 * Linux. They are for compiling native modules, which nothing here does, and a third of that package: 67 MB.
 */
import { existsSync, readdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const modules = fileURLToPath(new URL("../../node_modules/", import.meta.url));
const nodes = existsSync(modules) ? readdirSync(modules).filter((name) => name.startsWith("node-linux-")) : [];
for (const name of nodes) rmSync(`${modules}${name}/include`, { recursive: true, force: true });
