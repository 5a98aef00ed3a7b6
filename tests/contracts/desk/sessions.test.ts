import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type DynamoSessions, dynamoSessions } from "#adapters/dynamo/desk/sessions.ts";
import { memorySessions } from "#adapters/memory/desk/sessions.ts";
import type { Session } from "#domain/desk/session.ts";
import { startTable, type TestTable } from "../../testing/aws/dynalite.ts";

let server: TestTable;
beforeAll(async () => {
  server = await startTable("sessions");
});
afterAll(() => server.close());

const opened = { dynamo: () => dynamoSessions(server.table), memory: () => memorySessions() };
const at = Date.parse("2026-11-23T07:00:00.000Z");
const identity = { id: "1", name: "Edith", email: "edith@broadsheet.example", groups: ["editor"] };
const session: Session = { identity, signedInAt: at, usedAt: at, askedAt: at, renewal: null };

describe.each(Object.entries(opened))("sessions in %s", (_name, open) => {
  let sessions: DynamoSessions;
  let hash: string;
  let count = 0;
  beforeEach(() => {
    sessions = open();
    count += 1;
    hash = `hash-${count}`;
  });

  test("what is put is found, until it is removed", async () => {
    expect(await sessions.get(hash)).toBeUndefined();
    await sessions.put(hash, session);
    expect(await sessions.get(hash)).toEqual(session);
    await sessions.remove(hash);
    expect(await sessions.get(hash)).toBeUndefined();
    await sessions.remove(hash);
  });

  test("is listed with who has it, until it is removed", async () => {
    const own = async () => (await sessions.holders()).filter((one) => one.hash === hash);
    await sessions.put(hash, session);
    expect(await own()).toEqual([{ hash, id: "1", name: "Edith", email: identity.email, signedInAt: at }]);
    await sessions.remove(hash);
    expect(await own()).toEqual([]);
  });

  test("of many that renew it at once, one does", async () => {
    await sessions.put(hash, session);
    const later = {
      ...session,
      usedAt: at + 300_000,
      identity: { ...identity, groups: ["viewer"] },
      renewal: "sealed",
    };
    const all = await Promise.all([1, 2, 3].map(() => sessions.renew(hash, session, later)));
    expect(all.filter(Boolean)).toHaveLength(1);
    expect(await sessions.get(hash)).toEqual(later);
  });

  test("one that was ended is not renewed back to life", async () => {
    await sessions.put(hash, session);
    await sessions.remove(hash);
    expect(await sessions.renew(hash, session, { ...session, usedAt: at + 300_000 })).toBe(false);
    expect(await sessions.get(hash)).toBeUndefined();
  });
});
