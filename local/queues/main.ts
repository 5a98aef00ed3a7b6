import { runPart } from "../part.ts";
import { startQueues } from "./start.ts";

await runPart("queues", (_folder, port) => startQueues({ port }));
