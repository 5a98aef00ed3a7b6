import { buildApp } from "fauxqs";
import { loopback } from "../listen.ts";
import { ensureQueues, type Queues } from "./queues.ts";

export type QueuesPart = { url: string; queues: Queues; close(): Promise<void> };

/**
 * SQS on this machine: fauxqs, in memory. A message lost with the process was a kick or an event; watch kicks again
 * within a minute, and events are not the truth about anything.
 */
export async function startQueues(options: { port: number }): Promise<QueuesPart> {
  const app = buildApp({ logger: false });
  const url = await app.listen({ port: options.port, host: loopback });
  return { url, queues: await ensureQueues(url), close: async () => void (await app.close()) };
}
