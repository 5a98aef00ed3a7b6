import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { type RunningSes, startSes } from "#local/ses/start.ts";
import { commandsIn, type Shell, shellFor } from "./deployment.ts";
import { type Emulator, freePort, isSetUp, startEmulator } from "./emulator.ts";
import { type Feed, serveFeed } from "./feed.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const guide = readFileSync(join(root, "docs/guides/deploy.md"), "utf8");
const runFile = promisify(execFile);

const Calls = z.array(z.looseObject({ operation: z.string(), accepted: z.number() }));

/** What no machine of its own can have: a certificate, DNS records, and Amazon's answer to a request. */
const outside = /^aws |broadsheet (dns|production-access)/;

/** What a person answers, or puts where the guide has an example. */
const answers =
  '--yes --title "Harbour News" --from news@harbour-news.org --postal-address "2 Quay, Port" --editor eva@harbour-news.org --time-zone UTC';

/**
 * The deploy guide, word for word, by someone who has just cloned the repository. Only what the emulator needs is set in
 * the clone's cdk.json, and AWS is where AWS_ENDPOINT_URL says.
 */
describe.skipIf(!isSetUp)("the deploy guide, in the AWS emulator (npm run setup:e2e)", () => {
  let emulator: Emulator;
  let ses: RunningSes;
  let feed: Feed;
  let shell: Shell;
  let clone: string;
  const times: [command: string, seconds: number][] = [];

  beforeAll(async () => {
    clone = join(mkdtempSync(join(tmpdir(), "guide-")), "broadsheet");
    execFileSync("git", ["clone", "--quiet", "--no-hardlinks", root, clone]);
    const port = await freePort();
    ses = await startSes({ port: 0, events: { eventBridgeEndpoint: `http://127.0.0.1:${port}` } });
    emulator = await startEmulator(port, { AWS_ENDPOINT_URL_SESV2: ses.url });
    feed = await serveFeed();
    feed.publish([
      "Ferry returns to the harbour",
      "Council reopens the market",
      "Storm closes two schools",
      "Museum buys a boat",
      "Baker wins a prize",
      "Bridge gets new lights",
    ]);
    shell = shellFor(emulator.url);
    const file = join(clone, "cdk.json");
    const cdk = z
      .looseObject({ context: z.record(z.string(), z.unknown()) })
      .parse(JSON.parse(readFileSync(file, "utf8")));
    const context = { ...cdk.context, emulator: "true", allowOrigins: feed.origin };
    writeFileSync(file, JSON.stringify({ ...cdk, requireApproval: "never", context }));
    writeFileSync(join(clone, "readers.txt"), "ada@example.org\ngrace@example.org\n");
  });

  afterAll(async () => {
    for (const [command, seconds] of times) console.log(`${seconds.toFixed(1).padStart(7)} s  ${command}`);
    console.log(`${sum(times).toFixed(1).padStart(7)} s  all of it`);
    await Promise.all([emulator?.stop(), ses?.close(), feed?.close()]);
    if (clone) rmSync(join(clone, ".."), { recursive: true, force: true });
  });

  const sum = (some: typeof times) => some.reduce((total, [, seconds]) => total + seconds, 0);

  /** As a shell runs the line, in the clone. @returns what it printed and its exit code */
  async function type(line: string) {
    const { AWS_REGION, ...rest } = shell;
    const env = {
      ...process.env,
      ...rest,
      AWS_REGION,
      AWS_ENDPOINT_URL_SESV2: ses.url,
      npm_config_prefer_offline: "true",
    };
    const began = performance.now();
    const ran = await runFile("sh", ["-c", line], { cwd: clone, env, maxBuffer: 64 * 1024 * 1024 }).then(
      ({ stdout, stderr }) => ({ code: 0, printed: `${stdout}${stderr}` }),
      (error: unknown) => {
        const failed = z.object({ code: z.number(), stdout: z.string(), stderr: z.string() }).parse(error);
        return { code: failed.code, printed: `${failed.stdout}${failed.stderr}` };
      },
    );
    times.push([line, (performance.now() - began) / 1000]);
    return ran;
  }

  const installedMegabytes = () =>
    Number.parseInt(execFileSync("du", ["-sm", join(clone, "node_modules")], { encoding: "utf8" }), 10);

  const filledIn = (line: string) =>
    line
      .replace(/(broadsheet init)$/, `$1 ${answers}`)
      .replace("https://example.org/feed.xml", feed.url)
      .replace("you@example.org", "eva@harbour-news.org");

  test("brings a first edition to its readers, from a fresh clone", async () => {
    const lines = ["1", "2", "3", "4", "5"].flatMap((section) => commandsIn(guide, `${section}\\. `));
    const typed = lines.filter((line) => !outside.test(line)).map(filledIn);
    expect(typed[0]).toMatch(/^npm ci/);
    expect(typed.length).toBeGreaterThan(8);
    for (const line of typed) {
      const { code, printed } = await type(line);
      // Doctor may find what is so of every new account, and of this one: it has no production access.
      if (!line.includes("doctor")) expect(code, `${line}\n${printed}\n${emulator.log()}`).toBe(0);
    }
    const calls = Calls.parse(await (await fetch(`${ses.url}/_control/calls`)).json());
    const bulk = calls.filter(({ operation }) => operation === "SendBulkEmail");
    expect(bulk.map(({ accepted }) => accepted)).toEqual([2]);
    expect(installedMegabytes(), "node_modules after the guide's npm ci").toBeLessThan(500);
    const fromInit = times.slice(times.findIndex(([line]) => line.includes("broadsheet init")));
    expect(sum(fromInit)).toBeLessThan(300);
  });

  test("a deployment without a change takes at most a minute", async () => {
    const { code, printed } = await type("npx cdk deploy");
    expect(code, printed).toBe(0);
    expect(printed).toMatch(/no changes/);
    expect(times.at(-1)?.[1]).toBeLessThan(60);
  });
});
