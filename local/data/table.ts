import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ResourceInUseException,
  ResourceNotFoundException,
} from "@aws-sdk/client-dynamodb";
import { localAws } from "../aws.ts";

/** Makes the table as infra/ deploys it, if it is not there: two string keys, on demand. Waits until it is active. */
export async function ensureTable(endpoint: string, name: string): Promise<void> {
  const client = new DynamoDBClient({ ...localAws, endpoint });
  try {
    if ((await status(client, name)) === undefined) await create(client, name);
    for (let waits = 0; (await status(client, name)) !== "ACTIVE"; waits += 1) {
      if (waits === 200) throw new Error(`The table ${name} at ${endpoint} does not become active.`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  } finally {
    client.destroy();
  }
}

async function status(client: DynamoDBClient, name: string): Promise<string | undefined> {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: name }))).Table?.TableStatus;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

async function create(client: DynamoDBClient, name: string): Promise<void> {
  try {
    await client.send(
      new CreateTableCommand({
        TableName: name,
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
  } catch (error) {
    // Another part made it at the same time.
    if (!(error instanceof ResourceInUseException)) throw error;
  }
}
