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
 * SQS on this machine: fauxqs, in memory. Messages are lost with the process: events and kicks. So each start sends one
 * kick in place of a lost one, and a killed sender is followed as soon as its lease ends. An extra kick does no harm.
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

/** fauxqs answers any client. */
function refuseWebPages(app: ReturnType<typeof buildApp>): void {
  app.addHook("onRequest", async (request, reply) => {
    const message = refusalOf(request.raw, "programs");
    if (message !== undefined) return reply.code(403).header("connection", "close").send({ message });
  });
}

const Named = z.looseObject({ QueueUrl: z.url() });

/**
 * fauxqs names its queues http://sqs.REGION.localhost:PORT/…, which doesn't resolve everywhere, and knows them only by
 * that name. So requests are matched by path, whatever the host, and answered with the requested address.
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
