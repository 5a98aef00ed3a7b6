import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dynamoPushReceipts } from "#adapters/dynamo/articles/push.ts";
import { dynamoReminders } from "#adapters/dynamo/audience/reminders.ts";
import { dynamoSubscribers } from "#adapters/dynamo/audience/subscribers.ts";
import { dynamoLedger } from "#adapters/dynamo/delivery/ledger.ts";
import { dynamoPresence } from "#adapters/dynamo/desk/presence.ts";
import { dynamoSessions } from "#adapters/dynamo/desk/sessions.ts";
import { dynamoTestMails } from "#adapters/dynamo/desk/test-mails.ts";
import { dynamoSchedule } from "#adapters/dynamo/editions/schedule.ts";
import type { Table } from "#adapters/dynamo/table.ts";
import { freshBatch } from "#domain/delivery/ledger/batch.ts";
import { startTable, type TestTable } from "../testing/aws/dynalite.ts";
import { key, subscriber } from "../testing/delivery/delivery-system.ts";

/** An item that expires too early is missed, one that never does is kept too long; neither fails where it is written. */

let server: TestTable;
beforeAll(async () => {
  server = await startTable();
});
afterAll(() => server.close());

const HOUR = 3_600;
const DAY = 24 * HOUR;
const at = "2026-11-23T07:00:00.000Z";
const now = Date.parse(at);
const id = "0".repeat(24);
const batch = { ...key, group: "00", run: "r", due: at, first: id };
const session = {
  identity: { id: "p", name: "Pat", email: null, groups: [] },
  ...{ signedInAt: now, usedAt: now, askedAt: now, renewal: null },
};
const scheduled = {
  ...{ newsletter: "daily", date: "2026-11-23", draftAt: at, gateAt: at, dueAt: at, latest: at, plannedAt: at },
  ...{ draftedAt: null, gatedAt: null, triedAt: null, doneAt: null, n: 1 },
};
const outcome = { id, kind: "delay" as const, at, attempt: 1, position: 0, messageId: "m", detail: "" };
const pending = { ...subscriber(1), status: "pending" as const, changedAt: at };

async function expiries(): Promise<Map<unknown, unknown>> {
  const { Items = [] } = await server.table.document.send(new ScanCommand({ TableName: server.table.name }));
  return new Map(Items.map((item) => [item.type, item.ttl]));
}

test.each<[string, number, (table: Table) => Promise<unknown>]>([
  ["batch", 90 * DAY, (table) => dynamoLedger(table).writeBatches([freshBatch(batch, [id])])],
  ["seen", 90 * DAY, (table) => dynamoLedger(table).addSeen(batch, ["1:0"])],
  ["outcome", 90 * DAY, (table) => dynamoLedger(table).putOutcome(key, "00", outcome)],
  ["welcome-pointer", 4 * DAY, (table) => dynamoLedger(table).pointWelcome({ ...key, due: at, root: id, askedAt: at })],
  ["presence", HOUR, (table) => dynamoPresence(table).put(key, { id: "p", name: "Pat", at: "", seenAt: now })],
  ["session", 4 * HOUR, (table) => dynamoSessions(table).put("hash", session)],
  ["session-holder", DAY, (table) => dynamoSessions(table).put("hash", session)],
  // From the beginning of the edition's date.
  ["scheduled-edition", 60 * DAY - 7 * HOUR, (table) => dynamoSchedule(table).saveScheduled(scheduled)],
  ["test-mails", 2 * HOUR, (table) => dynamoTestMails(table).saveCount("hash", { sentAt: [at], n: 1 })],
  ["reminder", 4 * DAY, (table) => dynamoReminders(table).put({ newsletter: "daily", id, language: "en", dueAt: at })],
  ["subscriber", 8 * DAY, (table) => dynamoSubscribers(table).write("daily", [{ before: undefined, after: pending }])],
  [
    "push-receipt",
    DAY,
    (table) => {
      const receipt = { bodyHash: "h", startedAt: now, answer: null };
      return dynamoPushReceipts(table).open("gazette", "n", receipt, now + DAY * 1000);
    },
  ],
])("a %s expires %d s later", async (type, seconds, write) => {
  await write(server.table);
  expect((await expiries()).get(type)).toBe(now / 1000 + seconds);
});

test.each<[string, (table: Table) => Promise<unknown>]>([
  ["subscriber", (table) => dynamoSubscribers(table).write("weekly", [{ before: undefined, after: subscriber(2) }])],
  ["sending-pointer", (table) => dynamoLedger(table).point({ ...key, dueAt: at })],
  ["double", (table) => dynamoLedger(table).noteDouble({ key: batch, attempt: 1, positions: [0], noticedAt: at })],
])("a %s never does", async (type, write) => {
  await write(server.table);
  const { Items = [] } = await server.table.document.send(new ScanCommand({ TableName: server.table.name }));
  const own = Items.filter((item) => item.type === type && item.status !== "pending");
  expect(own).toHaveLength(1);
  expect(own[0]).not.toHaveProperty("ttl");
});
