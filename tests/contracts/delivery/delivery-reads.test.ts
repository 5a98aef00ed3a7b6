import { BatchWriteCommand, GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dynamoSubscribers } from "#adapters/dynamo/audience/subscribers.ts";
import { dynamoLedger } from "#adapters/dynamo/delivery/ledger.ts";
import { dynamoEditions } from "#adapters/dynamo/editions/editions.ts";
import type { Table } from "#adapters/dynamo/table.ts";
import { type Batch, freshBatch } from "#domain/delivery/ledger/batch.ts";
import { startTable, type TestTable } from "../../testing/aws/dynalite.ts";

/** What the twins in memory cannot show: how a real table is asked, and what it does under load. */
let server: TestTable;
beforeAll(async () => {
  server = await startTable();
});
afterAll(() => server.close());

const key = { newsletter: "daily", date: "2026-11-23" };
const due = "2026-11-23T07:00:00.000Z";
const id = (n: number) => n.toString(16).padStart(24, "0");
const batch = (n: number): Batch => freshBatch({ ...key, group: "00", run: "r", due, first: id(n) }, [id(n)]);

type Command = { input: object };
/** The same table; `answer` gives what each command comes to. */
function through(answer: (command: Command, send: () => Promise<object>) => Promise<object>): Table {
  const { document, name } = server.table;
  const send = (command: Command) => answer(command, () => Reflect.apply(document.send, document, [command]));
  return {
    name,
    document: new Proxy(document, { get: (all, what) => (what === "send" ? send : Reflect.get(all, what)) }),
  };
}

describe("what is decided upon is read as it is now", () => {
  const asked: Command[] = [];
  const watched = () =>
    through((command, send) => {
      asked.push(command);
      return send();
    });
  test.each<[string, (table: Table) => Promise<unknown>]>([
    ["an edition", (table) => dynamoEditions(table).get(key)],
    ["its counts", (table) => dynamoEditions(table).counts(key)],
    ["its revision", (table) => dynamoEditions(table).revision(key, 1)],
    ["group commits", (table) => dynamoLedger(table).groups(key)],
    ["batches", (table) => dynamoLedger(table).batches(key, "00", "r")],
    ["a batch", (table) => dynamoLedger(table).batch(batch(1).key)],
    ["the batch around a reader", (table) => dynamoLedger(table).batchAround(batch(1).key, id(2))],
    ["the editions being sent", (table) => dynamoLedger(table).pointers()],
    ["the lease", (table) => dynamoLedger(table).sender()],
    ["a shard", async (table) => dynamoSubscribers(table).walkShard("daily", 7).next()],
  ])("%s", async (_, read) => {
    asked.length = 0;
    await read(watched());
    const reads = asked.filter((command) => command instanceof GetCommand || command instanceof QueryCommand);
    expect(reads.length).toBeGreaterThan(0);
    expect(reads.map(({ input }) => input)).toEqual(reads.map(() => expect.objectContaining({ ConsistentRead: true })));
  });
});

test("batches left unprocessed are written again, for their readers would be missed", async () => {
  const { name } = server.table;
  const stingy = through(async (command, send) => {
    if (!(command instanceof BatchWriteCommand)) return send();
    const [first, ...rest] = command.input.RequestItems?.[name] ?? [];
    await server.table.document.send(new BatchWriteCommand({ RequestItems: { [name]: first ? [first] : [] } }));
    return { UnprocessedItems: rest.length > 0 ? { [name]: rest } : {} };
  });
  const all = [batch(1), batch(2), batch(3)];
  await dynamoLedger(stingy).writeBatches(all);
  expect(await dynamoLedger(server.table).batches(key, "00", "r")).toEqual(all);
});

test("an empty page is not the end", async () => {
  await dynamoLedger(server.table).writeBatches([batch(1), batch(2), batch(3)]);
  let pages = 0;
  const sparse = through(async (command, send) => {
    pages += 1;
    if (!(command instanceof QueryCommand) || pages > 1) return send();
    // Read so far, and nothing of it fitted.
    return { Items: [], LastEvaluatedKey: { PK: "E#daily#2026-11-23#00", SK: `B#r#${due}#${id(0)}` } };
  });
  expect(await dynamoLedger(sparse).batches(key, "00", "r")).toHaveLength(3);
});

test("batches are thrown away 90 days after they were due", async () => {
  await dynamoLedger(server.table).writeBatches([batch(1)]);
  const items = async () => {
    const query = {
      KeyConditionExpression: "PK = :pk",
      ExpressionAttributeValues: { ":pk": "E#daily#2026-11-23#00" },
    };
    return (await server.table.document.send(new QueryCommand({ TableName: server.table.name, ...query }))).Items ?? [];
  };
  const expires = Date.parse(due) / 1000 + 90 * 86_400;
  expect((await items()).map(({ ttl }) => ttl)).toContain(expires);
  await dynamoLedger(server.table).saveBatch({ ...batch(1), attempts: 1 }, { attempts: 0, states: ["ready"] });
  expect((await items()).find(({ SK }) => SK.endsWith(id(1)))).toMatchObject({ att: 1, ttl: expires });
});
