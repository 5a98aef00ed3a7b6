import { SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { memoryDeadLetters } from "#adapters/memory/delivery/dead-letters.ts";
import { sqsBacklog } from "#adapters/sqs/backlog.ts";
import { type SqsDeadLetters, sqsDeadLetters, sqsPutBack } from "#adapters/sqs/dead-letters.ts";
import { sqsRefuse } from "#adapters/sqs/refuse.ts";
import type { DeadMessage } from "#domain/delivery/resolving/dead-letter.ts";
import { toInstant } from "#domain/time/instant.ts";
import { type QueuesPart, startQueues } from "#local/queues/start.ts";

let queues: QueuesPart;
let client: SQSClient;
beforeAll(async () => {
  queues = await startQueues({ port: 0 });
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  client = new SQSClient({ endpoint: queues.url, region: "us-east-1", credentials });
});
afterAll(async () => {
  client.destroy();
  await queues.close();
});

type Setting = { letters: SqsDeadLetters; refuse: (body: string, reason: string) => Promise<unknown> };

const real = (): Setting => ({
  letters: sqsDeadLetters(queues.queues.feedbackDead, client),
  refuse: sqsRefuse(queues.queues.feedbackDead, client),
});
const memory = (): Setting => {
  const messages: DeadMessage[] = [];
  const refuse = async (body: string, reason: string) => messages.push({ body, reason, at: toInstant(Date.now()) });
  return { letters: memoryDeadLetters(messages), refuse };
};

describe.each([
  ["sqs", real],
  ["memory", memory],
])("dead letters in %s", (_, open) => {
  test("can be looked at again and again, and each is handed over once", async () => {
    const { letters, refuse } = open();
    expect(await letters.look(50)).toEqual([]);
    for (let n = 0; n < 13; n++) await refuse(`message ${n}`, `reason ${n}`);
    const bodies = Array.from({ length: 13 }, (__, n) => `message ${n}`).toSorted();
    for (let times = 0; times < 2; times++) {
      const seen = await letters.look(50);
      expect(seen.map(({ body }) => body).toSorted()).toEqual(bodies);
      expect(seen.every(({ body, reason }) => reason === body.replace("message", "reason"))).toBe(true);
      expect(Date.now() - Date.parse(seen[0]?.at ?? "")).toBeLessThan(60_000);
    }
    expect(await letters.look(3)).toHaveLength(3);
    expect(await letters.count()).toBe(13);
    const taken: string[] = [];
    const take = async ({ body }: DeadMessage) => body !== "message 4" && taken.push(body) > 0;
    expect(await letters.empty(50, take)).toBe(12);
    expect(taken.toSorted()).toEqual(bodies.filter((body) => body !== "message 4"));
    expect((await letters.look(50)).map(({ body }) => body)).toEqual(["message 4"]);
  });
});

test("the backlog is what waits; what is dead stays counted while it is looked at", async () => {
  const { feedback, kicksDead } = queues.queues;
  const backlog = sqsBacklog(feedback, kicksDead, client);
  expect(await backlog()).toEqual({ waiting: 0, dead: 0 });
  await sqsPutBack(feedback, client)("an event");
  await sqsRefuse(kicksDead, client)("", "empty");
  expect(await backlog()).toEqual({ waiting: 1, dead: 1 });
  await sqsDeadLetters(kicksDead, client).empty(1, async () => (await backlog()).dead === 0);
  expect(await backlog()).toEqual({ waiting: 1, dead: 1 });
});
