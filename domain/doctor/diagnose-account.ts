import type { Config } from "../config.ts";
import { counted, number } from "../counted.ts";
import { MOST_SENDERS, ONE_SENDER_RATE } from "../delivery/pace/shares.ts";
import { domainOf } from "../dns/domain-of.ts";
import { type Diagnosis, diagnosis } from "./diagnosis.ts";

/** What AWS reports about the account, as far as these credentials are allowed. */
export type AccountFacts = {
  readonly region: string;
  readonly sandbox: boolean;
  readonly sending: boolean;
  /** HEALTHY, PROBATION or SHUTDOWN. */
  readonly enforcement: string;
  /** Recipients a second and in 24 hours; null: no limit. */
  readonly rate: number;
  readonly quota: number | null;
  /** Functions that may run at once. */
  readonly concurrency: number;
  /** The senders' identities in SES by name, including parent domains. */
  readonly identities: ReadonlyMap<string, IdentityFacts>;
  /** Mails of the last 24 hours in the whole account. */
  readonly sentLast24Hours: number;
  /** Error of this machine's clock in milliseconds, including the answer's delay. */
  readonly clockOffset: number;
};

/** SES's status of one identity. */
export type IdentityFacts = {
  readonly verified: boolean;
  /** SUCCESS, PENDING, FAILED, TEMPORARY_FAILURE or NOT_STARTED. */
  readonly dkim: string;
  /** The same for the bounce domain; null: none. */
  readonly mailFrom: { readonly domain: string; readonly status: string } | null;
  /** Its required DKIM records. */
  readonly dkimRecords: readonly { readonly name: string; readonly value: string }[];
};

/** An address, its domain and its parent domains; SES uses the first one it knows. */
export function identitiesOf(address: string): string[] {
  const labels = domainOf(address).split(".");
  return [address, ...labels.slice(0, -1).map((_, at) => labels.slice(at).join("."))];
}

/** A new account's limit is 10; this many are enough for one sender, 20 feedback functions and readers' requests. */
const ENOUGH_CONCURRENCY = 50;
/** Each further sender has two runs for a moment, when one ends and the next begins. */
const CONCURRENCY_A_SENDER = 2;

/** Findings about the account. `deployed`: the stack exists already. */
export function diagnoseAccount(config: Config, facts: AccountFacts, { deployed }: { deployed: boolean }): Diagnosis[] {
  return [
    ...diagnoseSes(facts),
    ...diagnoseSenders(config, facts, deployed),
    ...(deployed ? diagnoseSigning(config, facts) : []),
    ...diagnoseSenderCount(config, facts),
    ...diagnoseConcurrency(config, facts),
    ...(deployed ? [] : diagnoseNewAccount(config, facts)),
    ...diagnoseClock(facts),
  ];
}

function diagnoseSes(facts: AccountFacts): Diagnosis[] {
  const { region, sandbox, sending, enforcement, rate, quota } = facts;
  const found: Diagnosis[] = [];
  if (!sending || enforcement === "SHUTDOWN") {
    found.push(
      diagnosis("fault", "ses-stopped", [
        `SES sends nothing for this account in ${region}.`,
        `Its status is ${enforcement}; AWS or someone with access paused it.`,
        "Read the case in the AWS Support Center, then enable sending: aws sesv2 put-account-sending-attributes --sending-enabled",
      ]),
    );
  } else if (enforcement !== "HEALTHY") {
    found.push(
      diagnosis("warning", "ses-review", [
        `SES reviews this account in ${region} (${enforcement}).`,
        "Too many mails bounced or were reported as spam.",
        "See docs/runbook.md#bounces and #complaints before the next edition.",
      ]),
    );
  }
  if (sandbox) {
    found.push(
      diagnosis("warning", "ses-sandbox", [
        `SES in ${region} is in the sandbox: ${counted(quota ?? 200, "mail")} a day, ${number(rate)} a second, to verified addresses only.`,
        "Each account starts like this, in each region.",
        "Ask for production access: npx --no-install broadsheet production-access",
      ]),
    );
  }
  return [...found, ...diagnoseQuota(facts)];
}

/** The share of the quota above which it may not be enough for the next edition. */
const NEARLY_USED = 0.9;

function diagnoseQuota({ quota, sentLast24Hours, region }: AccountFacts): Diagnosis[] {
  if (quota === null || sentLast24Hours < quota * NEARLY_USED) return [];
  const isUsed = sentLast24Hours >= quota;
  return [
    diagnosis(isUsed ? "fault" : "warning", isUsed ? "quota-used" : "quota-nearly-used", [
      `${number(sentLast24Hours)} of ${counted(quota, "mail")} of SES's daily quota in ${region} are used.`,
      "All who use the account share it. An edition waits until the quota is free again, and goes on by itself.",
      `Ask for more: aws service-quotas request-service-quota-increase --service-code ses --quota-code L-804C8AE8 --desired-value ${quota * 4}`,
    ]),
  ];
}

