#!/usr/bin/env node
import "./node.js";

await import("./broadsheet.ts");
