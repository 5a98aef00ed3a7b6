import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { queryAll } from "#adapters/dynamo/query.ts";
import { openTable } from "#adapters/dynamo/table.ts";

/** Pages as DynamoDB may give them: the end is a missing LastEvaluatedKey, and nothing else. */

const table = openTable("test");
let asked: unknown[];
let pages: { Items?: object[]; LastEvaluatedKey?: object }[];

beforeEach(() => {
  asked = [];
  vi.spyOn(table.document, "send").mockImplementation(async (command: unknown) => {
    if (!(command instanceof QueryCommand)) throw new Error("only Query is expected");
    asked.push(command.input.ExclusiveStartKey);
    return pages.shift();
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

const query = { KeyConditionExpression: "PK = :pk", ExpressionAttributeValues: { ":pk": "P" } };

test("a query goes on after each page from where it ended, past pages without an item", async () => {
  pages = [
    { Items: [{ SK: "1" }], LastEvaluatedKey: { SK: "1" } },
    { Items: [], LastEvaluatedKey: { SK: "4" } },
    { LastEvaluatedKey: { SK: "6" } },
    { Items: [{ SK: "7" }] },
  ];
  expect(await queryAll(table, query)).toEqual([{ SK: "1" }, { SK: "7" }]);
  expect(asked).toEqual([undefined, { SK: "1" }, { SK: "4" }, { SK: "6" }]);
});

test("a query that has as many as were asked for asks no further, and gives no more", async () => {
  pages = [
    { Items: [{ SK: "1" }, { SK: "2" }], LastEvaluatedKey: { SK: "2" } },
    { Items: [{ SK: "3" }, { SK: "4" }], LastEvaluatedKey: { SK: "4" } },
  ];
  expect(await queryAll(table, query, { limit: 3 })).toEqual([{ SK: "1" }, { SK: "2" }, { SK: "3" }]);
  expect(asked).toHaveLength(2);
});
