import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { Temporal } from "temporal-polyfill";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { openTable } from "#adapters/dynamo/table.ts";
import { config } from "#broadsheet.config.ts";
import { connect, type Invoke } from "#cli/client.ts";
import { type RunningSes, startSes } from "#local/ses/start.ts";
import { bootstrap, copyCheckout, deployAssembly, type Shell, shellFor, synthesise } from "./deployment.ts";
import { type Emulator, freePort, isSetUp, startEmulator, until } from "./emulator.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const newsletter = "daily";
const zone = config.newsletters[newsletter]?.timeZone ?? "UTC";
const today = Temporal.Now.plainDateISO(zone).toString();
/** Few enough that no first readers are waited for. */
const READERS = 480;
/** Recipients a second: an edition takes about twenty seconds. */
const RATE = 24;

/** A newer version writes a field of its own into every item. */
const newer = {
  file: "adapters/dynamo/table.ts",
  from: "return { ...body, ",
  to: "return { ...body, addedLater: { by: 2 }, ",
};

/** This checkout, as a newer version of it. */
function newerCheckout(copy: string): string {
  copyCheckout(copy);
  const source = readFileSync(join(copy, newer.file), "utf8");
  expect(source).toContain(newer.from);
  writeFileSync(join(copy, newer.file), source.replace(newer.from, newer.to));
  return copy;
}

/** Upgrade and rollback while an edition goes out. Each test goes on where the one before it ended. */
describe.skipIf(!isSetUp)("a deployment changed in the middle of an edition (npm run setup:e2e)", () => {
  let emulator: Emulator;
  let ses: RunningSes;
  let shell: Shell;
  let folder: string;
  let ask: Invoke;
  let assemblies: { old: string; new: string };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "change-"));
    const port = await freePort();
    const account = { rate: RATE };
    ses = await startSes({ port: 0, account, events: { eventBridgeEndpoint: `http://127.0.0.1:${port}` } });
    emulator = await startEmulator(port, { AWS_ENDPOINT_URL_SESV2: ses.url });
    shell = shellFor(emulator.url);
    Object.assign(process.env, shell);
    ask = connect({ data: "", stack: config.name });
    assemblies = { old: join(folder, "old.out"), new: join(folder, "new.out") };
    await bootstrap(shell, folder);
    await synthesise(shell, root, assemblies.old, {});
    await synthesise(shell, newerCheckout(join(folder, "newer")), assemblies.new, {});
    await deployAssembly(shell, assemblies.old);
    const addresses = Array.from({ length: READERS }, (_, n) => `reader${n}@example.org`);
    expect(await ask("subscriber add", { newsletter, addresses })).toMatchObject({ added: READERS });
  });

  afterAll(async () => {
    for (const name of Object.keys(shell ?? {})) delete process.env[name];
    await Promise.all([emulator?.stop(), ses?.close()]);
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  test("an upgrade: the newer version goes on where the older one was", async () => {
    await sendAndChange(today, assemblies.new);
  });

  test("a rollback: the older version goes on with what the newer one wrote", async () => {
    const date = Temporal.PlainDate.from(today).add({ days: 1 }).toString();
    await sendAndChange(date, assemblies.old);
    const { document, name: TableName } = openTable(await tableName());
    const items = new QueryCommand({
      TableName,
      KeyConditionExpression: "PK = :edition",
      ExpressionAttributeValues: { ":edition": `E#${newsletter}#${date}` },
    });
    const written = (await document.send(items)).Items ?? [];
    const byNewer = written.filter(({ addedLater }) => addedLater !== undefined).map(({ type }) => type);
    expect(byNewer, "what the newer version wrote").toEqual(expect.arrayContaining(["revision", "group"]));
  });

  /**
   * Deploys once the first readers have the edition. It is paused for that: the emulator ends a function that runs when
   * it gets new code, and AWS lets it finish its calls.
   */
  async function sendAndChange(date: string, assembly: string): Promise<void> {
    await fetch(`${ses.inboxUrl}/messages`, { method: "DELETE" });
    await ask("draft", { newsletter, date, text: digest });
    await ask("send", { newsletter, date });
    await until(async () => (await edition(date)).counts.accepted > 40);
    await ask("pause", { newsletter, date });
    await until(async () => {
      const { accepted, waiting, audience } = (await edition(date)).counts;
      return accepted + waiting === audience;
    });
    expect((await edition(date)).counts.waiting, "it was over before the deployment: send it slower").toBeGreaterThan(
      50,
    );
    await deployAssembly(shell, assembly);
    await ask("resume", { newsletter, date });
    let last: unknown;
    await until(
      async () => {
        const { state, reason, counts } = await edition(date);
        last = { state, reason, counts };
        return state === "finished";
      },
      () => undefined,
      120,
    ).catch((cause: unknown) => {
      throw new Error(`${JSON.stringify(last)}\n${emulator.log()}`, { cause });
    });
    const letters = z.array(z.object({ to: z.string() })).parse(await (await fetch(`${ses.inboxUrl}/messages`)).json());
    const got = letters.map(({ to }) => to).filter((to) => to.startsWith("reader"));
    expect(got).toHaveLength(READERS);
    expect(new Set(got).size).toBe(READERS);
  }

  const edition = async (date: string) => (await ask("show", { newsletter, date })).edition;

  /** The new table's name has a part that CloudFormation chose. */
  async function tableName(): Promise<string> {
    const { TableNames = [] } = await new DynamoDBClient({}).send(new ListTablesCommand({}));
    const [name] = TableNames.filter((one) => one.startsWith(`${config.name}-`));
    if (name === undefined) throw new Error(`There is no table of ${config.name}: ${TableNames.join(", ")}`);
    return name;
  }
});

const digest = `The ferry to the northern islands runs again on Friday, after nine winters.
The boat has 140 berths. Fares are frozen until the spring.

Bakers ask the city to count bread, not loaves
Rail union and operator agree on a four-day trial
Flooded archive dries 40,000 pages in a borrowed freezer
`;
