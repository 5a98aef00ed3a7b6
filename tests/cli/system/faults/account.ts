import { createServer } from "node:http";
import { readAccount } from "#adapters/aws-account/account.ts";
import { type ConfigInput, defineConfig } from "#domain/config.ts";
import { diagnoseAccount, identitiesOf } from "#domain/doctor/diagnose-account.ts";
import type { Diagnosis } from "#domain/doctor/diagnosis.ts";

/** What SES and Lambda answer about an account in which all is well. */
const healthy = () => ({
  account: {
    EnforcementStatus: "HEALTHY",
    ProductionAccessEnabled: true,
    SendingEnabled: true,
    SendQuota: { Max24HourSend: 50_000, MaxSendRate: 14, SentLast24Hours: 100 },
  },
  /** Undefined: SES has no such identity. */
  identity: {
    VerifiedForSendingStatus: true,
    DkimAttributes: { Status: "SUCCESS", Tokens: [] },
    MailFromAttributes: { MailFromDomain: "bounces.harbour-news.org", MailFromDomainStatus: "SUCCESS" },
  } as object | undefined,
  concurrency: 1_000,
  /** Milliseconds by which the clock here is behind. */
  behind: 0,
});
type Account = ReturnType<typeof healthy>;

export const configInput = {
  newsletters: {
    daily: {
      title: "Harbour News",
      from: { name: "Harbour News", address: "daily@harbour-news.org" },
      postalAddress: "2 Quay, Port",
      editors: ["eva@harbour-news.org"],
    },
  },
  operator: "olga@harbour-news.org",
  site: { domain: "www.harbour-news.org", certificate: "arn:aws:acm:us-east-1:123456789012:certificate/1" },
} satisfies ConfigInput;
const config = defineConfig(configInput);

/** Has doctor look at an account with a fault, through the real clients. */
export async function inAccount(change: (account: Account) => void, { deployed = true } = {}): Promise<Diagnosis[]> {
  const facts = healthy();
  change(facts);
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://stub");
    response.setHeader("date", new Date(Date.now() + facts.behind).toUTCString());
    response.setHeader("content-type", "application/json");
    if (pathname.includes("/account-settings")) {
      return response.end(JSON.stringify({ AccountLimit: { ConcurrentExecutions: facts.concurrency } }));
    }
    if (pathname === "/v2/email/account") return response.end(JSON.stringify(facts.account));
    const isDomain = pathname === "/v2/email/identities/harbour-news.org";
    if (isDomain && facts.identity !== undefined) return response.end(JSON.stringify(facts.identity));
    response.writeHead(404, { "x-amzn-errortype": "NotFoundException" });
    return response.end("{}");
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  try {
    const names = identitiesOf("daily@harbour-news.org");
    const read = await readAccount(names, { region: "eu-west-1", endpoint: `http://127.0.0.1:${port}` });
    return diagnoseAccount(config, read, { deployed });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
