import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { dynamoArchive } from "#adapters/dynamo/editions/archive.ts";
import { dynamoEditions } from "#adapters/dynamo/editions/editions.ts";
import { memoryArchive } from "#adapters/memory/editions/archive.ts";
import { memoryEditions } from "#adapters/memory/editions/editions.ts";
import { deliveryStore } from "#adapters/memory/store.ts";
import type { ArchiveMonth } from "#domain/edition/archive.ts";
import type { EditionContent } from "#domain/edition/edition.ts";
import { newEdition } from "#domain/edition/states.ts";
import { publishEdition, unpublishEdition, updatePublished } from "#usecases/editions/publishing/publish.ts";
import { startTable, type TestTable } from "../../testing/aws/dynalite.ts";

let server: TestTable;
beforeAll(async () => {
  server = await startTable();
});
afterAll(() => server.close());

const real = () => ({ editions: dynamoEditions(server.table), archive: dynamoArchive(server.table) });
const memory = () => {
  const store = deliveryStore();
  return { editions: memoryEditions(store), archive: memoryArchive(store) };
};

let number = 0;
let newsletter = "daily";
const now = "2026-11-23T07:00:00.000Z";
const later = "2026-11-23T08:00:00.000Z";

const content = (date: string, subject: string): EditionContent => ({
  newsletter,
  date,
  subject,
  preheader: "Plus: more",
  lead: { storyId: null, title: null, url: null, paragraphs: [], source: null, image: null, reasons: [] },
  headlines: [],
});

