import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { HeadBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { PutSuppressedDestinationCommand, SESv2Client } from "@aws-sdk/client-sesv2";
import { Temporal } from "temporal-polyfill";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { readOutputs } from "#adapters/aws-account/stack.ts";
import { config } from "#broadsheet.config.ts";
import { visit } from "./aws.ts";
import { commandsIn, copyCheckout } from "./deployment.ts";
import { isSetUp, until } from "./emulator.ts";
import { type Letter, newsletter, openSlowEdition, READERS, readers, type SlowEdition } from "./slow-edition.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const guideOf = (name: string) => readFileSync(join(root, `docs/guides/${name}.md`), "utf8");
const runFile = promisify(execFile);

const today = Temporal.Now.plainDateISO(config.newsletters[newsletter]?.timeZone ?? "UTC");
const [first, second] = [0, 1].map((days) => today.add({ days }).toString());

/**
 * What an operator does when the worst has happened, by the guides' own commands, while an edition goes out. Each test
 * goes on where the one before it ended.
 */
describe.skipIf(!isSetUp)("a deployment lost in the middle of an edition (npm run setup:e2e)", () => {
  let system: SlowEdition;
  let checkout: string;

  beforeAll(async () => {
    system = await openSlowEdition("recovery");
    checkout = copyCheckout(join(system.folder, "checkout"));
    const file = join(checkout, "cdk.json");
    const cdk = z.looseObject({ context: z.looseObject({}) }).parse(JSON.parse(readFileSync(file, "utf8")));
    const context = { ...cdk.context, emulator: "true" };
    writeFileSync(file, JSON.stringify({ ...cdk, requireApproval: "never", context }));
    await type(["npx cdk deploy"]);
    await system.addReaders();
  });

  afterAll(() => system?.close());

  test("destroyed and deployed again, it goes on with what stayed", { timeout: 600_000 }, async () => {
    const before = await outputs();
    const people = { pool: before.get("UserPool"), groups: await groupsOf(before.get("UserPool")) };
    await system.startSending(first);
    const guide = guideOf("deploy");
    const typed = commandsIn(guide, "Destroying").map((line) => line.replace(/cdk destroy$/, "$& --force"));
    expect(typed).toHaveLength(2);
    expect(await type(typed)).toContain(before.get("TableName"));
    expect((await system.edition(first).catch(() => undefined))?.state, "the system is gone").toBeUndefined();
    // A person who has an edition leaves by its link later, so the link must outlive the stack.
    const old = (await system.letters()).find(({ to }) => to !== readers[7] && to !== readers[8]);
    goOnWith({
      table: before.get("TableName"),
      keys: before.get("KeysSecret"),
      picturesBucket: before.get("PicturesBucket"),
      userPool: before.get("UserPool"),
    });
    await type(commandsIn(guide, "Deploying again"));
    const after = await outputs();
    for (const name of ["TableName", "KeysSecret", "PicturesBucket", "UserPool"])
      expect(after.get(name)).toBe(before.get(name));
    await new S3Client({ forcePathStyle: true }).send(new HeadBucketCommand({ Bucket: after.get("PicturesBucket") }));
    expect({ pool: after.get("UserPool"), groups: await groupsOf(after.get("UserPool")) }).toEqual(people);

    const counts = await sentToAll(first);
    const got = await receivers();
    expect(new Set(got).size, "no one gets it twice").toBe(got.length);
    // A call that the end of its function cut off may have been delivered: it is named, and no one is mailed again.
    expect(got.length).toBeGreaterThanOrEqual(counts.accepted);
    expect(got.length).toBeLessThanOrEqual(counts.accepted + counts.unknown);
    expect(counts.accepted + counts.unknown).toBe(READERS);

    expect((await leaveBy(old, after.get("SiteUrl") ?? "")).status).toBe(200);
    const { subscriber } = await system.ask("subscriber show", { newsletter, address: old?.to ?? "" });
    expect(subscriber.status).toBe("left");
  });

  test("restored, its table mails no one twice and knows who left since", { timeout: 600_000 }, async () => {
    await system.clearLetters();
    const [complains = "", bounces = ""] = [readers[7], readers[8]];
    // Slow enough that it still goes out while a person types.
    await setRate(6);
    await system.startSending(second);
    const known = (await system.edition(second)).counts.accepted;
    const since = new Date(Math.ceil(Date.now() / 1000) * 1000).toISOString().replace(".000Z", "Z");
    await until(async () => (await system.edition(second)).counts.accepted > known + 60);
    const site = (await outputs()).get("SiteUrl") ?? "";
    const leaving = (await system.letters()).filter(({ to }) => /^reader[1-6]\d?@/.test(to)).slice(0, 3);
    for (const letter of leaving) expect((await leaveBy(letter, site)).status).toBe(200);
    const list = new SESv2Client({ endpoint: system.ses.url });
    for (const [EmailAddress, Reason] of [
      [complains, "COMPLAINT"],
      [bounces, "BOUNCE"],
    ] as const)
      await list.send(new PutSuppressedDestinationCommand({ EmailAddress, Reason }));

    const guide = guideOf("restore");
    const steps = [1, 2, 3, 4, 5, 6, 7].map((step) => commandsIn(guide, `${step}\\. `));
    const pause = `npx --no-install broadsheet edition pause daily --stack STACK`;
    const cancel = `npx --no-install broadsheet edition cancel daily --stack STACK`;
    expect(guide).toContain(`\`${pause}\``);
    expect(guide).toContain(`\`${cancel}\``);
    steps[0]?.push(`${pause} --date ${second}`);
    // What the guide says to write into the config.
    steps[2]?.unshift(`sed -i "s|table: \\"[^\\"]*\\"|table: \\"$TABLE-restored\\"|" broadsheet.config.ts`);
    const typed = steps
      .flat()
      .map((line) => line.replaceAll("STACK", config.name).replace(/^SINCE=\S+/, `SINCE=${since}`));
    const told = await type(typed);
    expect(told).toContain("Took in again: 3 left, 1 bounced, 1 complained.");
    expect((await outputs()).get("TableName")).toMatch(/-restored$/);

    // Whatever the clock does now, the edition waits for a person: the table forgot who got it.
    const held = await system.edition(second);
    expect(held.state).toBe("held");
    expect(held.reason).toContain("restored from a backup");
    const got = await receivers();
    expect(held.counts.accepted).toBeLessThan(got.length);
    expect(new Set(got).size, "no one gets it twice").toBe(got.length);
    await type([`${cancel.replaceAll("STACK", config.name)} --date ${second}`]);
    for (const { to } of leaving) {
      const { subscriber } = await system.ask("subscriber show", { newsletter, address: to });
      expect(subscriber.status).toBe("left");
    }
  });

  /** As a shell runs the lines, in the checkout. @returns what they printed */
  async function type(lines: readonly string[]): Promise<string> {
    // Doctor finds what is so of every new account, and of this one.
    const script = lines.map((line) => (line.includes("broadsheet doctor") ? `${line} || true` : line)).join("\n");
    const env = {
      ...process.env,
      ...system.shell,
      AWS_DEFAULT_REGION: system.shell.AWS_REGION,
      AWS_ENDPOINT_URL_SESV2: system.ses.url,
      AWS_PAGER: "",
      PATH: [join(root, ".e2e/bin"), process.env.PATH].join(delimiter),
    };
    try {
      const options = { cwd: checkout, env, maxBuffer: 64 * 1024 * 1024 };
      const { stdout, stderr } = await runFile("bash", ["-ec", script], options);
      return `${stdout}${stderr}`;
    } catch (error) {
      const { stdout, stderr } = z.object({ stdout: z.string(), stderr: z.string() }).parse(error);
      throw new Error(`${script}\nfailed:\n${stdout}\n${stderr}\n${system.emulator.log()}`);
    }
  }

  /** What the guide says to write into the config. */
  function goOnWith(existing: Record<string, string | undefined>): void {
    const file = join(checkout, "broadsheet.config.ts");
    const fields = Object.entries(existing).map(([name, value]) => `${name}: "${value}"`);
    const text = readFileSync(file, "utf8");
    expect(text).toContain("defineConfig({");
    writeFileSync(file, text.replace("defineConfig({", `defineConfig({\n  existing: { ${fields.join(", ")} },`));
  }

  /** Waits until no reader waits any more. */
  async function sentToAll(date: string | undefined) {
    const isSent = ({ state, counts }: Awaited<ReturnType<SlowEdition["edition"]>>) =>
      counts.audience > 0 && counts.waiting === 0 && state !== "freezing";
    return (await system.waitFor(date, isSent, 180)).counts;
  }

  const setRate = (rate: number) =>
    fetch(`${system.ses.url}/_control/account`, { method: "PATCH", body: JSON.stringify({ rate }) });

  const outputs = async () => (await readOutputs(config.name)) ?? new Map<string, string>();

  /** The roles of the desk's people. */
  const groupsOf = async (pool: string | undefined) =>
    JSON.parse(await type([`aws cognito-idp list-groups --user-pool-id ${pool} --query "Groups[].GroupName"`]));

  /** Leaving by one click, as a mail program does; the site's name may be another than when it was sent. */
  const leaveBy = (letter: Letter | undefined, site: string) => {
    const link = letter?.headers["List-Unsubscribe"]?.match(/^<(.+)>$/)?.[1] ?? "";
    return visit(site, "POST", new URL(link).pathname, "List-Unsubscribe=One-Click");
  };

  const receivers = async () => (await system.letters()).map(({ to }) => to);
});
