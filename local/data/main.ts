import { join } from "node:path";
import { config } from "#broadsheet.config.ts";
import { runPart } from "../part.ts";
import { startData } from "./start.ts";

await runPart("data", (folder, port) => startData({ port, path: join(folder.path, "dynamodb"), table: config.name }));
