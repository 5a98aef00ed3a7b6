#!/usr/bin/env node
import { run } from "./program.ts";

// `broadsheet … | head` closes our output early, which isn't an error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

process.exitCode = await run(process.argv.slice(2));
