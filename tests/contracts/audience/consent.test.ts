import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { dynamoConsent } from "#adapters/dynamo/audience/consent.ts";
import { dynamoReminders } from "#adapters/dynamo/audience/reminders.ts";
import { dynamoErasure, dynamoSubscribers } from "#adapters/dynamo/audience/subscribers.ts";
import { memoryAudienceDays } from "#adapters/memory/audience/audience-days.ts";
import { consentStore, memoryConsent } from "#adapters/memory/audience/consent.ts";
import { memoryReminders } from "#adapters/memory/audience/reminders.ts";
import { memoryErasure, memorySubscribers } from "#adapters/memory/audience/subscribers.ts";
import { leave, stopMail } from "#domain/audience/consent/consent.ts";
import { confirm, decideRequest } from "#domain/audience/consent/subscription.ts";
import type { Subscriber } from "#domain/audience/subscriber.ts";
import type { ContactChange } from "#usecases/ports/audience.ts";
import { startTable, type TestTable } from "../../testing/aws/dynalite.ts";

let server: TestTable;
beforeAll(async () => {
  server = await startTable();
});
afterAll(() => server.close());

const real = () => ({
  subscribers: dynamoSubscribers(server.table),
  erasure: dynamoErasure(server.table),
  consent: dynamoConsent(server.table),
  reminders: dynamoReminders(server.table),
});
const memory = (): ReturnType<typeof real> => {
  const items = new Map<string, Subscriber>();
  const consents = consentStore();
  const moves = memoryAudienceDays();
  return {
    subscribers: memorySubscribers(items, consents, moves),
    erasure: memoryErasure(items, moves),
    consent: memoryConsent(consents),
    reminders: memoryReminders(),
  };
};

let number = 0;
let newsletter = "daily";
const at = (minute: number) => `2026-11-23T07:${String(minute).padStart(2, "0")}:00.000Z`;
const id = "0a".padEnd(24, "b");

