import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { beforeAll, expect, test } from "vitest";
import { memoryConsent } from "#adapters/memory/audience/consent.ts";
import { memoryErasure, memorySubscribers } from "#adapters/memory/audience/subscribers.ts";
import { memoryArchive } from "#adapters/memory/editions/archive.ts";
import { memoryEditions } from "#adapters/memory/editions/editions.ts";
import { memoryWorth } from "#adapters/memory/editions/worth.ts";
import { deliveryStore } from "#adapters/memory/store.ts";
import { defineConfig } from "#domain/config.ts";
import { EditionState } from "#domain/edition/edition.ts";
import { newEdition } from "#domain/edition/states.ts";
import { site } from "#functions/site/app.ts";
import { renderDigest } from "#templates/email/digest.ts";
import { publishEdition } from "#usecases/editions/publishing/publish.ts";
import { look, usual } from "../../testing/editions/editions.ts";

const now = "2026-11-30T07:00:00.000Z";
const newsletter = "daily";
const from = { name: "Ed", address: "ed@example.com" };
const config = defineConfig({
  newsletters: { [newsletter]: { title: "The Daily", from, postalAddress: "1 Street" } },
});
const dateOf = (day: number) => new Date(Date.UTC(2026, 7, 1 + day)).toISOString().slice(0, 10);

const store = deliveryStore();
const editions = memoryEditions(store);
const archive = memoryArchive(store);
/** The newest editions have one state each; the months before are full, and more than a page may read. */
const DAYS = 122;
const dates = new Map(EditionState.options.map((state, at) => [state, dateOf(DAYS - 1 - at)]));

beforeAll(async () => {
  for (let day = 0; day < DAYS; day += 1) {
    const date = dateOf(day);
    // Lines that no compression can take together.
    const line = createHash("sha512").update(date).digest("base64");
    const content = { ...usual, newsletter, date, subject: line, preheader: line };
    const state = [...dates].find(([, of]) => of === date)?.[0] ?? "finished";
    const edition = { ...newEdition({ newsletter, date, now, rev: 1, cutoff: null }), state, frozenAt: now };
    await editions.create({ ...edition, published: true, frozen: 10_050 });
    await editions.putRevision(edition, { rev: 1, at: now, content, email: renderDigest(content, look) });
    await publishEdition({ editions, archive, now: () => now, languageOf: () => "en" }, { newsletter, date });
  }
});

/** What the table counts: bytes of an item as it is stored; revisions and months are compressed. */
const stored = (item: unknown) => Buffer.byteLength(JSON.stringify(item));
const compressed = (item: unknown) => gzipSync(JSON.stringify(item)).length + 100;

function openMeter() {
  const read = { items: 0, bytes: 0 };
  const note = (found: readonly unknown[], size: (item: unknown) => number) => {
    read.items += found.length;
    read.bytes += found.reduce<number>((sum, item) => sum + size(item), 0);
  };
  const noted = <T>(found: T | undefined, size = stored) => {
    note(found === undefined ? [] : [found], size);
    return found;
  };
  const all = <T extends readonly unknown[]>(found: T) => {
    note(found, compressed);
    return found;
  };
  const counting: Parameters<typeof site>[0]["archive"] = {
    edition: async (key) => noted(await archive.edition(key)),
    revision: async (key, rev) => noted(await archive.revision(key, rev), compressed),
    newest: async (...of) => all(await archive.newest(...of)),
    from: async (...of) => all(await archive.from(...of)),
    search: async (...of) => all(await archive.search(...of)),
  };
  const away = new Proxy(memorySubscribers(new Map()), {
    get: () => () => Promise.reject(new Error("a public page reads no reader")),
  });
  const app = site({
    config,
    siteUrl: "https://news.example",
    picturesUrl: "https://news.example",
    archive: counting,
    subscribers: { ...memoryErasure(new Map()), get: away.get, write: away.write },
    consent: memoryConsent(),
    worth: memoryWorth(),
    requests: { put: async () => undefined },
    keys: async () => ({ id: "k1", key: "a secret of at least thirty-two letters" }),
    now: () => now,
    left: () => undefined,
    newReference: () => "ref",
    log: () => undefined,
  });
  return {
    read,
    get: (path: string) => app.fetch(new Request(`https://news.example${path}`), { address: "192.0.2.1" }),
  };
}

test.each([
  ...["/", "/daily", "/daily/2026-11", "/daily/2026-10", "/daily/feed.xml"].map((path) => [path, 200] as const),
  ...EditionState.options.map((state) => [state, null] as const),
])("%s is read from at most two items and 16 KB, whatever its edition's state", async (name, status) => {
  const { read, get } = openMeter();
  const date = [...dates].find(([state]) => state === name)?.[1];
  const path = date === undefined ? name : `/daily/${date}`;
  const answer = await get(path);
  if (status === null) expect([200, 404, 410]).toContain(answer.status);
  else expect(answer.status).toBe(status);
  expect(read.items).toBeGreaterThan(path === "/" ? -1 : 0);
  expect(read.items).toBeLessThanOrEqual(2);
  expect(read.bytes).toBeLessThanOrEqual(16 * 1024);
});