/** DKIM and the bounce domain can fail long after verification, when someone changes the DNS. */
function diagnoseSigning(config: Config, { identities }: AccountFacts): Diagnosis[] {
  const names = new Set(Object.values(config.newsletters).flatMap(({ from }) => identitiesOf(from.address)));
  return [...identities].flatMap(([name, { verified, dkim, mailFrom }]) => {
    if (!names.has(name) || name.includes("@") || !verified) return [];
    return [
      ...(dkim === "SUCCESS"
        ? []
        : [
            diagnosis("fault", "dkim-failing", [
              `SES can't sign mail from ${name} (DKIM: ${dkim}).`,
              "Its DKIM records are gone or wrong. Gmail and others refuse unsigned newsletters.",
              "Set the records again: npx --no-install broadsheet dns",
            ]),
          ]),
      ...(mailFrom === null || mailFrom.status === "SUCCESS"
        ? []
        : [
            diagnosis("warning", "mail-from-failing", [
              `${mailFrom.domain}, the bounce domain of ${name}, isn't ready (${mailFrom.status}).`,
              "Its MX or TXT record is missing. SES uses its own domain meanwhile, and SPF isn't the sender's.",
              "Set the records: npx --no-install broadsheet dns",
            ]),
          ]),
    ];
  });
}

/** AWS doesn't report this in advance; an account with the lowest limit is new. */
const diagnoseNewAccount = ({ site }: Config, { concurrency }: AccountFacts): Diagnosis[] =>
  !site.cloudFront || concurrency >= ENOUGH_CONCURRENCY
    ? []
    : [
        diagnosis("warning", "cloudfront-unverified", [
          "CloudFront may refuse to make a distribution: this account looks new.",
          'AWS first verifies new accounts ("Your account must be verified before you can add new CloudFront resources").',
          "If the deployment fails with that, write to AWS Support (account and billing), or deploy with site: { cloudFront: false } until then.",
        ]),
      ];

/** AWS refuses signatures that are five minutes off; doctor warns a minute earlier. Milliseconds. */
const CLOCK_LIMIT_MS = 4 * 60_000;

const diagnoseClock = ({ clockOffset }: AccountFacts): Diagnosis[] =>
  Math.abs(clockOffset) < CLOCK_LIMIT_MS
    ? []
    : [
        diagnosis("fault", "clock-skewed", [
          `This machine's clock is off by ${Math.round(Math.abs(clockOffset) / 60_000)} minutes.`,
          "AWS refuses requests that are signed more than five minutes off.",
          "Set the clock by the network: timedatectl set-ntp true",
        ]),
      ];

function diagnoseSenders(config: Config, { identities }: AccountFacts, deployed: boolean): Diagnosis[] {
  const senders = new Set(Object.values(config.newsletters).map(({ from }) => from.address));
  return [...senders].flatMap((address) => {
    const domain = domainOf(address);
    const known = identitiesOf(address).filter((identity) => identities.has(identity));
    if (known.some((identity) => identities.get(identity)?.verified === true)) {
      const clash = !deployed && config.identities === "create" && identities.has(domain);
      return clash ? [clashing(domain)] : [];
    }
    if (!deployed && config.identities === "create" && !identities.has(domain)) return [];
    const cause =
      known.length === 0
        ? `SES has neither ${address} nor its domain.`
        : `${known.join(", ")} waits for its DNS records.`;
    return [
      diagnosis("fault", "sender-unverified", [
        `SES doesn't let ${address} send.`,
        cause,
        `Set its records (npx --no-install broadsheet dns), and wait: aws sesv2 get-email-identity --email-identity ${domain}`,
      ]),
    ];
  });
}

const clashing = (domain: string): Diagnosis =>
  diagnosis("fault", "identity-exists", [
    `SES has the identity ${domain} already, so the deployment can't make it.`,
    'identities is "create" in broadsheet.config.ts.',
    'Set identities: "existing".',
  ]);

const diagnoseConcurrency = ({ delivery }: Config, { concurrency, region }: AccountFacts): Diagnosis[] =>
  concurrency >= ENOUGH_CONCURRENCY + CONCURRENCY_A_SENDER * (delivery.senders - 1)
    ? []
    : [
        diagnosis("warning", "lambda-concurrency", [
          `Lambda runs at most ${counted(concurrency, "function")} at once in ${region}.`,
          "New accounts start with 10; readers' clicks and SES's events share them.",
          "aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 1000",
        ]),
      ];

/** Below this share of the rate, more senders only cost more. */
const WORTH_A_SENDER = ONE_SENDER_RATE / 10;

/** More senders than the rate needs cost more; fewer leave a part of it unused. */
function diagnoseSenderCount({ delivery: { senders, share } }: Config, { rate, region }: AccountFacts): Diagnosis[] {
  const allowed = rate * share;
  const needed = Math.min(MOST_SENDERS, Math.max(1, Math.ceil(allowed / ONE_SENDER_RATE)));
  const isTooMany = senders > needed && allowed / senders < WORTH_A_SENDER;
  if (senders >= needed && !isTooMany) return [];
  return [
    diagnosis("warning", "sender-count", [
      `SES allows ${counted(allowed, "recipient")} a second in ${region}, and the config has ${senders === 1 ? "one sender" : `${senders} senders`}.`,
      isTooMany
        ? "More senders than the rate needs only cost more."
        : `Each sends about ${number(ONE_SENDER_RATE)} a second.`,
      `Set delivery.senders to ${needed} in broadsheet.config.ts, and deploy (docs/scale.md#several-senders).`,
    ]),
  ];
}
