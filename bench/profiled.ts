import { type Profiler, Session } from "node:inspector/promises";

/**
 * Loaded into a process that a bench profiles (`node --import`). The message "start" begins a profile of its main thread;
 * "stop" ends it and is answered with the samples that each part of the local system had.
 */

/** By the file of the innermost function on the stack that belongs to a part. */
const parts: readonly (readonly [string, RegExp])[] = [
  [
    "the table: dynalite, LevelDB",
    /^node_modules\/(dynalite|level|classic-level|abstract-level|lock|lazy|buffer-crc32)\//,
  ],
  ["the queues: fauxqs", /^node_modules\/(fauxqs|fastify|@fastify|avvio|find-my-way)\//],
  ["the AWS SDK, as client of all three", /^node_modules\/(@aws-sdk|@aws|@smithy)\//],
  ["the SES simulator and its inbox", /^local\/ses\//],
  ["the host of the functions", /^local\//],
  ["the functions' own code", /^(domain|usecases|adapters|functions|templates)\//],
];
const garbage = "V8's garbage collector";
const node = "Node: HTTP, sockets, timers";
const idle = "(idle)";

const root = new URL("..", import.meta.url);

function partOf({ functionName, url }: Profiler.ProfileNode["callFrame"]): string | undefined {
  if (functionName === idle) return idle;
  if (functionName === "(garbage collector)") return garbage;
  // CommonJS modules are named by their path, the others by their URL.
  const file = url.replace("file://", "").replace(root.pathname, "");
  return parts.find(([, files]) => files.test(file))?.[0];
}

function samplesByPart({ nodes, samples = [] }: Profiler.Profile): Record<string, number> {
  const byId = new Map(nodes.map((one) => [one.id, one]));
  const partById = new Map<number, string>();
  // A node comes before its children, which are part of what called them unless they are a part themselves.
  for (const { id, callFrame, children = [] } of nodes) {
    const part = partOf(callFrame) ?? partById.get(id) ?? node;
    partById.set(id, part);
    for (const child of children) if (byId.has(child)) partById.set(child, part);
  }
  const counts: Record<string, number> = {};
  for (const id of samples) {
    const part = partById.get(id) ?? node;
    if (part !== idle) counts[part] = (counts[part] ?? 0) + 1;
  }
  return counts;
}

const session = new Session();
session.connect();
process.on("message", async (wanted) => {
  if (wanted === "start") {
    await session.post("Profiler.enable");
    await session.post("Profiler.start");
    process.send?.({});
  } else if (wanted === "stop") {
    const { profile } = await session.post("Profiler.stop");
    process.send?.(samplesByPart(profile));
  }
});
process.channel?.unref();
