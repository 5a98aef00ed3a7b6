import { randomBytes } from "node:crypto";
import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { fromLetters, toBatchItem, toGroupItem } from "#adapters/dynamo/delivery/batches.ts";
import { dynamoEditions } from "#adapters/dynamo/editions/editions.ts";
import { memoryEditions } from "#adapters/memory/editions/editions.ts";
import { batchName, deliveryStore, editionName, innerMap } from "#adapters/memory/store.ts";
import { type Batch, freshBatch } from "#domain/delivery/ledger/batch.ts";
import { noCounts } from "#domain/delivery/ledger/counts.ts";
import type { GroupCommit } from "#domain/delivery/ledger/group.ts";
import { type CandidatesRecord, recordCandidates } from "#domain/edition/choosing/candidates-record.ts";
import { fieldOf } from "#domain/edition/content/make.ts";
import type { Edition, Revision } from "#domain/edition/edition.ts";
import { startTable, type TestTable } from "../../testing/aws/dynalite.ts";
import { articles, ingredients } from "../../testing/editions/edition-fixtures.ts";

type Setting = {
  editions: ReturnType<typeof dynamoEditions>;
  /** Puts groups and batches where the ledger would. */
  put: (groups: GroupCommit[], batches: Batch[]) => Promise<void>;
};

let server: TestTable;
beforeAll(async () => {
  server = await startTable();
});
afterAll(() => server.close());

const real = (): Setting => ({
  editions: dynamoEditions(server.table),
  put: async (groups, batches) => {
    for (const Item of [...groups.map((group) => toGroupItem(key, group)), ...batches.map(toBatchItem)]) {
      await server.table.document.send(new PutCommand({ TableName: server.table.name, Item }));
    }
  },
});

const memory = (): Setting => {
  const store = deliveryStore();
  return {
    editions: memoryEditions(store),
    put: async (groups, batches) => {
      for (const group of groups) innerMap(store.groups, editionName(key)).set(group.group, group);
      for (const batch of batches) innerMap(store.batches, editionName(batch.key)).set(batchName(batch.key), batch);
    },
  };
};

/** Each test has its own newsletter, so one table is enough for all. */
let newsletterNumber = 0;
let key = { newsletter: "daily", date: "2026-11-23" };
const now = "2026-11-23T07:00:00.000Z";

const draft = (date = key.date): Edition => ({
  newsletter: key.newsletter,
  date,
  state: "draft",
  reason: null,
  stage: null,
  rev: 0,
  cutoff: null,
  createdAt: now,
  approvedAt: null,
  dueAt: null,
  latest: null,
  frozenAt: null,
  groups: null,
  size: null,
  frozen: null,
});

const revision: Revision = {
  rev: 1,
  at: now,
  content: {
    newsletter: "daily",
    date: "2026-11-23",
    subject: "Ünïcödé",
    preheader: "",
    lead: { storyId: null, title: null, url: null, paragraphs: ["one"], source: null, image: null, reasons: [] },
    headlines: [],
  },
  email: { subject: "Ünïcödé", html: "<p>{{unsubscribe}}</p>", text: "x".repeat(5000) },
};

