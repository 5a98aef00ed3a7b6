import { runPart } from "../part.ts";
import { startIdentity } from "./start.ts";

const log = (line: string) => console.error(line);
await runPart("identity", (folder, port) => startIdentity({ port, folder, log }));
