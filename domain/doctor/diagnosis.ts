import type { Config } from "../config.ts";

/** Something that doctor found: what is wrong, why, and what fixes it. */
export type Diagnosis = {
  /** Stable, for programs. */
  readonly id: string;
  /** `fault`: something fails or will fail. `warning`: it works, and will surprise someone. */
  readonly level: "fault" | "warning";
  readonly what: string;
  readonly cause: string;
  readonly fix: string;
};

/** What AWS says of the account, as far as these credentials may ask. */
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
  /** The senders' identities that SES has, by name: whether it may send. Parents of the domains are among them. */
  readonly identities: ReadonlyMap<string, boolean>;
};

const diagnosis = (
  level: Diagnosis["level"],
  id: string,
  [what, cause, fix]: readonly [what: string, cause: string, fix: string],
): Diagnosis => ({ id, level, what, cause, fix });

/** Names that RFC 2606 reserves for examples: no mail from or to them arrives. */
const EXAMPLE = /(^|[@.])example(\.(com|net|org))?$|\.(example|test|invalid)$/i;

/** What the config alone says. */
export function diagnoseConfig(config: Config): Diagnosis[] {
  const found: Diagnosis[] = [];
  for (const [name, { from, editors, postalAddress }] of Object.entries(config.newsletters)) {
    const addresses = [from.address, ...editors].filter((address) => EXAMPLE.test(address));
    const place = `newsletters.${name}`;
    if (addresses.length > 0) {
      const list = [...new Set(addresses)].join(", ");
      found.push(
        diagnosis("fault", "example-address", [
          `${place} has example addresses: ${list}.`,
          "Domains like these are reserved for examples: no mail from or to them arrives.",
          "Write your own into broadsheet.config.ts.",
        ]),
      );
    }
    if (/\bexample\b/i.test(postalAddress)) {
      found.push(
        diagnosis("fault", "example-postal-address", [
          `${place}.postalAddress is an example.`,
          "Anti-spam law asks for the sender's real postal address in each mail.",
          "Write yours into broadsheet.config.ts.",
        ]),
      );
    }
    if (editors.length === 0) {
      found.push(
        diagnosis("warning", "no-editors", [
          `${place} has no editors.`,
          "No one gets a mail when an edition is skipped, held or missing.",
          `Add addresses to ${place}.editors in broadsheet.config.ts.`,
        ]),
      );
    }
  }
  if (config.operator === undefined) {
    found.push(
      diagnosis("warning", "no-operator", [
        "The config names no operator.",
        "When an alarm goes off, it reaches no one.",
        "Set operator in broadsheet.config.ts to an address that is read, deploy, and confirm the mail from AWS.",
      ]),
    );
  }
  if (config.site.domain === undefined) {
    found.push(
      diagnosis("warning", "no-domain", [
        "The website has no domain of its own.",
        "Links and pictures in old mails end with the stack.",
        "Set site.domain and site.certificate before the first edition: docs/guides/deploy.md, Configure.",
      ]),
    );
  }
  return found;
}

const domainOf = (address: string) => address.slice(address.lastIndexOf("@") + 1).toLowerCase();

/** An address, its domain and the domains above: SES lets the first that it knows decide. */
export function identitiesOf(address: string): string[] {
  const labels = domainOf(address).split(".");
  return [address, ...labels.slice(0, -1).map((_, at) => labels.slice(at).join("."))];
}

/** A new account's limit is 10; this many leave room for two senders, 20 feedback functions and the readers. */
const ENOUGH_CONCURRENCY = 50;

/** What the account would make of it. `deployed`: the stack is there already. */
export function diagnoseAccount(config: Config, facts: AccountFacts, { deployed }: { deployed: boolean }): Diagnosis[] {
  return [...diagnoseSes(facts), ...diagnoseSenders(config, facts, deployed), ...diagnoseConcurrency(facts)];
}

function diagnoseSes({ region, sandbox, sending, enforcement, rate, quota }: AccountFacts): Diagnosis[] {
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
        `SES in ${region} is in the sandbox: ${quota ?? 200} mails a day, ${rate} a second, to verified addresses only.`,
        "Each account starts like this, in each region.",
        "Ask for production access: docs/guides/deploy.md, Leave the sandbox.",
      ]),
    );
  }
  return found;
}

