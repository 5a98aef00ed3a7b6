import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { BatchWriteCommand } from "@aws-sdk/lib-dynamodb";
import { toSubscriberItem } from "#adapters/dynamo/audience/subscriber-item.ts";
import { dynamoSubscribers } from "#adapters/dynamo/audience/subscribers.ts";
import { dynamoLedger } from "#adapters/dynamo/delivery/ledger.ts";
import { dynamoEditions } from "#adapters/dynamo/editions/editions.ts";
import { openTable } from "#adapters/dynamo/table.ts";
import type { Subscriber } from "#domain/audience/subscriber.ts";
import { localAws } from "#local/aws.ts";
import { ensureTable } from "#local/data/table.ts";
import { readersOf, type Stores } from "./engine.ts";
import { bareLoop, type EngineRun, medianBy, type Run, startChild, wholeEngine } from "./runs.ts";

/**
 * The processor time of the sender's process with the adapters that it has in a deployment: the SDK's clients of the
 * table and of SES, both in processes of their own.
 */

const READERS = 10_000;
const DYNAMO_WRITES = 25;

type SenderFigures = {
  /** In a new process, as a sender's first minute is, and once its code is compiled. */
  first: Run;
  /** Microseconds a reader to freeze the audience, warm. */
  freeze: number;
  warm: Run;
  /** The calls to SES alone, warm. */
  bare: Run;
};

async function senderFigures(runs = 4): Promise<SenderFigures> {
  const [ses, table] = await Promise.all([startChild("./bare-ses.ts", "60"), startChild("./table.ts")]);
  try {
    const engine = (run: number) =>
      withTable(table.url, `run${run}`, (stores, readers) => wholeEngine(ses.url, readers, stores));
    const first = await engine(0);
    const warm: EngineRun[] = [];
    const bare: Run[] = [];
    for (let run = 1; run <= runs; run++) {
      warm.push(await engine(run));
      bare.push(await bareLoop(ses.url, READERS));
    }
    const freeze = Math.min(...warm.map((run) => run.freeze));
    return { first, freeze, warm: medianBy(warm, "cpu"), bare: medianBy(bare, "cpu") };
  } finally {
    ses.stop();
    table.stop();
  }
}

async function withTable<T>(
  endpoint: string,
  name: string,
  work: (stores: Stores, readers: Subscriber[]) => Promise<T>,
) {
  await ensureTable(endpoint, name);
  const client = new DynamoDBClient({ ...localAws, endpoint });
  const table = openTable(name, client);
  const readers = readersOf(READERS);
  for (let n = 0; n < readers.length; n += DYNAMO_WRITES) {
    const puts = readers
      .slice(n, n + DYNAMO_WRITES)
      .map((reader) => ({ PutRequest: { Item: toSubscriberItem(reader) } }));
    await table.document.send(new BatchWriteCommand({ RequestItems: { [name]: puts } }));
  }
  try {
    return await work(
      { editions: dynamoEditions(table), ledger: dynamoLedger(table), subscribers: dynamoSubscribers(table) },
      readers,
    );
  } finally {
    client.destroy();
  }
}

/** Milliseconds a batch, once compiled. */
const most = 8;

export async function reportSender(): Promise<boolean> {
  const { first, freeze, warm, bare } = await senderFigures();
  const line = (what: string, { cpu }: Run) =>
    console.log(`  ${what.padEnd(34)} ${cpu.toFixed(1).padStart(5)} ms CPU a batch`);
  console.log(`The sender with its adapters: at most ${most} ms of processor time a batch of 50, an email of 40 KB`);
  line("its first 200 batches", first);
  line("once its code is compiled", warm);
  line("the calls to SES alone, compiled", bare);
  console.log(`  the freeze before                  ${freeze.toFixed(0).padStart(5)} µs CPU a reader`);
  return warm.cpu <= most;
}

if (import.meta.main) process.exitCode = (await reportSender()) ? 0 : 1;
