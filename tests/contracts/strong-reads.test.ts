import { BatchGetCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { dynamoArticles } from "#adapters/dynamo/articles/articles.ts";
import { dynamoPushKeys, dynamoPushReceipts } from "#adapters/dynamo/articles/push.ts";
import { dynamoSources } from "#adapters/dynamo/articles/sources.ts";
import { dynamoConsent } from "#adapters/dynamo/audience/consent.ts";
import { dynamoSubscribers } from "#adapters/dynamo/audience/subscribers.ts";
import { dynamoWarmUps } from "#adapters/dynamo/audience/warm-ups.ts";
import { dynamoLedger } from "#adapters/dynamo/delivery/ledger.ts";
import { dynamoSessions } from "#adapters/dynamo/desk/sessions.ts";
import { dynamoTestMails } from "#adapters/dynamo/desk/test-mails.ts";
import { dynamoEditions } from "#adapters/dynamo/editions/editions.ts";
import { dynamoNotices } from "#adapters/dynamo/editions/notices.ts";
import { toInstant } from "#domain/time/instant.ts";
import { startTable, type TestTable } from "../testing/aws/dynalite.ts";
import { key, subscriber } from "../testing/delivery/delivery-system.ts";

/** A read that may be a second old mails a reader who left, or twice who has it: dynalite is always up to date. */

let server: TestTable;
const inputs: string[] = [];
beforeAll(async () => {
  server = await startTable();
  server.table.document.middlewareStack.add(
    (next) => (args) => {
      inputs.push(JSON.stringify(args.input));
      return next(args);
    },
    { name: "inputs", step: "initialize" },
  );
});
afterAll(() => server.close());

const batch = { ...key, group: "00", run: "r", due: toInstant(0), first: "0".repeat(24) };

test.each<[string, () => Promise<unknown>]>([
  ["what was seen of a batch", () => dynamoLedger(server.table).seen(batch)],
  ["what was seen of a group", () => dynamoLedger(server.table).seenInGroup(key, "00", "r")],
  ["a batch", () => dynamoLedger(server.table).batch(batch)],
  ["a group's batches", () => dynamoLedger(server.table).batches(key, "00", "r")],
  ["the batch around a reader", () => dynamoLedger(server.table).batchAround(batch, "0".repeat(24))],
  ["the sender's item", () => dynamoLedger(server.table).sender()],
  ["the editions being sent", () => dynamoLedger(server.table).pointers()],
  ["the approved editions", () => dynamoEditions(server.table).approved()],
  ["an edition", () => dynamoEditions(server.table).get(key)],
  ["a reader", () => dynamoSubscribers(server.table).get("daily", subscriber(1).id)],
  ["a session", () => dynamoSessions(server.table).get("hash")],
  ["a push key", () => dynamoPushKeys(server.table).get("gazette")],
  ["a receipt", () => dynamoPushReceipts(server.table).read("gazette", "n")],
  ["when a reader was written to", () => dynamoConsent(server.table).contact("daily", subscriber(1).id)],
  ["who was erased", () => dynamoConsent(server.table).erased("daily", [subscriber(1).id])],
  ["a source", () => dynamoSources(server.table).get("gazette")],
  ["where aliases lead", () => dynamoArticles(server.table).places(["a"])],
  ["how many test mails were sent", () => dynamoTestMails(server.table).count("hash")],
  ["a revision", () => dynamoEditions(server.table).revision(key, 1)],
  ["an outcome", () => dynamoLedger(server.table).outcome(key, "00", "0")],
  ["whether a resend is allowed", () => dynamoLedger(server.table).resendAllowed()],
  ["which table this is", () => dynamoLedger(server.table).tableKnown()],
  ["how far a warm-up is", () => dynamoWarmUps(server.table).get("daily")],
  ["whether a notice was sent", () => dynamoNotices(server.table).isNoticed(key, "finished")],
  ["many readers", () => dynamoSubscribers(server.table).getMany("daily", [subscriber(1).id], true)],
  ["a span of readers", () => dynamoSubscribers(server.table).getSpan("daily", [subscriber(1).id, subscriber(2).id])],
])("%s: strongly consistent", async (_, read) => {
  inputs.length = 0;
  await read();
  expect(inputs).not.toEqual([]);
  for (const input of inputs) expect(input).toContain('"ConsistentRead":true');
});

test.each([
  ["later", 1],
  ["earlier", -1],
])("a subscriber that was changed %s than it was read is not written over", async (_, difference) => {
  const subscribers = dynamoSubscribers(server.table);
  const stored = { ...subscriber(difference + 10), changedAt: toInstant(1_700_000_001_000) };
  await subscribers.write("daily", [{ before: undefined, after: stored }]);
  const before = { ...stored, changedAt: toInstant(1_700_000_001_000 - difference) };
  expect(await subscribers.write("daily", [{ before, after: { ...before, status: "left" } }])).toEqual([false]);
  expect((await subscribers.get("daily", stored.id))?.status).toBe("active");
});

test("where another poll led an alias is strongly consistent", async () => {
  const articles = dynamoArticles(server.table);
  const place = { seenAt: toInstant(0), id: "a" };
  await articles.claim("taken", place, 2_000_000_000);
  inputs.length = 0;
  expect(await articles.claim("taken", { ...place, id: "b" }, 2_000_000_000)).toMatchObject(place);
  expect(inputs.at(-1)).toContain('"ConsistentRead":true');
});

describe("keys that DynamoDB leaves unprocessed are asked for again", () => {
  /** Answers for one key a request. */
  function stingy(): () => void {
    const { document, name } = server.table;
    const send = document.send.bind(document);
    const spy = vi.spyOn(document, "send").mockImplementation(async (command: unknown) => {
      if (!(command instanceof BatchGetCommand)) throw new Error("only BatchGet is expected");
      const keys = command.input.RequestItems?.[name]?.Keys ?? [];
      const answer = await send(new BatchGetCommand({ RequestItems: { [name]: { Keys: keys.slice(0, 1) } } }));
      return { ...answer, UnprocessedKeys: keys.length > 1 ? { [name]: { Keys: keys.slice(1) } } : {} };
    });
    return () => spy.mockRestore();
  }

  test("a reader who was erased doesn't pass for one who may be imported", async () => {
    const consent = dynamoConsent(server.table);
    const ids = [1, 2, 3].map((n) => subscriber(n).id);
    for (const id of ids) await consent.erase("daily", id, toInstant(0));
    const generous = stingy();
    expect(await consent.erased("daily", ids)).toEqual(new Set(ids));
    generous();
  });

  test("an alias that is known doesn't pass for a new one, nor an article for a lost one", async () => {
    const articles = dynamoArticles(server.table);
    const place = { seenAt: toInstant(0), id: "a" };
    const hashes = ["one", "two", "three"];
    for (const hash of hashes) await articles.claim(hash, place, 2_000_000_000);
    const generous = stingy();
    expect([...(await articles.places(hashes)).keys()].toSorted()).toEqual(hashes.toSorted());
    generous();
  });
});
