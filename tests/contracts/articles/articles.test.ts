import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { daysBetween, dynamoArticles } from "#adapters/dynamo/articles/articles.ts";
import { memoryArticles } from "#adapters/memory/articles/articles.ts";
import type { Article } from "#domain/article/article.ts";
import { startTable, type TestTable } from "../../testing/aws/dynalite.ts";

let server: TestTable;
beforeAll(async () => {
  server = await startTable();
});
afterAll(() => server.close());

const article = (id: string, seenAt: string): Article => ({
  id,
  sourceId: "gazette",
  sourceTitle: "The Gazette",
  title: `Harbour bridge opens ${id}`,
  url: `https://gazette.example/${id}`,
  guid: id,
  published: null,
  doubts: ["date-missing"],
  seenAt,
  changedAt: seenAt,
  summary: "A bridge.",
  paragraphs: ["One.", "Two."],
  author: null,
  section: null,
  language: "en",
  image: { url: "https://gazette.example/a.jpg", alt: "", width: null, height: 20 },
  archive: false,
});

/** Epoch seconds. */
const UNTIL = 2_000_000_000;

/** Each test has its own year, so one table is enough for all. */
let year = 2030;
const names = { dynamo: () => dynamoArticles(server.table), memory: () => memoryArticles() };

describe.each(Object.entries(names))("articles in %s", (_name, open) => {
  const fresh = () => {
    year += 1;
    return { store: open(), at: (rest: string) => `${year}-${rest}Z`, mark: `${year}` };
  };

  test("keeps an article once and gives it back whole", async () => {
    const { store, at } = fresh();
    const one = article("a1", at("03-01T07:00:00.000"));
    expect(await store.add(one, UNTIL)).toBe(true);
    expect(await store.add({ ...one, title: "Another" }, UNTIL)).toBe(false);
    expect(await store.read([one])).toEqual(new Map([["a1", one]]));
    expect(await store.read([{ ...one, id: "zz" }])).toEqual(new Map());
  });

  test("replaces an article only as it was read", async () => {
    const { store, at } = fresh();
    const one = article("a1", at("03-01T07:00:00.000"));
    await store.add(one, UNTIL);
    const two = { ...one, title: "Changed", changedAt: at("03-01T08:00:00.000") };
    expect(await store.replace(one, two, UNTIL)).toBe(true);
    expect(await store.replace(one, { ...one, title: "Late" }, UNTIL)).toBe(false);
    expect((await store.read([one])).get("a1")).toEqual(two);
  });

  test("an alias leads where the first claim said, until it is redirected from there", async () => {
    const { store, at, mark } = fresh();
    const [first, second] = [article("a1", at("03-01T07:00:00.000")), article("a2", at("03-02T07:00:00.000"))];
    const [a, b] = [
      { seenAt: first.seenAt, id: "a1" },
      { seenAt: second.seenAt, id: "a2" },
    ];
    expect(await store.places([`h1${mark}`])).toEqual(new Map());
    expect(await store.claim(`h1${mark}`, a, UNTIL)).toEqual({ ...a, keptUntil: UNTIL });
    expect(await store.claim(`h1${mark}`, b, UNTIL)).toEqual({ ...a, keptUntil: UNTIL });
    expect(await store.redirect(`h1${mark}`, b, a)).toBe(false);
    expect(await store.redirect(`h1${mark}`, a, b)).toBe(true);
    expect(await store.places([`h1${mark}`, `h2${mark}`, `h1${mark}`])).toEqual(
      new Map([[`h1${mark}`, { ...b, keptUntil: UNTIL }]]),
    );
  });

  test("one of many claims at once wins, and all learn which", async () => {
    const { store, at, mark } = fresh();
    const claims = Array.from({ length: 8 }, (_, n) => ({ seenAt: at("03-01T07:00:00.000"), id: `a${n}` }));
    const places = await Promise.all(claims.map((place) => store.claim(`race${mark}`, place, UNTIL)));
    expect(new Set(places.map((place) => place.id)).size).toBe(1);
  });

  test("gives what was seen after one instant and up to another, across days", async () => {
    const { store, at } = fresh();
    const times = ["03-01T07:00:00.000", "03-01T23:59:59.999", "03-02T00:00:00.000", "03-03T12:00:00.000"];
    for (const [n, time] of times.entries()) await store.add(article(`a${n}`, at(time)), UNTIL);
    const ids = async (from: string, to: string) =>
      (await store.seenBetween(at(from), at(to))).map((one) => one.id).sort();
    expect(await ids("03-01T07:00:00.000", "03-02T00:00:00.000")).toEqual(["a1", "a2"]);
    expect(await ids("02-28T00:00:00.000", "03-04T00:00:00.000")).toEqual(["a0", "a1", "a2", "a3"]);
    expect(await ids("03-03T12:00:00.000", "03-04T00:00:00.000")).toEqual([]);
  });

  test("keeps an article and its names on, and brings back nothing that is gone", async () => {
    const { store, at, mark } = fresh();
    const one = article("a1", at("03-01T07:00:00.000"));
    await store.add(one, UNTIL);
    await store.claim(`kept${mark}`, { seenAt: one.seenAt, id: one.id }, UNTIL);
    await store.keep(one, [`kept${mark}`, `gone${mark}`], UNTIL + 5);
    const places = await store.places([`kept${mark}`, `gone${mark}`]);
    expect([...places]).toEqual([[`kept${mark}`, { seenAt: one.seenAt, id: "a1", keptUntil: UNTIL + 5 }]]);
    expect(await store.read([one])).toEqual(new Map([["a1", one]]));
    await store.keep({ ...one, id: "a2" }, [], UNTIL);
    expect(await store.read([{ ...one, id: "a2" }])).toEqual(new Map());
  });

  test("reads more aliases than one request holds", async () => {
    const { store, at, mark } = fresh();
    const hashes = Array.from({ length: 230 }, (_, n) => `many${mark}-${n}`);
    const place = { seenAt: at("03-01T07:00:00.000"), id: "a1" };
    await Promise.all(hashes.map((hash) => store.claim(hash, place, UNTIL)));
    expect((await store.places(hashes)).size).toBe(230);
  });
});

