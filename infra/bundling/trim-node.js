/**
 * `node infra/bundling/trim-node.js`, run by npm's prepare: removes the C++ headers from the Node package that npm
 * installs on Linux. They are only for compiling native modules, and a third of that package: 67 MB.
 */
import { existsSync, readdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const modules = fileURLToPath(new URL("../../node_modules/", import.meta.url));
const nodes = existsSync(modules) ? readdirSync(modules).filter((name) => name.startsWith("node-linux-")) : [];
for (const name of nodes) rmSync(`${modules}${name}/include`, { recursive: true, force: true });