describe.each([
  ["dynamo", real],
  ["memory", memory],
])("the archive in %s", (_, setting) => {
  let editions: ReturnType<typeof real>["editions"];
  let archive: ReturnType<typeof real>["archive"];
  beforeEach(() => {
    number += 1;
    newsletter = `n${number}`;
    ({ editions, archive } = setting());
  });
  const ports = () => ({ editions, archive, now: () => now, languageOf: () => "en" });
  const email = { subject: "s", html: "h", text: "t" };
  const make = async (date: string, state: "sending" | "draft" = "sending") => {
    const edition = newEdition({ newsletter, date, now, rev: 1, cutoff: null });
    await editions.create({ ...edition, state, frozenAt: state === "draft" ? null : now });
    await editions.putRevision(
      { newsletter, date },
      { rev: 1, at: now, content: content(date, `News ${date}`), email },
    );
  };
  const publish = async (date: string) => {
    await make(date);
    await publishEdition(ports(), { newsletter, date });
  };
  const dates = (months: readonly ArchiveMonth[]) => months.map(({ entries }) => entries.map(({ date }) => date));

  test("a month is saved only over the version that it was made from", async () => {
    const month: ArchiveMonth = { newsletter, month: "2026-11", version: 1, entries: [], older: null };
    expect(await archive.save(month)).toBe(true);
    expect(await archive.save(month)).toBe(false);
    expect(await archive.save({ ...month, version: 3 })).toBe(false);
    expect(await archive.save({ ...month, version: 2, older: "2026-10" })).toBe(true);
    expect(await archive.month(newsletter, "2026-11")).toEqual({ ...month, version: 2, older: "2026-10" });
  });

  test("months come newest first, or from one on; another newsletter's never", async () => {
    for (const date of ["2026-09-30", "2026-10-01", "2026-11-02", "2026-11-03"]) await publish(date);
    await archive.save({ newsletter: `${newsletter}x`, month: "2026-12", version: 1, entries: [], older: null });
    expect(dates(await archive.newest(newsletter, 2))).toEqual([["2026-11-03", "2026-11-02"], ["2026-10-01"]]);
    expect(dates(await archive.from(newsletter, "2026-10", 2))).toEqual([["2026-10-01"], ["2026-11-03", "2026-11-02"]]);
    expect((await archive.before(newsletter, "2026-10"))?.month).toBe("2026-09");
    expect(await archive.before(newsletter, "2026-09")).toBeUndefined();
  });

  test("editions are linked in the order of their dates, whatever order they are published in", async () => {
    for (const date of ["2026-11-23", "2026-10-30", "2026-11-25", "2026-11-24"]) await publish(date);
    const links = async (date: string) => {
      const edition = await archive.edition({ newsletter, date });
      return [edition?.previous, edition?.next, edition?.published];
    };
    expect(await links("2026-10-30")).toEqual([null, "2026-11-23", true]);
    expect(await links("2026-11-23")).toEqual(["2026-10-30", "2026-11-24", true]);
    expect(await links("2026-11-24")).toEqual(["2026-11-23", "2026-11-25", true]);
    expect(await links("2026-11-25")).toEqual(["2026-11-24", null, true]);
    expect((await archive.month(newsletter, "2026-11"))?.older).toBe("2026-10");
  });

  test("published again after a correction, it has the new subject and the old time", async () => {
    await publish("2026-11-23");
    const key = { newsletter, date: "2026-11-23" };
    await editions.putRevision(key, { rev: 2, at: later, content: content(key.date, "Corrected"), email });
    await editions.update(key, { rev: 2 });
    await publishEdition(ports(), key);
    const [month] = await archive.newest(newsletter, 1);
    expect(month?.entries).toEqual([
      { date: key.date, subject: "Corrected", summary: "Plus: more", publishedAt: now, updatedAt: later },
    ]);
  });

  test("one that was cancelled before it reached anyone leaves no trace, and its neighbours meet", async () => {
    for (const date of ["2026-11-22", "2026-11-23", "2026-11-24"]) await publish(date);
    await unpublishEdition(ports(), { newsletter, date: "2026-11-23" });
    expect(dates(await archive.newest(newsletter, 1))).toEqual([["2026-11-24", "2026-11-22"]]);
    expect((await archive.edition({ newsletter, date: "2026-11-22" }))?.next).toBe("2026-11-24");
    expect((await archive.edition({ newsletter, date: "2026-11-24" }))?.previous).toBe("2026-11-22");
    expect((await archive.edition({ newsletter, date: "2026-11-23" }))?.published).toBe(false);
  });

  test("a cancelled edition is withdrawn if no one can have got it, and a corrected one is listed again", async () => {
    for (const date of ["2026-11-22", "2026-11-23"]) await publish(date);
    const key = { newsletter, date: "2026-11-23" };
    await editions.putRevision(key, { rev: 2, at: later, content: content(key.date, "Corrected"), email });
    await editions.update(key, { rev: 2 });
    await updatePublished(ports(), key);
    expect((await archive.newest(newsletter, 1))[0]?.entries[0]?.subject).toBe("Corrected");
    await editions.update(key, { state: "cancelled" });
    const counts = async () => ({ ...(await editions.counts(key)), unknown: 1 });
    await updatePublished({ ...ports(), editions: { ...editions, counts } }, key);
    expect((await archive.edition(key))?.published).toBe(true);
    await updatePublished(ports(), key);
    expect((await archive.edition(key))?.published).toBe(false);
    expect(dates(await archive.newest(newsletter, 1))).toEqual([["2026-11-22"]]);
  });

  test("a published edition is found by the words of its headlines, a withdrawn one is not", async () => {
    for (const date of ["2026-11-22", "2026-11-23"]) await publish(date);
    const found = async (term: string) => (await archive.search(newsletter, term, 10)).map(({ date }) => date);
    expect(await found("news")).toEqual(["2026-11-23", "2026-11-22"]);
    expect(await archive.search(newsletter, "news", 1)).toEqual([
      { term: "news", date: "2026-11-23", subject: "News 2026-11-23", titles: ["News 2026-11-23"] },
    ]);
    expect(await found("new")).toEqual([]);
    await unpublishEdition(ports(), { newsletter, date: "2026-11-23" });
    expect(await found("news")).toEqual(["2026-11-22"]);
  });

  test("several published in the same moment are all listed", async () => {
    const all = ["2026-11-01", "2026-11-02", "2026-11-03", "2026-11-04"];
    for (const date of all) await make(date);
    await publishEdition(ports(), { newsletter, date: "2026-11-01" });
    await Promise.all(all.slice(1).map((date) => publishEdition(ports(), { newsletter, date })));
    expect(dates(await archive.newest(newsletter, 1))).toEqual([all.toReversed()]);
  });
});

test("a revision that an eventually consistent read doesn't know yet is read again", async () => {
  const asked: unknown[] = [];
  const spy = vi.spyOn(server.table.document, "send").mockImplementation(async (command: unknown) => {
    if (!(command instanceof GetCommand)) throw new Error("only Get is expected");
    asked.push(command.input.ConsistentRead);
    return {};
  });
  expect(await dynamoArchive(server.table).revision({ newsletter: "daily", date: "2026-11-23" }, 1)).toBeUndefined();
  spy.mockRestore();
  expect(asked).toEqual([false, true]);
});
