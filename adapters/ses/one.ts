import { GetAccountCommand, GetEmailIdentityCommand, type SESv2Client, SendEmailCommand } from "@aws-sdk/client-sesv2";
import type { Header } from "#domain/delivery/calls/call.ts";
import { mailbox } from "#domain/delivery/calls/headers.ts";
import { type Account, SesPlan } from "#domain/delivery/pace/sender.ts";
import { SINGLE_MAIL } from "#domain/delivery/resolving/event.ts";
import { domainOf } from "#domain/dns/domain-of.ts";
import type { RenderedEmail } from "#domain/edition/edition.ts";
import { sesClient } from "./client.ts";
import { withPrivateErrors } from "./private-errors.ts";
import { untracked } from "./untracked.ts";

/** One mail to one address: tests, confirmations and notices, never an edition's delivery. */
type OneMail = RenderedEmail & {
  readonly from: { readonly name: string; readonly address: string };
  readonly replyTo: string;
  readonly to: string;
  readonly headers?: readonly Header[];
};

/** Sends single mails. An empty `html` leaves the part out. The SDK retries when SES throttles. */
export function sesOne(configurationSet: string, client: SESv2Client = sesClient()) {
  return async (mail: OneMail): Promise<string> => {
    const utf8 = (Data: string) => ({ Data, Charset: "UTF-8" });
    const sending = client.send(
      new SendEmailCommand({
        FromEmailAddress: mailbox(mail.from),
        ReplyToAddresses: [mail.replyTo],
        Destination: { ToAddresses: [mail.to] },
        ConfigurationSetName: configurationSet,
        ConfigurationOverrides: untracked,
        EmailTags: [{ Name: SINGLE_MAIL.name, Value: SINGLE_MAIL.value }],
        Content: {
          Simple: {
            Subject: utf8(mail.subject),
            Body: { Text: utf8(mail.text), ...(mail.html === "" ? {} : { Html: utf8(mail.html) }) },
            Headers: mail.headers?.map(({ name, value }) => ({ Name: name, Value: value })),
          },
        },
      }),
    );
    const { MessageId } = await withPrivateErrors(sending);
    return MessageId ?? "";
  };
}

/** Whether SES would send from this address, because it, its domain or a parent domain is verified. */
export function sesIdentities(client: SESv2Client = sesClient()) {
  return async (address: string): Promise<boolean> => {
    const domain = domainOf(address);
    const labels = domain.split(".");
    const parents = labels.slice(0, -1).map((_, at) => labels.slice(at).join("."));
    for (const identity of [address, ...parents]) {
      if (await isVerified(client, identity)) return true;
    }
    return false;
  };
}

async function isVerified(client: SESv2Client, identity: string): Promise<boolean> {
  try {
    const answer = await client.send(new GetEmailIdentityCommand({ EmailIdentity: identity }));
    // Only a clear refusal counts; otherwise sending decides.
    return answer.VerifiedForSendingStatus !== false;
  } catch (error) {
    if (error instanceof Error && error.name === "NotFoundException") return false;
    throw error;
  }
}

/**
 * Time limit in milliseconds: the sender waits for this answer before its first call, and asks again a minute later.
 */
const ACCOUNT_MS = 5_000;

/** An unknown plan is left out. */
function planOf(name: string | undefined): Pick<Account, "plan"> {
  const { data } = SesPlan.safeParse(name?.toLowerCase());
  return data === undefined ? {} : { plan: data };
}

/** The account's limits and its pricing plan. */
export function sesAccount(client: SESv2Client = sesClient(), milliseconds = ACCOUNT_MS) {
  return async (): Promise<Account> => {
    const { SendQuota, PricingAttributes } = await client.send(new GetAccountCommand({}), {
      abortSignal: AbortSignal.timeout(milliseconds),
    });
    const quota = SendQuota?.Max24HourSend ?? -1;
    return {
      rate: Math.max(SendQuota?.MaxSendRate ?? 1, 0.001),
      // -1 says that there is no limit (SendQuota in the API reference).
      quota: quota < 0 ? null : quota,
      sent24: SendQuota?.SentLast24Hours ?? 0,
      ...planOf(PricingAttributes?.CurrentPlan),
    };
  };
}