describe.each([
  ["dynamo", real],
  ["memory", memory],
])("consent in %s", (_, open) => {
  let stores: ReturnType<typeof real>;
  beforeEach(() => {
    number += 1;
    newsletter = `c${number}`;
    stores = open();
  });
  const request = () => {
    const who = { newsletter, id, address: "ann@example.com" };
    const { after } = decideRequest(undefined, who, { ownLink: false, now: at(0) });
    if (after === undefined) throw new Error("a new reader");
    return after;
  };
  const confirmed = async () => {
    const pending = request();
    const cause = { by: "reader", source: "web form", evidence: "192.0.2.0/24" };
    await stores.subscribers.write(newsletter, [{ before: undefined, after: pending, cause }]);
    const active = confirm(pending, at(1)) ?? pending;
    await stores.subscribers.write(newsletter, [{ before: pending, after: active }]);
    return active;
  };

  test("each transition is an event, in the order of time, with its cause or the usual one", async () => {
    const active = await confirmed();
    const left = leave(active, at(2)) ?? active;
    await stores.subscribers.write(newsletter, [{ before: active, after: left }]);
    await stores.subscribers.write(newsletter, [{ before: active, after: left }]);
    expect(await stores.consent.history(newsletter, id)).toEqual([
      { at: at(0), did: "requested", by: "reader", source: "web form", evidence: "192.0.2.0/24" },
      { at: at(1), did: "confirmed", by: "reader", source: null, evidence: null },
      { at: at(2), did: "left", by: "reader", source: null, evidence: null },
    ]);
  });

  test("what SES says is SES's event, and a soft bounce is none", async () => {
    const active = await confirmed();
    const softer = { ...active, softBounces: ["2026-11-23"] };
    await stores.subscribers.write(newsletter, [{ before: active, after: softer }]);
    const bounced = stopMail(softer, "bounced", at(5), at(5)) ?? softer;
    await stores.subscribers.write(newsletter, [{ before: softer, after: bounced }]);
    const events = await stores.consent.history(newsletter, id);
    expect(events.map(({ did, by }) => [did, by]).slice(2)).toEqual([["bounced", "SES"]]);
  });

  test("erasing leaves a mark that is found among many, and is taken away again", async () => {
    const active = await confirmed();
    const after = { mailedAt: [at(0)], clearedAt: null };
    expect(await stores.consent.putContact(newsletter, id, { before: undefined, after }, 2_000_000_000)).toBe(true);
    expect(await stores.consent.contact(newsletter, id)).toEqual({ mailedAt: [at(0)], clearedAt: null });
    expect(await stores.erasure.erase(newsletter, { ...active, changedAt: at(0) }, at(9))).toBe(false);
    expect(await stores.erasure.erase(newsletter, active, at(9))).toBe(true);
    expect(await stores.subscribers.count(newsletter)).toBe(0);
    expect(await stores.subscribers.audienceDays(newsletter, "2026-11-23")).toMatchObject({
      days: [{ date: "2026-11-23", joined: 1, left: 1 }],
    });
    await stores.consent.erase(newsletter, id, at(9));
    expect(await stores.consent.history(newsletter, id)).toEqual([]);
    expect(await stores.consent.contact(newsletter, id)).toBeUndefined();
    const others = Array.from({ length: 130 }, (__, n) => n.toString(16).padStart(24, "0"));
    expect(await stores.consent.erased(newsletter, [...others, id])).toEqual(new Set([id]));
    await stores.consent.unerase(newsletter, id, at(8));
    expect(await stores.consent.erased(newsletter, [id])).toEqual(new Set([id]));
    await stores.consent.unerase(newsletter, id, at(10));
    expect(await stores.consent.erased(newsletter, [id])).toEqual(new Set());
  });

  test("of two mails at once to one mailbox, only one is counted", async () => {
    const put = (before: readonly number[] | undefined, after: readonly number[]) => {
      const contact = (minutes: readonly number[]) => ({ mailedAt: minutes.map(at), clearedAt: null });
      const change = { before: before && contact(before), after: contact(after) };
      return stores.consent.putContact(newsletter, id, change, 2_000_000_000);
    };
    expect((await Promise.all([put(undefined, [0]), put(undefined, [1])])).toSorted()).toEqual([false, true]);
    const [first = ""] = (await stores.consent.contact(newsletter, id))?.mailedAt ?? [];
    const known = first === at(0) ? 0 : 1;
    expect((await Promise.all([put([known], [known, 12]), put([known], [known, 13])])).toSorted()).toEqual([
      false,
      true,
    ]);
    expect(await put([known], [14])).toBe(false);
    expect(await put([], [14])).toBe(false);
    expect((await stores.consent.contact(newsletter, id))?.mailedAt).toHaveLength(2);
  });

  test("of a mail and a link to the reader's data at once, only one is counted, and neither is forgotten", async () => {
    const put = (change: ContactChange) => stores.consent.putContact(newsletter, id, change, 2_000_000_000);
    const mailed = { mailedAt: [at(0)], clearedAt: null };
    const both = { ...mailed, dataMailedAt: [at(1)] };
    expect(await put({ before: undefined, after: mailed })).toBe(true);
    expect(await put({ before: mailed, after: both })).toBe(true);
    expect(await put({ before: mailed, after: { ...mailed, dataMailedAt: [at(2)] } })).toBe(false);
    expect(await put({ before: mailed, after: { ...mailed, mailedAt: [at(0), at(12)] } })).toBe(false);
    expect(await put({ before: { ...both, dataMailedAt: [at(3)] }, after: both })).toBe(false);
    expect(await stores.consent.contact(newsletter, id)).toEqual(both);
    expect(await put({ before: both, after: { ...both, mailedAt: [at(0), at(12)] } })).toBe(true);
  });

  test("a reminder is due in its time, and taken once", async () => {
    const reminder = { newsletter, id, dueAt: at(30), language: "en" };
    await stores.reminders.put(reminder);
    const due = async (minute: number) =>
      (await stores.reminders.due(at(minute))).filter((one) => one.newsletter === newsletter);
    expect(await due(29)).toEqual([]);
    expect(await due(30)).toEqual([reminder]);
    expect(await Promise.all([stores.reminders.take(reminder), stores.reminders.take(reminder)])).toContain(false);
    expect(await due(59)).toEqual([]);
  });
});

describe("the subscriber's item", () => {
  const stored = async (subscriber: Subscriber) => {
    await dynamoSubscribers(server.table).write(newsletter, [{ before: undefined, after: subscriber }]);
    const Key = { PK: `S#${newsletter}#${subscriber.id.slice(0, 2)}`, SK: subscriber.id };
    const { Item } = await server.table.document.send(new GetCommand({ TableName: server.table.name, Key }));
    return Item ?? {};
  };
  const subscriber: Subscriber = {
    ...{
      id,
      newsletter: "daily-briefing",
      address: "annabel.longname-smith@mail.example-company.co.uk",
      status: "active",
    },
    ...{ consent: "imported from members-export-2026-11.csv, 2026-11-30", addedAt: at(0), changedAt: at(0) },
    ...{ origin: null, movedTo: null, movedAt: null },
  };

  test("that sending reads stays within 400 bytes, whatever is known of the reader's consent", async () => {
    newsletter = "size";
    const item = await stored({ ...subscriber, newsletter });
    // DynamoDB counts names and values; of a string its UTF-8 bytes, of a number about two digits a byte.
    const bytes = Object.entries(item).reduce((sum, [name, value]) => sum + name.length + String(value).length, 0);
    expect(bytes).toBeLessThanOrEqual(400);
  });

  test("goes by itself where no one confirmed, and only then", async () => {
    newsletter = "ttl";
    expect(await stored({ ...subscriber, newsletter })).not.toHaveProperty("ttl");
    const pending = await stored({ ...subscriber, newsletter, id: "0b".padEnd(24, "b"), status: "pending" });
    expect(pending.ttl).toBe(Date.parse(at(0)) / 1000 + 8 * 24 * 3600);
  });
});
