import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { type RunningSes, startSes } from "#local/ses/start.ts";
import { cdk, shellFor } from "./deployment.ts";
import { type Emulator, freePort, isSetUp, startEmulator } from "./emulator.ts";
import { claims } from "./trial/claims.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const runFile = promisify(execFile);

describe("the trial on AWS", () => {
  test("does nothing without --yes, and says what it would do", async () => {
    const { stdout } = await trial(["--sender", "eva@harbour-news.org"]);
    expect(stdout).toMatch(/60 mails to SES's mailbox simulator, at most \$0\.0\d, in the AWS account/);
    expect(stdout).toContain("Nothing was done. Give --yes to begin.");
  });

  test("doesn't begin what could cost more than its limit", async () => {
    const begun = trial(["--sender", "eva@harbour-news.org", "--limit", "0.01", "--yes"]);
    await expect(begun).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/Not begun: it could cost \$0\.0\d/),
    });
  });
});

describe.skipIf(!isSetUp)("the trial in the AWS emulator (npm run setup:e2e)", () => {
  let emulator: Emulator;
  let ses: RunningSes;
  let folder: string;
  let shell: ReturnType<typeof shellFor>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "trial-"));
    const port = await freePort();
    ses = await startSes({ port: 0, events: { eventBridgeEndpoint: `http://127.0.0.1:${port}` } });
    emulator = await startEmulator(port, { AWS_ENDPOINT_URL_SESV2: ses.url });
    shell = shellFor(emulator.url);
    await cdk(shell, folder, "bootstrap", `aws://${shell.CDK_DEFAULT_ACCOUNT}/${shell.AWS_REGION}`);
  });

  afterAll(async () => {
    await Promise.all([emulator?.stop(), ses?.close()]);
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  test("deploys, sends, looks, says what is not proven, and leaves nothing behind", async () => {
    const report = join(folder, "report.md");
    const options = ["--sender", "eva@harbour-news.org", "--yes", "--minutes", "4", "--report", report];
    const ran = await trial(options, { ...shell, AWS_ENDPOINT_URL_SESV2: ses.url }).catch((error: unknown) => error);
    const written = readFileSync(report, "utf8");
    const said = `${written}\n${JSON.stringify(ran, null, 1)}\n${emulator.log()}`;
    expect(written, said).toContain("it proves that the trial runs, and nothing about AWS");
    expect(written, said).not.toContain("It ended early");
    expect(written, said).toContain("All that it made is gone.");
    for (const { claim } of claims) expect(written).toContain(`| ${claim} |`);
    for (const seen of ["Each SES event carries", "CloudFormation accepts"]) {
      expect(written, said).toMatch(new RegExp(`^\\| ${seen}.* \\| seen in the emulator: `, "m"));
    }
    expect(written).toContain(`Not proven by this run: ${claims.length} of ${claims.length}`);
    const tables = await new DynamoDBClient({
      endpoint: emulator.url,
      region: shell.AWS_REGION,
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    }).send(new ListTablesCommand({}));
    expect(tables.TableNames).toEqual([]);
  });
});

const Failed = z.object({ code: z.number(), stdout: z.string(), stderr: z.string() });

/** `npm run trial:aws -- …`. @throws its exit code and what it printed */
async function trial(options: string[], env: Record<string, string> = {}) {
  const { AWS_ENDPOINT_URL: _, ...rest } = process.env;
  const command = [join(root, "tests/e2e/trial/run.ts"), ...options];
  try {
    return await runFile(process.execPath, command, {
      cwd: root,
      env: { ...rest, ...env },
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch (error) {
    throw Failed.parse(error);
  }
}