describe.each([
  ["dynamo", real],
  ["memory", memory],
])("editions in %s", (_, setting) => {
  let editions: Setting["editions"];
  let put: Setting["put"];
  beforeEach(() => {
    newsletterNumber += 1;
    key = { newsletter: `n${newsletterNumber}`, date: "2026-11-23" };
    ({ editions, put } = setting());
  });

  test("one edition a date: the second create finds the first", async () => {
    expect(await editions.get(key)).toBeUndefined();
    expect(await editions.create(draft())).toBe(true);
    expect(await editions.create({ ...draft(), reason: "another" })).toBe(false);
    expect(await editions.get(key)).toEqual(draft());
  });

  test("an update holds only if state and revision are as said", async () => {
    expect(await editions.update(key, { state: "approved" })).toBe(false);
    await editions.create(draft());
    expect(await editions.update(key, { state: "sending" }, { state: ["approved", "freezing"] })).toBe(false);
    expect(await editions.update(key, { state: "approved", dueAt: now }, { state: ["draft"], rev: 0 })).toBe(true);
    expect(await editions.update(key, { rev: 2 }, { rev: 1 })).toBe(false);
    expect(await editions.update(key, { rev: 1, reason: null }, { rev: 0 })).toBe(true);
    expect(await editions.update(key, { approvedAt: now }, { approvedAt: "2026-01-01T00:00:00.000Z" })).toBe(false);
    expect(await editions.update(key, { approvedAt: now }, { approvedAt: null })).toBe(true);
    expect(await editions.update(key, { approvedAt: null }, { approvedAt: now })).toBe(true);
    expect(await editions.get(key)).toEqual({ ...draft(), state: "approved", dueAt: now, rev: 1 });
  });

  test("what an edition could choose from: the newest record, until it is dropped", async () => {
    const record: CandidatesRecord = {
      ...key,
      cutoff: now,
      weights: { sources: 3 },
      stories: [],
      left: [{ id: "1", title: "Ünïcödé", url: null, sourceId: "gazette", source: "Gazette", reason: "It is old." }],
      more: { stories: 0, left: 0 },
    };
    expect(await editions.candidates(key)).toBeUndefined();
    await editions.putCandidates({ ...record, left: [] });
    await editions.putCandidates(record);
    expect(await editions.candidates(key)).toEqual(record);
    await editions.dropCandidates(key, now);
    await editions.dropCandidates({ ...key, date: "2020-01-01" }, now);
    expect(await editions.candidates({ ...key, date: "2020-01-01" })).toBeUndefined();
  });

  test("counters add up, begin where there were none, and begin no edition", async () => {
    expect(await editions.addCounts(key, { bounced: 1 })).toBe(false);
    await editions.create(draft());
    expect(await editions.addCounts(key, { bounced: 2, rejected: 1 })).toBe(true);
    expect(await editions.addCounts(key, { bounced: 1, complained: 1 })).toBe(true);
    await editions.update(key, { state: "approved" });
    expect(await editions.get(key)).toEqual({ ...draft(), state: "approved", bounced: 3, complained: 1, rejected: 1 });
  });

  test("the list is newest first, and has a limit and a last date", async () => {
    for (const date of ["2026-11-21", "2026-11-23", "2026-11-22"]) await editions.create(draft(date));
    const dates = async (limit: number, until?: string) =>
      (await editions.list(key.newsletter, limit, until)).map(({ date }) => date);
    expect(await dates(10)).toEqual(["2026-11-23", "2026-11-22", "2026-11-21"]);
    expect(await dates(2)).toEqual(["2026-11-23", "2026-11-22"]);
    expect(await dates(2, "2026-11-22")).toEqual(["2026-11-22", "2026-11-21"]);
    expect(await dates(2, "2026-11-20")).toEqual([]);
    expect(await editions.list("nobody", 10)).toEqual([]);
  });

  test("what is approved is found by that, whatever its date, until its pointer is removed", async () => {
    const own = async () => (await editions.approved()).filter(({ newsletter }) => newsletter === key.newsletter);
    await editions.create(draft());
    expect(await own()).toEqual([]);
    await editions.update(key, { state: "approved", approvedAt: now }, { state: ["draft"] });
    await editions.create({ ...draft("2025-01-01"), state: "approved", approvedAt: now });
    const first = { ...key, at: now };
    expect(await own()).toEqual(expect.arrayContaining([first, { ...key, date: "2025-01-01", at: now }]));
    expect(await own()).toHaveLength(2);
    const later = "2026-11-24T07:00:00.000Z";
    await editions.update(key, { state: "approved", approvedAt: later });
    await editions.removeApproved(first);
    expect(await own()).toHaveLength(2);
    await editions.removeApproved({ ...key, at: later });
    expect(await own()).toEqual([{ ...key, date: "2025-01-01", at: now }]);
  });

  test("an approval that fails leaves at most a pointer, never an approved edition without one", async () => {
    await editions.create({ ...draft(), state: "cancelled" });
    expect(await editions.update(key, { state: "approved", approvedAt: now }, { state: ["draft"] })).toBe(false);
    expect((await editions.approved()).some(({ newsletter }) => newsletter === key.newsletter)).toBe(true);
  });

  test("a revision never changes", async () => {
    expect(await editions.revision(key, 1)).toBeUndefined();
    expect(await editions.putRevision(key, revision)).toBe(true);
    expect(await editions.putRevision(key, { ...revision, at: "2026-11-23T08:00:00.000Z" })).toBe(false);
    expect(await editions.revision(key, 1)).toEqual(revision);
  });

  test("decisions keep their order, and two editors cannot take one number", async () => {
    const pin = (n: number, story: string) => ({ do: "pin" as const, story, to: null, n, by: "ed", at: now });
    const pins = Array.from({ length: 11 }, (_, at) => pin(at + 1, `s${at + 1}`));
    for (const [at, decision] of pins.entries()) {
      expect(await editions.appendDecision(key, at + 1, decision)).toBe(true);
    }
    expect(await editions.appendDecision(key, 3, pin(3, "late"))).toBe(false);
    expect(await editions.decisions(key)).toEqual(pins);
  });

  test("counts come from the committed run's batches, or from the group if it is closed or never begun", async () => {
    expect(await editions.counts(key)).toEqual(noCounts);
    const id = (n: number) => n.toString(16).padStart(24, "0");
    const batch = (run: string, first: number, change: Partial<Batch>): Batch => ({
      ...freshBatch({ ...key, group: "00", run, due: now, first: id(first) }, [
        id(first),
        id(first + 1),
        id(first + 2),
      ]),
      ...change,
    });
    const call = { at: now, until: now, positions: [1, 2], rev: 1, run: "me" };
    const open = { batches: 3, readers: 9, committedAt: now, startedAt: now, closedAt: null, counts: null };
    const closed = { ...noCounts, audience: 7, accepted: 6, held: 1 };
    await put(
      [
        { ...open, group: "00", run: "won" },
        { ...open, group: "01", run: "x", closedAt: now, counts: closed },
        // Never begun: its batches needn't even be there.
        { ...open, group: "02", run: "y", readers: 40, startedAt: null },
      ],
      [
        batch("won", 1, { state: "done", outcomes: fromLetters("ars") }),
        batch("won", 4, { state: "unknown", outcomes: fromLetters("s.."), call }),
        batch("won", 7, { state: "calling", outcomes: fromLetters("f.."), call }),
        batch("lost", 1, { outcomes: fromLetters("...") }),
      ],
    );
    expect(await editions.counts(key)).toEqual({
      audience: 56,
      accepted: 7,
      refused: 1,
      failed: 1,
      skipped: 2,
      held: 1,
      unknown: 2,
      waiting: 42,
    });
  });
});

test("a record too large for an item keeps its better stories, and a dropped one expires", async () => {
  const editions = dynamoEditions(server.table);
  const all = ingredients({
    articles: articles(900, (n) => ({ url: `https://a.example/${n}/${randomBytes(400).toString("hex")}` })),
  });
  const about = { newsletter: "large", date: "2026-11-23", cutoff: now, weights: all.config.weights };
  const { scored, sorted } = fieldOf(all);
  await editions.putCandidates(recordCandidates(about, scored, sorted.left));
  const kept = await editions.candidates(about);
  expect(kept?.more.stories).toBeGreaterThan(0);
  expect(kept?.stories.length).toBeGreaterThan(200);
  expect(kept && kept.stories.length + kept.more.stories).toBe(scored.length);
  expect(kept?.stories.map(({ id }) => id)).toEqual(
    scored.slice(0, kept?.stories.length).map((one) => one.candidate.id),
  );
  await editions.dropCandidates(about, now);
  const Key = { PK: "E#large#2026-11-23", SK: "CANDIDATES" };
  const { Item } = await server.table.document.send(new GetCommand({ TableName: server.table.name, Key }));
  expect(Item?.ttl).toBe(Date.parse(now) / 1000);
});