test("DynamoDB is given the time by which it may delete an article and its names", async () => {
  const store = dynamoArticles(server.table);
  const { GetCommand } = await import("@aws-sdk/lib-dynamodb");
  const one = article("ttl", "2029-03-01T07:00:00.000Z");
  const ttlOf = async (PK: string, SK: string) =>
    (await server.table.document.send(new GetCommand({ TableName: server.table.name, Key: { PK, SK } }))).Item?.ttl;
  await store.add(one, UNTIL);
  await store.claim("ttl", one, UNTIL);
  expect([await ttlOf("A#2029-03-01", `${one.seenAt}#ttl`), await ttlOf("AL#ttl", "#")]).toEqual([UNTIL, UNTIL]);
  const two = { ...one, changedAt: "2029-03-01T08:00:00.000Z" };
  await store.replace(one, two, UNTIL + 1);
  expect(await ttlOf("A#2029-03-01", `${one.seenAt}#ttl`)).toBe(UNTIL + 1);
  await store.keep(one, ["ttl"], UNTIL + 2);
  expect([await ttlOf("A#2029-03-01", `${one.seenAt}#ttl`), await ttlOf("AL#ttl", "#")]).toEqual([
    UNTIL + 2,
    UNTIL + 2,
  ]);
});

test("an alias of another version is not guessed at", async () => {
  const store = dynamoArticles(server.table);
  const { PutCommand } = await import("@aws-sdk/lib-dynamodb");
  const Item = { PK: "AL#future", SK: "#", type: "alias", v: 2, seenAt: "2026-01-01T00:00:00.000Z", id: "x" };
  await server.table.document.send(new PutCommand({ TableName: server.table.name, Item }));
  await expect(store.places(["future"])).rejects.toThrow(/version 2/);
});

test("days between two instants are whole UTC days, ends included", () => {
  expect(daysBetween("2026-02-27T23:00:00.000Z", "2026-03-01T00:00:00.000Z")).toEqual([
    "2026-02-27",
    "2026-02-28",
    "2026-03-01",
  ]);
});
