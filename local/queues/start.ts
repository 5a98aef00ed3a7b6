import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { buildApp } from "fauxqs";
import * as z from "zod";
import type { Kick } from "#functions/send/contract.ts";
import { localAws, region } from "../aws.ts";
import { refusalOf } from "../guard.ts";
import { loopback } from "../listen.ts";
import { ensureQueues, type Queues } from "./queues.ts";

export type QueuesPart = { url: string; queues: Queues; close(): Promise<void> };

/**
 * SQS on this machine: fauxqs, in memory. What SQS would have kept is lost with the process: events, which are not the
 * truth about anything, and kicks. So each start gives one kick, for the one that may be lost: a sender that was killed
 * is followed as soon as its lease ends. A kick too many costs nothing.
 */
export async function startQueues(options: { port: number }): Promise<QueuesPart> {
  const app = buildApp({ logger: false, defaultRegion: region });
  refuseWebPages(app);
  useReachableUrls(app);
  const url = await app.listen({ port: options.port, host: loopback });
  const queues = await ensureQueues(url);
  await kick(url, queues.kicks);
  return { url, queues, close: async () => void (await app.close()) };
}

async function kick(endpoint: string, queueUrl: string): Promise<void> {
  const client = new SQSClient({ ...localAws, endpoint });
  const message: Kick = { kick: 1 };
  await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(message) }));
  client.destroy();
}

/** fauxqs answers anyone who finds its port. */
function refuseWebPages(app: ReturnType<typeof buildApp>): void {
  app.addHook("onRequest", async (request, reply) => {
    const message = refusalOf(request.raw, "programs");
    if (message !== undefined) return reply.code(403).header("connection", "close").send({ message });
  });
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
