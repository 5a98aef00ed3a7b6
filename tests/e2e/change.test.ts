import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { Temporal } from "temporal-polyfill";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTable } from "#adapters/dynamo/table.ts";
import { config } from "#broadsheet.config.ts";
import { copyCheckout, deployAssembly, synthesise } from "./deployment.ts";
import { isSetUp, until } from "./emulator.ts";
import { newsletter, openSlowEdition, READERS, type SlowEdition } from "./slow-edition.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const zone = config.newsletters[newsletter]?.timeZone ?? "UTC";
const today = Temporal.Now.plainDateISO(zone).toString();

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
  let system: SlowEdition;
  let assemblies: { old: string; new: string };

  beforeAll(async () => {
    system = await openSlowEdition("change");
    const { folder, shell } = system;
    assemblies = { old: join(folder, "old.out"), new: join(folder, "new.out") };
    await synthesise(shell, root, assemblies.old, {});
    await synthesise(shell, newerCheckout(join(folder, "newer")), assemblies.new, {});
    await deployAssembly(shell, assemblies.old);
    await system.addReaders();
  });

  afterAll(() => system?.close());

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
    await system.clearLetters();
    await system.startSending(date);
    await system.ask("pause", { newsletter, date });
    await until(async () => {
      const { accepted, waiting, audience } = (await system.edition(date)).counts;
      return accepted + waiting === audience;
    });
    expect(
      (await system.edition(date)).counts.waiting,
      "it was over before the deployment: send it slower",
    ).toBeGreaterThan(50);
    await deployAssembly(system.shell, assembly);
    await system.ask("resume", { newsletter, date });
    await system.waitFor(date, ({ state }) => state === "finished", 120);
    const got = (await system.letters()).map(({ to }) => to);
    expect(got).toHaveLength(READERS);
    expect(new Set(got).size).toBe(READERS);
  }

  /** The new table's name has a part that CloudFormation chose. */
  async function tableName(): Promise<string> {
    const { TableNames = [] } = await new DynamoDBClient({}).send(new ListTablesCommand({}));
    const [name] = TableNames.filter((one) => one.startsWith(`${config.name}-`));
    if (name === undefined) throw new Error(`There is no table of ${config.name}: ${TableNames.join(", ")}`);
    return name;
  }
});
