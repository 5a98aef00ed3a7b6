import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
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
import { connect, type Invoke } from "#cli/client.ts";
import { type RunningSes, startSes } from "#local/ses/start.ts";
import { visit } from "./aws.ts";
import { bootstrap, commandsIn, copyCheckout, type Shell, shellFor } from "./deployment.ts";
import { type Emulator, freePort, isSetUp, startEmulator, until } from "./emulator.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const guideOf = (name: string) => readFileSync(join(root, `docs/guides/${name}.md`), "utf8");
const runFile = promisify(execFile);
const newsletter = "daily";
/** Few enough that no first readers are waited for. */
const READERS = 480;
/** Recipients a second: an edition takes about twenty seconds. */
const RATE = 24;
const readers = Array.from({ length: READERS }, (_, n) => `reader${n}@example.org`);

const today = Temporal.Now.plainDateISO(config.newsletters[newsletter]?.timeZone ?? "UTC");
const [first, second] = [0, 1].map((days) => today.add({ days }).toString());

const Letter = z.object({ to: z.string(), subject: z.string(), headers: z.record(z.string(), z.string()) });
type Letter = z.infer<typeof Letter>;

/**
 * What an operator does when the worst has happened, by the guides' own commands, while an edition goes out. Each test
 * goes on where the one before it ended.
 */
