import { buildApp } from "fauxqs";
import * as z from "zod";
import { region } from "../aws.ts";
import { loopback } from "../listen.ts";
import { ensureQueues, type Queues } from "./queues.ts";

export type QueuesPart = { url: string; queues: Queues; close(): Promise<void> };

/**
 * SQS on this machine: fauxqs, in memory. A message lost with the process was a kick or an event; watch kicks again
 * within a minute, and events are not the truth about anything.
 */
export async function startQueues(options: { port: number }): Promise<QueuesPart> {
  const app = buildApp({ logger: false, defaultRegion: region });
  useReachableUrls(app);
  const url = await app.listen({ port: options.port, host: loopback });
  return { url, queues: await ensureQueues(url), close: async () => void (await app.close()) };
}

const Named = z.looseObject({ QueueUrl: z.url() });

/**
 * fauxqs names its queues http://sqs.REGION.localhost:PORT/…, which does not resolve everywhere, and knows them by
 * that name alone. So a queue is asked for by its path, whatever the host, and is answered as it was asked for.
 */
function useReachableUrls(app: ReturnType<typeof buildApp>): void {
  app.addHook("preHandler", async (request) => {
    const named = Named.safeParse(request.body);
    if (!named.success || typeof request.body !== "object") return;
    const { pathname } = new URL(named.data.QueueUrl);
    Object.assign(request.body ?? {}, { QueueUrl: `http://sqs.${region}.localhost:${request.port}${pathname}` });
  });
  app.addHook("preSerialization", async (request, _reply, payload) => {
    const named = Named.safeParse(payload);
    if (!named.success) return payload;
    return { ...named.data, QueueUrl: `http://${request.host}${new URL(named.data.QueueUrl).pathname}` };
  });
}
