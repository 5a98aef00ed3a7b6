import { GetAccountSettingsCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { GetAccountCommand, GetEmailIdentityCommand, SESv2Client } from "@aws-sdk/client-sesv2";
import type { AccountFacts } from "#domain/doctor/diagnosis.ts";
import { attemptLimit, type TimeLimits, withTimeLimit } from "../aws/time-limit.ts";

/** A person waits for it. */
const LIMITS: TimeLimits = { attempt: 8_000, call: 20_000 };

/**
 * Reads what SES and Lambda say of an account. Changes nothing.
 * @param identities names to look up: addresses and domains
 * @throws the SDK's errors: without credentials or a region, or where the account may not be read
 */
export async function readAccount(
  identities: readonly string[],
  options: { region?: string | undefined; endpoint?: string | undefined } = {},
): Promise<AccountFacts> {
  const settings = {
    maxAttempts: 2,
    ...(options.region === undefined ? {} : { region: options.region }),
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
  };
  const ses = withTimeLimit(new SESv2Client({ ...attemptLimit(LIMITS), ...settings }), LIMITS.call);
  const lambda = withTimeLimit(new LambdaClient({ ...attemptLimit(LIMITS), ...settings }), LIMITS.call);
  try {
    const [account, limits, ...known] = await Promise.all([
      ses.send(new GetAccountCommand({})),
      lambda.send(new GetAccountSettingsCommand({})),
      ...[...new Set(identities)].map(async (name) => [name, await mayName(ses, name)] as const),
    ]);
    const quota = account.SendQuota?.Max24HourSend ?? -1;
    return {
      region: String(await ses.config.region()),
      sandbox: account.ProductionAccessEnabled !== true,
      sending: account.SendingEnabled !== false,
      enforcement: account.EnforcementStatus ?? "HEALTHY",
      rate: account.SendQuota?.MaxSendRate ?? 1,
      // -1 says that there is no limit (SendQuota in the API reference).
      quota: quota < 0 ? null : quota,
      concurrency: limits.AccountLimit?.ConcurrentExecutions ?? 0,
      identities: new Map(known.flatMap(([name, verified]) => (verified === undefined ? [] : [[name, verified]]))),
    };
  } finally {
    ses.destroy();
    lambda.destroy();
  }
}

/** Whether SES lets an identity send; undefined: it has none of that name. */
async function mayName(client: SESv2Client, name: string): Promise<boolean | undefined> {
  try {
    return (await client.send(new GetEmailIdentityCommand({ EmailIdentity: name }))).VerifiedForSendingStatus === true;
  } catch (error) {
    if (error instanceof Error && error.name === "NotFoundException") return undefined;
    throw error;
  }
}
