import { InvokeCommand, LambdaClient, type LambdaClientConfig } from "@aws-sdk/client-lambda";
import { attemptLimit, withTimeLimit } from "../aws/time-limit.ts";

/** Invokes a function by name and waits for its answer. */
type Invoke = (functionName: string, payload: unknown) => Promise<unknown>;

/** In milliseconds, a little more than the longest timeout of a function (15 minutes). */
const LONGEST_WAIT = 910_000;

/** Time limit for Lambda to confirm a queued event, in milliseconds. */
const START_MS = 10_000;

/**
 * Invoke over Lambda's API. A request that was sent is never retried automatically, because the function may have run.
 * @throws InvocationFailed when the function itself threw; the SDK's errors when it could not be reached.
 */
export function lambdaInvoke(options: LambdaClientConfig = {}, longestWait = LONGEST_WAIT): Invoke {
  const limits = attemptLimit({ attempt: longestWait });
  const client = withTimeLimit(new LambdaClient({ maxAttempts: 1, ...limits, ...options }), longestWait);
  return async (functionName, payload) => {
    const answer = await client.send(
      new InvokeCommand({ FunctionName: functionName, Payload: Buffer.from(JSON.stringify(payload)) }),
    );
    const text = Buffer.from(answer.Payload ?? []).toString("utf8");
    if (answer.FunctionError !== undefined) throw new InvocationFailed(functionName, text);
    return text === "" ? undefined : JSON.parse(text);
  };
}

/** Starts a function without waiting for it. Lambda retries it if it fails (infra/schedules.ts sets how often). */
export function lambdaStart(options: LambdaClientConfig = {}): (name: string, payload: unknown) => Promise<void> {
  const client = withTimeLimit(new LambdaClient({ ...attemptLimit({ attempt: START_MS }), ...options }), START_MS);
  return async (functionName, payload) => {
    await client.send(
      new InvokeCommand({
        FunctionName: functionName,
        InvocationType: "Event",
        Payload: Buffer.from(JSON.stringify(payload)),
      }),
    );
  };
}

/** The function was reached and threw: `errorMessage` from Lambda's report. */
export class InvocationFailed extends Error {
  override readonly name = "InvocationFailed";
  constructor(functionName: string, report: string) {
    super(`${functionName} failed: ${messageIn(report)}`);
  }
}

function messageIn(report: string): string {
  try {
    const { errorMessage } = JSON.parse(report);
    return typeof errorMessage === "string" ? errorMessage : report;
  } catch {
    return report;
  }
}
