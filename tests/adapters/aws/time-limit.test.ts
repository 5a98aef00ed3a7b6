import { readdirSync, readFileSync } from "node:fs";
import { createServer, type Server, type ServerResponse } from "node:http";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { attemptLimit } from "#adapters/aws/time-limit.ts";
import { dynamoSubscribers } from "#adapters/dynamo/audience/subscribers.ts";
import { dynamoLedger } from "#adapters/dynamo/delivery/ledger.ts";
import { dynamoEditions } from "#adapters/dynamo/editions/editions.ts";
import { openTable } from "#adapters/dynamo/table.ts";
import { lambdaInvoke } from "#adapters/invoke/lambda.ts";
import { bulkClient, sesBulk } from "#adapters/ses/bulk.ts";
import { sesClient } from "#adapters/ses/client.ts";
import { sesAccount, sesIdentities, sesOne } from "#adapters/ses/one.ts";
import { sqsBacklog } from "#adapters/sqs/backlog.ts";
import { sqsClient } from "#adapters/sqs/client.ts";
import { sqsDeadLetters } from "#adapters/sqs/dead-letters.ts";
import { sqsKick } from "#adapters/sqs/kick.ts";
import { sqsRefuse } from "#adapters/sqs/refuse.ts";
import { freshBatch } from "#domain/delivery/ledger/batch.ts";
import { toInstant } from "#domain/time/instant.ts";
import { approved, key, revision } from "../../testing/delivery/delivery-system.ts";

/** Every call of every client ends, whatever the other side does. */

const limits = { attempt: 150, call: 500 };
/** Much more than a limit, and much less than any default of the SDK. */
const SOON_MS = 3_000;

type Silence = "never answers" | "sends half a body" | "sends a byte at a time";
const silences: Silence[] = ["never answers", "sends half a body", "sends a byte at a time"];

let server: Server;
let endpoint: string;
let silence: Silence = "never answers";
const requests: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    requests.push(String(request.headers["x-amz-target"] ?? request.url));
    request.resume();
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  endpoint = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function answer(response: ServerResponse): void {
  if (silence === "never answers") return;
  response.writeHead(200, { "content-type": "application/json", "content-length": 100_000 });
  response.write('{"Item":');
  if (silence === "sends half a body") return;
  const drip = setInterval(() => response.write(" "), 20);
  response.on("close", () => clearInterval(drip));
}

const aws = () => ({ endpoint, region: "us-east-1", credentials: { accessKeyId: "a", secretAccessKey: "b" } });

/** Calls of one kind, by name. */
function calls(): Record<string, () => Promise<unknown>> {
  const table = openTable("t", new DynamoDBClient({ ...aws(), ...attemptLimit(limits) }), limits);
  const [ledger, editions, subscribers] = [dynamoLedger(table), dynamoEditions(table), dynamoSubscribers(table)];
  const [queue, ses] = [sqsClient(aws(), limits), sesClient(aws(), limits)];
  const now = toInstant(0);
  const batch = freshBatch({ ...key, group: "00", run: "r", due: now, first: "0".repeat(24) }, ["0".repeat(24)]);
  const sender = {
    ...{ holder: "me", until: now, rate: 1, quota: null, sent24: 0, readAt: now, wakeAt: null },
    slow: { factor: 1, since: 0 },
  };
  const mail = { from: { name: "N", address: "n@example.org" }, replyTo: "n@example.org", to: "r@example.org" };
  const single = { ...mail, subject: "s", html: "", text: "t" };
  const email = { subject: "s", html: "h", text: "t" };
  const bulk = {
    ...{ from: "n@example.org", replyTo: "n@example.org", email, headers: [] },
    entries: [{ to: "r@example.org", values: {}, headers: [], tags: [] }],
  };
  return {
    "an edition": () => editions.get(key),
    "an edition's update": () => editions.update(key, { state: "approved" }),
    "the list of editions": () => editions.list("daily", 4),
    "approved editions": () => editions.approved(),
    "a revision": () => editions.revision(key, 1),
    "a new revision": () => editions.putRevision(key, revision),
    "a new edition": () => editions.create(approved()),
    "a batch": () => ledger.batch(batch.key),
    "a group's batches": () => ledger.batches(key, "00", "r"),
    "a batch's record": () => ledger.saveBatch(batch, { attempts: 0, states: ["ready"] }),
    "a freeze's batches": () => ledger.writeBatches([batch]),
    "what was seen": () => ledger.seen(batch.key),
    "the sender's item": () => ledger.sender(),
    "a lease": () => ledger.takeSender(sender, now),
    "a renewal": () => ledger.keepSender(sender),
    "which table this is": () => ledger.tableNow(),
    "a reader": () => subscribers.get("daily", "0".repeat(24)),
    "many readers": () => subscribers.getMany("daily", ["0".repeat(24)], true),
    "a kick": sqsKick(`${endpoint}/q`, queue),
    "a refusal": () => sqsRefuse(`${endpoint}/q`, queue)("{}", "why"),
    "a queue's length": sqsBacklog(`${endpoint}/q`, `${endpoint}/d`, queue),
    "dead letters": () => sqsDeadLetters(`${endpoint}/d`, queue).look(1),
    "the account": sesAccount(ses),
    "an identity": () => sesIdentities(ses)("n@example.org"),
    "a single mail": () => sesOne("set", ses)(single),
    "a function": () => lambdaInvoke(aws(), limits.call)("f", {}),
    "the account, asked with the client for bulk calls": sesAccount(bulkClient(aws()), limits.call),
    "a bulk call": async () => {
      const ended = await sesBulk(bulkClient(aws()), "set", limits.call / 1000)(bulk, () => "go");
      if (ended.is === "unanswered") throw new Error(ended.why);
      return ended;
    },
  };
}

