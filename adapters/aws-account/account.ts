import { GetAccountSettingsCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { GetAccountCommand, GetEmailIdentityCommand, SESv2Client } from "@aws-sdk/client-sesv2";
import type { AccountFacts, IdentityFacts } from "#domain/doctor/diagnose-account.ts";
import { attemptLimit, type TimeLimits, withTimeLimit } from "../aws/time-limit.ts";

/** Short, because a person is waiting. Milliseconds. */
const LIMITS: TimeLimits = { attempt: 8_000, call: 20_000 };

/**
 * Reads an account's limits and status from SES and Lambda. Changes nothing.
 * @param identities names to look up: addresses and domains
 * @throws the SDK's errors: no credentials, no region, or no permission to read the account
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
      ...[...new Set(identities)].map(async (name) => [name, await readIdentity(ses, name)] as const),
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
      identities: new Map(known.flatMap(([name, facts]) => (facts === undefined ? [] : [[name, facts]]))),
      sentLast24Hours: account.SendQuota?.SentLast24Hours ?? 0,
      // The SDK computes it from each answer's Date header, which has whole seconds.
      clockOffset: ses.config.systemClockOffset,
    };
  } finally {
    ses.destroy();
    lambda.destroy();
  }
}

/** SES's status of an identity; undefined: there is no such identity. */
async function readIdentity(client: SESv2Client, name: string): Promise<IdentityFacts | undefined> {
  try {
    const { VerifiedForSendingStatus, DkimAttributes, MailFromAttributes } = await client.send(
      new GetEmailIdentityCommand({ EmailIdentity: name }),
    );
    const zone = DkimAttributes?.SigningHostedZone ?? "dkim.amazonses.com";
    const domain = MailFromAttributes?.MailFromDomain;
    return {
      verified: VerifiedForSendingStatus === true,
      dkim: DkimAttributes?.Status ?? "NOT_STARTED",
      mailFrom: domain ? { domain, status: MailFromAttributes?.MailFromDomainStatus ?? "PENDING" } : null,
      dkimRecords: (DkimAttributes?.Tokens ?? []).map((token) => ({
        name: `${token}._domainkey.${name}`,
        value: `${token}.${zone}`,
      })),
    };
  } catch (error) {
    if (error instanceof Error && error.name === "NotFoundException") return undefined;
    throw error;
  }
}
