import { setTimeout as sleep } from "node:timers/promises";
import { CloudWatchClient, GetMetricStatisticsCommand, ListMetricsCommand } from "@aws-sdk/client-cloudwatch";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import * as z from "zod";
import type { Invoke } from "#cli/client.ts";
import { keysAt, StoredKeys } from "#domain/audience/tokens/keys.ts";
import { subscriberId, unsubscribeToken } from "#domain/audience/tokens/token.ts";
import { sitePaths } from "#domain/site-paths.ts";
import { contracts } from "#functions/index.ts";
import type { ClaimId } from "./claims.ts";
import { newsletter, recipients, stackName, unverified } from "./settings.ts";

/** `seen`: it is so. `refuted`: it isn't. `open`: this run couldn't tell, and `what` says why. */
export type Look = { id: ClaimId; result: "seen" | "refuted" | "open"; what: string };

/** The trial's edition as it was sent, and where. */
export type Trial = {
  ask: Invoke;
  date: string;
  outputs: ReadonlyMap<string, string>;
  account: { sandbox: boolean; rate: number };
  /** Epoch milliseconds. */
  sentAt: number;
  finishedAt: number;
  /** Milliseconds that what comes later may take. */
  patience: number;
};

export const look = (id: ClaimId, holds: boolean, what: string): Look => ({
  id,
  result: holds ? "seen" : "refuted",
  what,
});
export const open = (id: ClaimId, what: string): Look => ({ id, result: "open", what });

/** Asks again every five seconds until it is so; the last answer otherwise. */
async function patiently<T>(patience: number, ask: () => Promise<T>, isSo: (answer: T) => boolean): Promise<T> {
  const end = Date.now() + patience;
  let answer = await ask();
  while (!isSo(answer) && Date.now() < end) {
    await sleep(5_000);
    answer = await ask();
  }
  return answer;
}

/** What SES told of the simulator's bounces and complaints has reached those deliveries, by our tags and the message id. */
export async function lookAtEvents({ ask, date, patience }: Trial): Promise<Look> {
  const wanted = recipients.bounced.length + recipients.complained.length;
  const told = await patiently(
    patience,
    async () => {
      const { deliveries } = await ask("deliveries", { newsletter, date });
      return deliveries.filter(({ after }) => after === "hard-bounce" || after === "complaint");
    },
    ({ length }) => length >= wanted,
  );
  const withId = told.filter(({ messageId }) => messageId !== null);
  return look("events", told.length === wanted && withId.length === wanted, `${told.length} of ${wanted} arrived.`);
}

/** How long the edition took for its readers, against what SES allows. */
export async function lookAtRate({ ask, date, account, sentAt, finishedAt }: Trial): Promise<Look> {
  const { counts } = await ask("follow", { newsletter, date });
  const seconds = (finishedAt - sentAt) / 1000;
  const what = `${counts.accepted} of ${counts.audience} accepted in ${seconds.toFixed(0)} s; SES allows ${account.rate} a second.`;
  if (account.rate < 14) return open("rate", `${what} Only an account with 14 a second or more can tell.`);
  return look("rate", counts.held === 0 && counts.failed === 0, what);
}

/** Called where the account is in the sandbox: the unverified address was in the audience. */
export async function lookAtSandbox({ ask, account }: Trial): Promise<Look> {
  if (!account.sandbox) return open("sandbox", "The account has left the sandbox, so no unverified address was asked.");
  const { deliveries } = await ask("subscriber show", { newsletter, address: unverified });
  const said = JSON.stringify(deliveries.map(({ state, after }) => ({ state, after })));
  return look("sandbox", /refused|failed|held/.test(said), `The unverified address: ${said}.`);
}

