import { randomUUID } from "node:crypto";
import type { Server } from "node:http";
import { createRequire } from "node:module";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { openTable, type Table } from "#adapters/dynamo/table.ts";

/** dynalite ships no types. */
const dynalite: (options: { createTableMs: number }) => Server = createRequire(import.meta.url)("dynalite");

export type TestTable = { table: Table; client: DynamoDBClient; endpoint: string; close: () => Promise<void> };

/**
 * An empty table in an in-process dynalite on a free port, or at the endpoint in CONTRACTS_DYNAMODB, which
 * tests/e2e/contracts.test.ts sets to the AWS emulator's.
 */
export async function startTable(name = "test"): Promise<TestTable> {
  const elsewhere = process.env.CONTRACTS_DYNAMODB;
  if (elsewhere !== undefined) return tableAt(elsewhere, `${name}-${randomUUID()}`, async () => {});
  const server = dynalite({ createTableMs: 0 });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("dynalite has no port");
  return tableAt(
    `http://127.0.0.1:${address.port}`,
    name,
    () => new Promise((resolve) => server.close(() => resolve())),
  );
}

async function tableAt(endpoint: string, name: string, stop: () => Promise<void>): Promise<TestTable> {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const client = new DynamoDBClient({ endpoint, region: "us-east-1", credentials });
  await createTable(client, name);
  const close = async () => {
    client.destroy();
    await stop();
  };
  return { table: openTable(name, client), client, endpoint, close };
}

async function createTable(client: DynamoDBClient, TableName: string) {
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [
        { AttributeName: "PK", AttributeType: "S" },
        { AttributeName: "SK", AttributeType: "S" },
      ],
      KeySchema: [
        { AttributeName: "PK", KeyType: "HASH" },
        { AttributeName: "SK", KeyType: "RANGE" },
      ],
    }),
  );
}