/** The names of calls that did not end with an error in time. */
async function endless(): Promise<string[]> {
  const late = async ([name, call]: [string, () => Promise<unknown>]) => {
    const ended = call().then(
      () => "answered",
      () => "ended",
    );
    const waited = new Promise((resolve) => setTimeout(resolve, SOON_MS, "waits"));
    return (await Promise.race([ended, waited])) === "ended" ? [] : [name];
  };
  return (await Promise.all(Object.entries(calls()).map(late))).flat();
}

test.each(silences)("every call ends where the other side %s", async (how) => {
  silence = how;
  expect(await endless()).toEqual([]);
});

test("an attempt that hangs is made again within the call's time", async () => {
  silence = "never answers";
  requests.length = 0;
  await expect(calls()["an edition"]?.()).rejects.toThrow();
  expect(requests.length).toBeGreaterThan(1);
});

test("once the call's time is over, no further attempt is made", async () => {
  silence = "never answers";
  const slow = openTable("t", new DynamoDBClient({ ...aws(), ...attemptLimit({ attempt: 250 }) }), {
    ...limits,
    call: 200,
  });
  requests.length = 0;
  await expect(dynamoEditions(slow).get(key)).rejects.toThrow("no answer to GetCommand within 0.2 s");
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(requests).toHaveLength(1);
});

test("an answer in time is given as it is, and an error too", async () => {
  const quick = createServer((request, response) => {
    request.resume();
    response.setHeader("content-type", "application/x-amz-json-1.0");
    if (request.headers["x-amz-target"]?.includes("GetItem")) return response.end("{}");
    response.statusCode = 400;
    return response.end('{"__type":"ConditionalCheckFailedException"}');
  });
  await new Promise<void>((resolve) => quick.listen(0, "127.0.0.1", resolve));
  const address = quick.address();
  const at = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  const editions = dynamoEditions(openTable("t", new DynamoDBClient({ ...aws(), endpoint: at }), limits));
  expect(await editions.get(key)).toBeUndefined();
  expect(await editions.update(key, { state: "paused" })).toBe(false);
  quick.closeAllConnections();
  quick.close();
});

test("no adapter opens a client without a limit", () => {
  const files = readdirSync("adapters", { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  const opened = files.flatMap((name) =>
    readFileSync(join("adapters", name), "utf8")
      .split("\n")
      .filter((line) => /\bnew \w+Client\(/.test(line) && !/\bwithTimeLimit\((?:client \?\? )?new/.test(line))
      .map((line) => `${name}: ${line.trim()}`),
  );
  // The table limits the client of documents over it, the bulk client is limited below.
  expect(opened).toEqual([
    "dynamo/table.ts: const own = client ?? new DynamoDBClient(attemptLimit(limits));",
    "ses/bulk.ts: const client = new SESv2Client({",
  ]);
});

test("no client copies what a call sends and receives for the SDK's log", async () => {
  silence = "never answers";
  const entries: unknown[] = [];
  const note = (entry: unknown) => void entries.push(entry);
  const logged = { ...aws(), maxAttempts: 1, logger: { debug: () => {}, warn: () => {}, info: note, error: note } };
  const client = new DynamoDBClient({ ...logged, ...attemptLimit(limits) });
  const calls = [
    dynamoEditions(openTable("t", client, limits)).get(key),
    sqsKick(`${endpoint}/q`, sqsClient(logged, limits))(),
    sesIdentities(sesClient(logged, limits))("example.org"),
  ];
  expect((await Promise.allSettled(calls)).map(({ status }) => status)).toEqual(calls.map(() => "rejected"));
  expect(entries).toEqual([]);
});
