import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { dynamoArticles } from "#adapters/dynamo/articles/articles.ts";
import { memoryArticles } from "#adapters/memory/articles/articles.ts";
import type { Article } from "#domain/article/article.ts";
import { excerptOf, textName } from "#domain/article/excerpt.ts";
import { startTable, type TestTable } from "../../testing/aws/dynalite.ts";
import { article as short } from "../../testing/editions/edition-fixtures.ts";

let server: TestTable;
beforeAll(async () => {
  server = await startTable("broadsheet");
});
afterAll(() => server.close());

const paragraphs = Array.from({ length: 6 }, (_, n) => `Paragraph ${n} says this. `.repeat(40).trim());
/** Each test has its own day, so one table is enough for all. */
const long = (day: string, n = 1, over: Partial<Article> = {}): Article =>
  short(n, { seenAt: `${day}T07:00:00.000Z`, changedAt: `${day}T07:00:00.000Z`, paragraphs, ...over });
const placeOf = ({ seenAt, id, text }: Article) => ({ seenAt, id, text: text ?? "" });
/** Epoch seconds. */
const UNTIL = 2_000_000_000;

const stores = { dynamo: () => dynamoArticles(server.table), memory: () => memoryArticles() };
describe.each(Object.entries(stores))("long texts in %s", (_name, open) => {
  test("are read when they are asked for", async () => {
    const store = open();
    const one = long("2031-01-01");
    expect(await store.add(one, UNTIL)).toBe(true);
    const excerpt = excerptOf(one);
    expect(excerpt.text).toBe(textName(paragraphs));
    expect(await store.seenBetween("2031-01-01T00:00:00.000Z", "2031-01-02T00:00:00.000Z")).toEqual([excerpt]);
    expect(await store.read([one])).toEqual(new Map([[one.id, excerpt]]));
    expect(await store.texts([placeOf(excerpt)])).toEqual(new Map([[one.id, paragraphs]]));
    expect(await store.texts([{ ...placeOf(excerpt), text: "another" }])).toEqual(new Map());
  });

  test("change with their article, and short ones stay with it", async () => {
    const store = open();
    const one = long("2031-01-02");
    await store.add(one, UNTIL);
    const before = excerptOf(one);
    const after = { ...one, paragraphs: [...paragraphs, "And then."], changedAt: "2031-01-02T08:00:00.000Z" };
    expect(await store.replace(before, after, UNTIL)).toBe(true);
    const read = (await store.read([one])).get(one.id);
    expect(read).toEqual(excerptOf(after));
    expect((await store.texts([placeOf(excerptOf(after))])).get(one.id)).toEqual(after.paragraphs);
    const brief = { ...after, paragraphs: ["Gone."], changedAt: "2031-01-02T09:00:00.000Z" };
    expect(await store.replace(excerptOf(after), brief, UNTIL)).toBe(true);
    expect((await store.read([one])).get(one.id)).toEqual(brief);
  });
});

describe("long texts in DynamoDB", () => {
  const itemOf = async (article: Article, text: string) => {
    const Key = { PK: `A#${article.seenAt.slice(0, 10)}`, SK: `T#${article.seenAt}#${article.id}#${text}` };
    return (await server.table.document.send(new GetCommand({ TableName: server.table.name, Key }))).Item;
  };

  test("expire with their article, and a day after they were replaced", async () => {
    const store = dynamoArticles(server.table);
    const one = long("2031-02-01");
    await store.add(one, UNTIL);
    const excerpt = excerptOf(one);
    const name = textName(paragraphs);
    expect((await itemOf(one, name))?.ttl).toBe(UNTIL);
    await store.keep(excerpt, [], UNTIL + 700_000);
    expect((await itemOf(one, name))?.ttl).toBe(UNTIL + 700_000);
    const other = { ...one, paragraphs: paragraphs.toReversed(), changedAt: "2031-02-02T00:00:00.000Z" };
    await store.replace(excerpt, other, UNTIL + 1_400_000);
    expect((await itemOf(one, name))?.ttl).toBe(Date.parse("2031-02-03T00:00:00.000Z") / 1000);
    expect((await itemOf(one, textName(other.paragraphs)))?.ttl).toBe(UNTIL + 1_400_000);
  });

  test("that someone put again at once don't expire", async () => {
    const store = dynamoArticles(server.table);
    const one = long("2031-02-03");
    await store.add(one, UNTIL);
    const other = { ...one, paragraphs: paragraphs.toReversed(), changedAt: "2031-02-03T08:00:00.000Z" };
    await store.replace(excerptOf(one), other, UNTIL + 5);
    expect((await itemOf(one, textName(paragraphs)))?.ttl).toBe(UNTIL);
  });

  test("are there before an article names them", async () => {
    const one = long("2031-02-04");
    const store = dynamoArticles(server.table);
    const { document } = server.table;
    const send = document.send.bind(document);
    const spy = vi.spyOn(document, "send").mockImplementation(async (command: unknown) => {
      if (!(command instanceof PutCommand)) throw new Error("only puts are expected");
      if (command.input.Item?.type === "article-text") {
        await new Promise((wake) => setTimeout(wake, 50));
        throw new Error("throttled");
      }
      return send(command);
    });
    const adding = store.add(one, UNTIL);
    await expect(adding).rejects.toThrow("throttled");
    spy.mockRestore();
    expect(await store.read([one])).toEqual(new Map());
  });

  test("of articles that were stored whole are read as they are", async () => {
    const store = dynamoArticles(server.table);
    const old = long("2031-02-05");
    const Item = { ...old, PK: "A#2031-02-05", SK: `${old.seenAt}#${old.id}`, type: "article", v: 1 };
    await server.table.document.send(new PutCommand({ TableName: server.table.name, Item }));
    expect((await store.read([old])).get(old.id)).toEqual(old);
    const changed = { ...old, title: "Another", changedAt: "2031-02-05T08:00:00.000Z" };
    expect(await store.replace(old, changed, UNTIL)).toBe(true);
    expect((await store.read([old])).get(old.id)).toEqual(excerptOf(changed));
    expect((await store.texts([placeOf(excerptOf(changed))])).get(old.id)).toEqual(paragraphs);
  });

  test("of a later version aren't guessed at", async () => {
    const store = dynamoArticles(server.table);
    const one = long("2031-02-06");
    const Item = { ...one, PK: "A#2031-02-06", SK: `${one.seenAt}#${one.id}`, type: "article", v: 3 };
    await server.table.document.send(new PutCommand({ TableName: server.table.name, Item }));
    await expect(store.read([one])).rejects.toThrow(/version 3/);
  });
});