describe.skipIf(!isSetUp)("a deployment lost in the middle of an edition (npm run setup:e2e)", () => {
  let emulator: Emulator;
  let ses: RunningSes;
  let shell: Shell;
  let folder: string;
  let checkout: string;
  let ask: Invoke;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "recovery-"));
    const port = await freePort();
    const account = { rate: RATE };
    ses = await startSes({ port: 0, account, events: { eventBridgeEndpoint: `http://127.0.0.1:${port}` } });
    emulator = await startEmulator(port, { AWS_ENDPOINT_URL_SESV2: ses.url });
    shell = shellFor(emulator.url);
    Object.assign(process.env, shell);
    ask = connect({ data: "", stack: config.name });
    await bootstrap(shell, folder);
    checkout = copyCheckout(join(folder, "checkout"));
    const file = join(checkout, "cdk.json");
    const cdk = z.looseObject({ context: z.looseObject({}) }).parse(JSON.parse(readFileSync(file, "utf8")));
    const context = { ...cdk.context, emulator: "true" };
    writeFileSync(file, JSON.stringify({ ...cdk, requireApproval: "never", context }));
    await type(["npx cdk deploy"]);
    expect(await ask("subscriber add", { newsletter, addresses: readers })).toMatchObject({ added: READERS });
  });

  afterAll(async () => {
    for (const name of Object.keys(shell ?? {})) delete process.env[name];
    await Promise.all([emulator?.stop(), ses?.close()]);
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  test("destroyed and deployed again, it goes on with what stayed", { timeout: 600_000 }, async () => {
    const before = await outputs();
    const people = { pool: before.get("UserPool"), groups: await groupsOf(before.get("UserPool")) };
    await startSending(first);
    const guide = guideOf("deploy");
    const typed = commandsIn(guide, "Destroying").map((line) => line.replace(/cdk destroy$/, "$& --force"));
    expect(typed).toHaveLength(2);
    expect(await type(typed)).toContain(before.get("TableName"));
    expect((await edition(first).catch(() => undefined))?.state, "the system is gone").toBeUndefined();
    // A person who has an edition leaves by its link later, so the link must outlive the stack.
    const old = (await letters()).find(({ to }) => to !== readers[7] && to !== readers[8]);
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
    const { subscriber } = await ask("subscriber show", { newsletter, address: old?.to ?? "" });
    expect(subscriber.status).toBe("left");
  });

  test("restored, its table mails no one twice and knows who left since", { timeout: 600_000 }, async () => {
    await clearLetters();
    const [complains = "", bounces = ""] = [readers[7], readers[8]];
    // Slow enough that it still goes out while a person types.
    await setRate(6);
    await startSending(second);
    const known = (await edition(second)).counts.accepted;
    const since = new Date(Math.ceil(Date.now() / 1000) * 1000).toISOString().replace(".000Z", "Z");
    await until(async () => (await edition(second)).counts.accepted > known + 60);
    const site = (await outputs()).get("SiteUrl") ?? "";
    const leaving = (await letters()).filter(({ to }) => /^reader[1-6]\d?@/.test(to)).slice(0, 3);
    for (const letter of leaving) expect((await leaveBy(letter, site)).status).toBe(200);
    const list = new SESv2Client({ endpoint: ses.url });
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
    const held = await edition(second);
    expect(held.state).toBe("held");
    expect(held.reason).toContain("restored from a backup");
    const got = await receivers();
    expect(held.counts.accepted).toBeLessThan(got.length);
    expect(new Set(got).size, "no one gets it twice").toBe(got.length);
    await type([`${cancel.replaceAll("STACK", config.name)} --date ${second}`]);
    for (const { to } of leaving) {
      const { subscriber } = await ask("subscriber show", { newsletter, address: to });
      expect(subscriber.status).toBe("left");
    }
  });

  /** As a shell runs the lines, in the checkout. @returns what they printed */
  async function type(lines: readonly string[]): Promise<string> {
    // Doctor finds what is so of every new account, and of this one.
    const script = lines.map((line) => (line.includes("broadsheet doctor") ? `${line} || true` : line)).join("\n");
    const env = {
      ...process.env,
      ...shell,
      AWS_DEFAULT_REGION: shell.AWS_REGION,
      AWS_ENDPOINT_URL_SESV2: ses.url,
      AWS_PAGER: "",
      PATH: [join(root, ".e2e/bin"), process.env.PATH].join(delimiter),
    };
    try {
      const options = { cwd: checkout, env, maxBuffer: 64 * 1024 * 1024 };
      const { stdout, stderr } = await runFile("bash", ["-ec", script], options);
      return `${stdout}${stderr}`;
    } catch (error) {
      const { stdout, stderr } = z.object({ stdout: z.string(), stderr: z.string() }).parse(error);
      throw new Error(`${script}\nfailed:\n${stdout}\n${stderr}\n${emulator.log()}`);
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

  async function startSending(date: string | undefined): Promise<void> {
    await ask("draft", { newsletter, date, text: digest });
    await ask("send", { newsletter, date });
    await until(async () => (await edition(date)).counts.accepted > 40);
  }

  const edition = async (date: string | undefined) => (await ask("show", { newsletter, date })).edition;

  /** Waits until no reader waits any more. */
  async function sentToAll(date: string | undefined) {
    let last: unknown;
    return until(
      async () => {
        const { state, reason, counts } = await edition(date);
        last = { state, reason, counts };
        return counts.audience > 0 && counts.waiting === 0 && state !== "freezing" ? counts : undefined;
      },
      undefined,
      180,
    ).catch((cause: unknown) => {
      throw new Error(`${JSON.stringify(last)}\n${emulator.log()}`, { cause });
    });
  }

  const setRate = (rate: number) =>
    fetch(`${ses.url}/_control/account`, { method: "PATCH", body: JSON.stringify({ rate }) });

  const outputs = async () => (await readOutputs(config.name)) ?? new Map<string, string>();

  /** The roles of the desk's people. */
  const groupsOf = async (pool: string | undefined) =>
    JSON.parse(await type([`aws cognito-idp list-groups --user-pool-id ${pool} --query "Groups[].GroupName"`]));

  /** Leaving by one click, as a mail program does; the site's name may be another than when it was sent. */
  const leaveBy = (letter: Letter | undefined, site: string) => {
    const link = letter?.headers["List-Unsubscribe"]?.match(/^<(.+)>$/)?.[1] ?? "";
    return visit(site, "POST", new URL(link).pathname, "List-Unsubscribe=One-Click");
  };

  async function letters(): Promise<Letter[]> {
    const answer = await fetch(`${ses.inboxUrl}/messages`);
    return z
      .array(Letter)
      .parse(await answer.json())
      .filter(({ to }) => to.startsWith("reader"));
  }

  const clearLetters = () => fetch(`${ses.inboxUrl}/messages`, { method: "DELETE" });

  const receivers = async () => (await letters()).map(({ to }) => to);
});

const digest = `The ferry to the northern islands runs again on Friday, after nine winters.
The boat has 140 berths. Fares are frozen until the spring.

Bakers ask the city to count bread, not loaves
Rail union and operator agree on a four-day trial
Flooded archive dries 40,000 pages in a borrowed freezer
`;
