import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { readOutputs } from "#adapters/aws-account/stack.ts";
import { config } from "#broadsheet.config.ts";
import { type RunningSes, startSes } from "#local/ses/start.ts";
import { bootstrap, deploy, type Shell, shellFor } from "./deployment.ts";
import { type Emulator, freePort, isSetUp, startEmulator } from "./emulator.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const runFile = promisify(execFile);
const sender = `--table-name "$TABLE" --key '{"PK":{"S":"SENDER"},"SK":{"S":"#"}}'`;
const set = (field: string, type: "N" | "S", value: string) =>
  `aws dynamodb update-item ${sender} --update-expression 'SET #f = :v' --expression-attribute-names '{"#f":"${field}"}' --expression-attribute-values '{":v":{"${type}":"${value}"}}'`;

/** What someone does to a running system by hand, and how it is undone: doctor must name the one, and not the other. */
const faults: [fault: string, id: string, breakIt: string, undo: string][] = [
  ["an item of a newer version", "item-unreadable", set("v", "N", "2"), set("v", "N", "1")],
  [
    "a sender whose lease doesn't end",
    "sender-stuck",
    set("until", "S", "2099-01-01T00:00:00.000Z"),
    set("until", "S", "2000-01-01T00:00:00.000Z"),
  ],
  [
    "a table without backups",
    "table-unprotected",
    `aws dynamodb update-continuous-backups --table-name "$TABLE" --point-in-time-recovery-specification PointInTimeRecoveryEnabled=false`,
    `aws dynamodb update-continuous-backups --table-name "$TABLE" --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true`,
  ],
  [
    "an alarm that was silenced",
    "alarms-disarmed",
    `aws cloudwatch disable-alarm-actions --alarm-names ${config.name}-watch-silent`,
    `aws cloudwatch enable-alarm-actions --alarm-names ${config.name}-watch-silent`,
  ],
  [
    "an event of SES that could not be taken in",
    "dead-letters",
    `aws sqs send-message --queue-url "$(aws sqs get-queue-url --queue-name ${config.name}-feedback-dead --query QueueUrl --output text)" --message-body '{}'`,
    `aws sqs purge-queue --queue-url "$(aws sqs get-queue-url --queue-name ${config.name}-feedback-dead --query QueueUrl --output text)"`,
  ],
  [
    "a rule that no longer brings SES's events",
    "events-lost",
    `aws events disable-rule --name "$RULE"`,
    `aws events enable-rule --name "$RULE"`,
  ],
  [
    "keys that were deleted",
    "keys-unreadable",
    `aws secretsmanager delete-secret --secret-id "$KEYS"`,
    `aws secretsmanager restore-secret --secret-id "$KEYS"`,
  ],
];

/** Faults of a deployed system, injected by the AWS CLI as an accident would be. */
describe.skipIf(!isSetUp)("faults of a deployment in the AWS emulator (npm run setup:e2e)", () => {
  let emulator: Emulator;
  let ses: RunningSes;
  let shell: Shell;
  let folder: string;
  let names: Record<string, string>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "faults-"));
    const port = await freePort();
    ses = await startSes({ port: 0, events: { eventBridgeEndpoint: `http://127.0.0.1:${port}` } });
    emulator = await startEmulator(port, { AWS_ENDPOINT_URL_SESV2: ses.url });
    shell = shellFor(emulator.url);
    Object.assign(process.env, shell);
    await bootstrap(shell, folder);
    await deploy(shell, folder, {});
    const outputs = (await readOutputs(config.name)) ?? new Map<string, string>();
    names = { TABLE: outputs.get("TableName") ?? "", KEYS: outputs.get("KeysSecret") ?? "" };
    names.RULE = (await aws(`aws events list-rules --query "Rules[0].Name" --output text`)).trim();
    // What the emulator's CloudFormation leaves out, and the sender's item, which its first run writes.
    await aws(
      `aws dynamodb update-continuous-backups --table-name "$TABLE" --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true;
       aws dynamodb update-time-to-live --table-name "$TABLE" --time-to-live-specification Enabled=true,AttributeName=ttl;
       aws dynamodb update-table --table-name "$TABLE" --deletion-protection-enabled;
       aws dynamodb put-item --table-name "$TABLE" --item '${JSON.stringify(senderItem)}'`,
    );
  });

  afterAll(async () => {
    for (const name of Object.keys(shell ?? {})) delete process.env[name];
    await Promise.all([emulator?.stop(), ses?.close()]);
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  test.each(faults)(
    "%s is named %s, with a fix for this system",
    { timeout: 240_000 },
    async (_, id, breakIt, undo) => {
      await aws(breakIt);
      const found = (await doctor(id)).find((finding) => finding.id === id);
      expect(found?.level).toBe("fault");
      expect(found?.fix).not.toMatch(/\b(STACK|TABLE|KEYS|OPERATOR)\b/);
      for (const [, rest] of found?.fix.matchAll(/npx --no-install broadsheet ([^,;]*)/g) ?? [])
        expect(rest).toMatch(new RegExp(`^--stack ${config.name} `));
      await aws(undo);
      expect((await doctor(id)).map((finding) => finding.id)).not.toContain(id);
    },
  );

  const environment = () => ({
    ...process.env,
    ...shell,
    ...names,
    AWS_DEFAULT_REGION: shell.AWS_REGION,
    AWS_ENDPOINT_URL_SESV2: ses.url,
    AWS_PAGER: "",
    PATH: [join(root, ".e2e/bin"), process.env.PATH].join(delimiter),
  });

  async function aws(script: string): Promise<string> {
    return (await runFile("bash", ["-c", script], { cwd: root, env: environment() })).stdout;
  }

  /** The probe of events, which takes a minute or two when they are lost, only where it is asked for. */
  async function doctor(id: string): Promise<z.infer<typeof Findings>["findings"]> {
    const quick = id === "events-lost" ? [] : ["--quick"];
    const command = [join(root, "cli/broadsheet.ts"), "doctor", ...quick, "--stack", config.name, "--json"];
    const { stdout } = await runFile(process.execPath, command, { cwd: root, env: environment() }).catch(
      (error: unknown) => z.object({ stdout: z.string() }).parse(error),
    );
    return Findings.parse(JSON.parse(stdout)).findings;
  }
});

const Findings = z.object({
  findings: z.array(z.object({ id: z.string(), level: z.string(), what: z.string(), fix: z.string() })),
});

const senderItem = {
  ...{ PK: { S: "SENDER" }, SK: { S: "#" }, type: { S: "sender" }, v: { N: "1" } },
  ...{ holder: { S: "a run" }, until: { S: "2000-01-01T00:00:00.000Z" }, rate: { NULL: true }, quota: { NULL: true } },
  ...{ sent24: { NULL: true }, readAt: { NULL: true }, wakeAt: { NULL: true } },
  slow: { M: { factor: { N: "1" }, since: { N: "0" } } },
};