/** A POST as a mail program sends it, to the link of a reader of the simulator. */
export async function lookAtOneClick({ ask, outputs }: Trial): Promise<Look> {
  const [address = ""] = recipients.delivered;
  const get = new GetSecretValueCommand({ SecretId: outputs.get("KeysSecret") ?? "" });
  const { SecretString = "" } = await new SecretsManagerClient({}).send(get);
  const keys = keysAt(StoredKeys.parse(JSON.parse(SecretString)), Date.now());
  const token = unsubscribeToken(keys, { newsletter, id: subscriberId(keys, newsletter, address) });
  const answer = await fetch(`${outputs.get("SiteUrl")}${sitePaths.oneClick(token)}`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: "List-Unsubscribe=One-Click",
  });
  const { subscriber } = await ask("subscriber show", { newsletter, address });
  return look("one-click", subscriber.status === "left", `HTTP ${answer.status}; the reader is ${subscriber.status}.`);
}

/** Metrics appear some minutes after the log line. */
export async function lookAtMetrics({ patience }: Trial): Promise<Look> {
  const client = new CloudWatchClient({});
  const Namespace = `Broadsheet/${stackName}`;
  const names = await patiently(
    patience,
    async () => {
      const { Metrics = [] } = await client.send(new ListMetricsCommand({ Namespace }));
      return new Set(Metrics.map(({ MetricName = "" }) => MetricName));
    },
    (found) => found.has("accepted"),
  );
  return look("metrics", names.has("accepted"), `${Namespace} has: ${[...names].sort().join(", ") || "nothing"}.`);
}

/** A function that IAM refuses an item ends with an error. */
export async function lookAtPermissions({ sentAt, finishedAt }: Trial): Promise<Look> {
  const client = new CloudWatchClient({});
  const sums = await Promise.all(
    contracts.map(async ({ name }) => {
      const { Datapoints = [] } = await client.send(
        new GetMetricStatisticsCommand({
          Namespace: "AWS/Lambda",
          MetricName: "Errors",
          Dimensions: [{ Name: "FunctionName", Value: `${stackName}-${name}` }],
          StartTime: new Date(sentAt - 600_000),
          EndTime: new Date(finishedAt + 600_000),
          Period: 3600,
          Statistics: ["Sum"],
        }),
      );
      return { name, points: Datapoints.length, errors: Datapoints.reduce((sum, { Sum = 0 }) => sum + Sum, 0) };
    }),
  );
  const ran = sums.filter(({ points }) => points > 0).map(({ name }) => name);
  const failed = sums.filter(({ errors }) => errors > 0).map(({ name, errors }) => `${name} (${errors})`);
  if (ran.length === 0) return open("permissions", "CloudWatch has no figures of the functions yet.");
  const all = `Without an error: ${ran.join(", ")}. The desk's pages are seen only when a person opens them.`;
  return look("permissions", failed.length === 0, failed.length === 0 ? all : `With errors: ${failed.join(", ")}.`);
}

const Report = z.object({
  type: z.literal("platform.report"),
  record: z.object({ metrics: z.object({ initDurationMs: z.number().optional(), maxMemoryUsedMB: z.number() }) }),
});

/** The line that Lambda logs of an invocation, from one of command that is new. */
export async function lookAtStart(): Promise<Look> {
  const client = new LambdaClient({});
  const { LogResult = "" } = await client.send(
    new InvokeCommand({ FunctionName: `${stackName}-command`, LogType: "Tail", Payload: '{"do":"source list"}' }),
  );
  const lines = Buffer.from(LogResult, "base64").toString("utf8").split("\n");
  const [report] = lines.flatMap((line) => {
    const parsed = Report.safeParse(jsonOf(line));
    return parsed.success ? [parsed.data.record.metrics] : [];
  });
  if (report === undefined) return open("start", "Lambda's answer had no report of the invocation.");
  const { initDurationMs, maxMemoryUsedMB } = report;
  if (initDurationMs === undefined)
    return open("start", `The function was running already; ${maxMemoryUsedMB} MB in use.`);
  return look("start", true, `command: ${initDurationMs.toFixed(0)} ms to import, ${maxMemoryUsedMB} MB in use.`);
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