function diagnoseSenders(config: Config, { identities }: AccountFacts, deployed: boolean): Diagnosis[] {
  const senders = new Set(Object.values(config.newsletters).map(({ from }) => from.address));
  return [...senders].flatMap((address) => {
    const domain = domainOf(address);
    const known = identitiesOf(address).filter((identity) => identities.has(identity));
    if (known.some((identity) => identities.get(identity) === true)) {
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
        `Set the records that the outputs Dns-${domain} give, and wait: aws sesv2 get-email-identity --email-identity ${domain}`,
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

const diagnoseConcurrency = ({ concurrency, region }: AccountFacts): Diagnosis[] =>
  concurrency >= ENOUGH_CONCURRENCY
    ? []
    : [
        diagnosis("warning", "lambda-concurrency", [
          `Lambda runs at most ${concurrency} functions at once in ${region}.`,
          "New accounts start with 10; readers' clicks and SES's events share them.",
          "aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 1000",
        ]),
      ];

/** What the running system says of itself. */
export type SystemFacts = {
  readonly sources: readonly { readonly id: string; readonly failures: number; readonly lastError: string | null }[];
  readonly dead: readonly { readonly queue: string; readonly dead: number }[];
  readonly editions: readonly { readonly newsletter: string; readonly date: string; readonly state: string }[];
  readonly keys: readonly { readonly use: string; readonly isOwn: boolean }[];
  /** Newsletters of the config that the deployment doesn't know. */
  readonly unknownNewsletters: readonly string[];
};

/** Polls that fail in a row before a source is worth a line: about a day. */
const BROKEN_AFTER = 5;

export function diagnoseSystem({ sources, dead, editions, keys, unknownNewsletters }: SystemFacts): Diagnosis[] {
  const own = keys.filter(({ isOwn }) => !isOwn).map(({ use }) => use);
  return [
    ...(unknownNewsletters.length === 0 ? [] : [drifted(unknownNewsletters)]),
    ...(sources.length > 0 ? [] : [withoutSources]),
    ...sources.filter(({ failures }) => failures >= BROKEN_AFTER).map(brokenSource),
    ...dead.filter((queue) => queue.dead > 0).map(deadLetters),
    ...editions.filter(({ state }) => state === "held" || state === "halted").map(stoppedEdition),
    ...(own.length === 0 ? [] : [withoutOwnKeys(own)]),
  ];
}

const drifted = (newsletters: readonly string[]) =>
  diagnosis("fault", "config-drift", [
    `The deployment doesn't know ${newsletters.join(", ")}.`,
    "broadsheet.config.ts was changed since the last deployment, or this is another system's checkout.",
    "Deploy: npx cdk deploy",
  ]);

const withoutSources = diagnosis("fault", "no-sources", [
  "There are no sources.",
  "Without news no edition is made.",
  "npx --no-install broadsheet source add FEED-URL",
]);

const brokenSource = ({ id, failures, lastError }: SystemFacts["sources"][number]) =>
  diagnosis("warning", "source-broken", [
    `The source ${id} failed ${failures} times in a row.`,
    lastError ?? "No reason was recorded.",
    `npx --no-install broadsheet source check ${id}`,
  ]);

const deadLetters = ({ queue, dead }: SystemFacts["dead"][number]) =>
  diagnosis("fault", "dead-letters", [
    `${dead} messages of ${queue} are dead.`,
    `docs/runbook.md#${queue}-dead-letters says what they mean.`,
    `npx --no-install broadsheet dlq list ${queue}, then dlq redrive ${queue}`,
  ]);

const stoppedEdition = ({ newsletter, date, state }: SystemFacts["editions"][number]) =>
  diagnosis("fault", "edition-stopped", [
    `The edition of ${newsletter} for ${date} is ${state}.`,
    "It waits for a person.",
    `npx --no-install broadsheet edition show ${newsletter} --date ${date} says why and what to do`,
  ]);

const withoutOwnKeys = (uses: readonly string[]) =>
  diagnosis("warning", "keys-shared", [
    `These uses still sign with the first key: ${uses.join(", ")}.`,
    "Keys were never rotated.",
    "npx --no-install broadsheet keys rotate all",
  ]);
