#!/usr/bin/env node
import "./node.js";
import module from "node:module";

// As in infra/function.ts: names whose servers don't answer would keep others from being looked up.
process.env.UV_THREADPOOL_SIZE ??= "64";

// Keeps compiled modules in the system's temporary folder: the next call starts in a third of the time.
module.enableCompileCache?.();

await import("./broadsheet.ts");
