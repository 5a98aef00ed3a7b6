import { fetchGuard } from "#adapters/fetch/guard.ts";
import type { Invoke } from "#cli/client.ts";
import { inSystem } from "#cli/system/doctor.ts";
import { probeEvents } from "#cli/system/doctor-probes.ts";
import { Problem } from "#cli/terminal/problem.ts";
import type { StoredKeys } from "#domain/audience/tokens/keys.ts";
import { type ConfigInput, defineConfig } from "#domain/config.ts";
import { diagnoseConfig } from "#domain/doctor/diagnose-config.ts";
import {
  diagnoseBootstrap,
  diagnoseStack,
  noStack,
  type StackFacts,
  silentWebsite,
} from "#domain/doctor/diagnose-stack.ts";
import type { Diagnosis } from "#domain/doctor/diagnosis.ts";
import type { EditionKey } from "#domain/edition/edition.ts";
import { newSource } from "#domain/source/polling.ts";
import { UnreadableItem } from "#domain/unreadable-item.ts";
import { type CommandName, type CommandOutput, commands } from "#functions/command/contract.ts";
import { now, setting } from "../../../testing/command-setting.ts";
import { open } from "../../../testing/delivery/virtual-sender.ts";
import { configInput, inAccount } from "./account.ts";
import { type Line, openAlarms, type Ringing, type Series } from "./alarms.ts";

export type Said =
  | ({ readonly by: "doctor" } & Pick<Diagnosis, "id" | "what" | "fix">)
  | { readonly by: "alarm"; readonly id: string; readonly what: string; readonly fix: string };

type Fault = {
  readonly fault: string;
  /** Who must name it: a finding of doctor, or an alarm. No other finding may come. */
  readonly named: readonly string[];
  readonly inject: () => Promise<Said[]>;
};

const alarms = openAlarms();

const byDoctor = (found: readonly Diagnosis[]): Said[] =>
  found.map(({ id, what, fix }) => ({ by: "doctor", id, what, fix }));
const byAlarm = (ringing: readonly Ringing[]): Said[] =>
  ringing.map(({ name, what }) => {
    const [, means = "", paragraph = ""] = /^(.*) Look at \S+\. See (\S+)$/.exec(what) ?? [];
    return { by: "alarm", id: name, what: means, fix: paragraph };
  });

/** Of the account, as SES and Lambda answer. */
const account = (
  fault: string,
  named: string,
  change: Parameters<typeof inAccount>[0],
  options: { deployed?: boolean } = {},
): Fault => ({ fault, named: [named], inject: async () => byDoctor(await inAccount(change, options)) });

const healthyStack: StackFacts = {
  ...{ name: "broadsheet", status: "UPDATE_COMPLETE", drift: [] },
  outputs: new Map(),
  alarms: [{ name: "broadsheet-no-edition", state: "OK", armed: true }],
  subscriptions: { confirmed: 1, pending: 0 },
  table: { name: "broadsheet-restored", recovery: true, forgets: true, protected: true },
};

/** Of the stack, as CloudFormation, CloudWatch and SNS say; what comes of it rings too. */
const stack = (
  fault: string,
  named: readonly string[],
  facts: Partial<StackFacts>,
  signals: readonly (Series | Line)[] = [],
): Fault => ({
  ...{ fault, named },
  inject: async () => [...byDoctor(diagnoseStack({ ...healthyStack, ...facts })), ...byAlarm(alarms.after(signals))],
});

const website = (fault: string, answer: Parameters<typeof silentWebsite>[1]): Fault => ({
  ...{ fault, named: ["website-silent"] },
  inject: async () => byDoctor([silentWebsite("https://www.harbour-news.org", answer)]),
});

const drift = (resource: string, type: string, { deleted = false } = {}) => ({ drift: [{ resource, type, deleted }] });

/** Measured in AWS, and judged by the alarms of the synthesised stack. */
const metric = (fault: string, named: readonly string[], ...signals: readonly (Series | Line)[]): Fault => ({
  ...{ fault, named },
  inject: async () => byAlarm(alarms.after(signals)),
});

type Setting = ReturnType<typeof setting>;
type Changes = NonNullable<Parameters<Setting["ask"]>[1]>;

/** Keys of their own for each use, made this month. */
const keysOfOwn = async (set: Setting): Promise<Changes> => {
  let keys: StoredKeys = await set.secretKeys.read();
  const secretKeys = {
    read: async () => keys,
    write: async (next: StoredKeys) => {
      keys = next;
    },
  };
  await set.ask({ do: "keys rotate", use: "all", by: "olga" }, { secretKeys });
  return { secretKeys, now: () => minutesAfter(now, 60) };
};
const minutesAfter = (at: string, minutes: number) => new Date(Date.parse(at) + minutes * 60_000).toISOString();
const notFound = async () => {
  throw new Error("Secrets Manager can't find the specified secret");
};

/** A running system over stores in memory, whose commands doctor asks. */
const system = (
  fault: string,
  named: string,
  breakIt: (set: Setting) => Promise<Changes>,
  { days = 0 } = {},
): Fault => ({
  ...{ fault, named: [named] },
  async inject() {
    const set = setting();
    await set.sources.add(newSource({ url: "https://a.example/feed.xml", id: "gazette" }, now));
    const changes = { ...(await keysOfOwn(set)), ...(await breakIt(set)) };
    return byDoctor(
      await inSystem(commandLine(set, changes), ["daily", "weekly"], {
        isDeployed: true,
        now: Date.parse(now) + days * 86_400_000,
      }),
    );
  },
});

const outputs: { [C in CommandName]: { output: { parse(raw: unknown): CommandOutput<C> } } } = commands;

/** As the command line invokes the command function. */
const commandLine =
  (set: Setting, changes: Changes): Invoke =>
  async (name, input) => {
    const answer = await set.ask({ do: name, ...input }, changes);
    if (!answer.ok) throw new Problem(answer.fault.code, answer.fault.message);
    return outputs[name].output.parse(answer.value);
  };

/** A sender at work on an edition, in virtual time; what it logs as an error rings. */
const sending = (
  fault: string,
  named: readonly string[],
  breakIt: (app: ReturnType<typeof open>) => Promise<unknown>,
): Fault => ({
  ...{ fault, named },
  async inject() {
    const app = open();
    await app.frozen(20, 10);
    await breakIt(app);
    return byAlarm(alarms.after(app.alarms.map((message) => ({ of: "send", logged: { level: "ERROR", message } }))));
  },
});

/** A deployment that has another newsletter than this checkout. */
const otherConfig = defineConfig({ newsletters: { evening: configInput.newsletters.daily } });

const letter = { at: now, body: "{}", reason: "it has no tags of ours" };
const configured = (fault: string, named: string, changes: Partial<ConfigInput>): Fault => ({
  ...{ fault, named: [named] },
  inject: async () => byDoctor(diagnoseConfig(defineConfig({ ...configInput, ...changes }), fetchGuard([]))),
});
const fifteenMinutes = [null, null, null, null];

/** What goes wrong with a deployment, one at a time. */
export const faults: readonly Fault[] = [
  configured("An example address is left in the config", "example-address", {
    newsletters: { daily: { ...configInput.newsletters.daily, editors: ["eva@example.com"] } },
  }),
  configured("The config names no operator", "no-operator", { operator: undefined }),
  configured("A source in the config has a private address", "source-closed", {
    sources: [{ url: "http://192.168.1.20/feed.xml" }],
  }),
  {
    fault: "The account isn't prepared for CDK",
    named: ["not-bootstrapped"],
    inject: async () => byDoctor(diagnoseBootstrap({ bootstrapped: false, leftOver: null }, "broadsheet")),
  },
  {
    fault: "A first deployment failed and left its stack",
    named: ["first-deploy-failed"],
    inject: async () =>
      byDoctor(diagnoseBootstrap({ bootstrapped: true, leftOver: "ROLLBACK_COMPLETE" }, "broadsheet")),
  },
  {
    fault: "The credentials are of another account, or the region is another",
    named: ["no-stack"],
    inject: async () => byDoctor([noStack("broadsheet", "eu-west-1")]),
  },
  account("SES has the sender's domain already, and the deployment is to make it", "identity-exists", () => {}, {
    deployed: false,
  }),
  account("The sender's identity was deleted", "sender-unverified", (facts) => {
    facts.identity = undefined;
  }),
  account("The sender's identity isn't verified", "sender-unverified", (facts) => {
    facts.identity = { VerifiedForSendingStatus: false, DkimAttributes: { Status: "PENDING" } };
  }),
  account("The DKIM records are gone from the DNS", "dkim-failing", (facts) => {
    facts.identity = { VerifiedForSendingStatus: true, DkimAttributes: { Status: "FAILED" } };
  }),
  account("The records of the bounce domain are gone", "mail-from-failing", (facts) => {
    facts.identity = {
      ...facts.identity,
      MailFromAttributes: { MailFromDomain: "bounces.harbour-news.org", MailFromDomainStatus: "FAILED" },
    };
  }),
  account("SES's daily quota is used up", "quota-used", ({ account: { SendQuota } }) => {
    SendQuota.SentLast24Hours = SendQuota.Max24HourSend;
  }),
  account("SES paused the account", "ses-stopped", (facts) => {
    facts.account.EnforcementStatus = "SHUTDOWN";
  }),
  account("SES reviews the account", "ses-review", (facts) => {
    facts.account.EnforcementStatus = "PROBATION";
  }),
  account("The account is in SES's sandbox", "ses-sandbox", (facts) => {
    facts.account.ProductionAccessEnabled = false;
  }),
  account("Lambda runs at most 10 functions at once", "lambda-concurrency", (facts) => {
    facts.concurrency = 10;
  }),
  account("SES allows more than the config's one sender can send", "sender-count", ({ account: { SendQuota } }) => {
    SendQuota.MaxSendRate = 20_000;
  }),
  account("The operator's clock is half an hour off", "clock-skewed", (facts) => {
    facts.behind = 30 * 60_000;
  }),
  stack(
    "The rule that brings SES's events was deleted",
    ["resource-deleted"],
    drift("mailToFeedback", "AWS::Events::Rule", { deleted: true }),
  ),
  stack(
    "The policy of the queue for SES's events was changed",
    ["resource-changed"],
    drift("mailfeedbackQueuePolicy", "AWS::SQS::QueuePolicy"),
  ),
  stack(
    "The configuration set tells of no events any more",
    ["resource-deleted"],
    drift("mailEvents", "AWS::SES::ConfigurationSetEventDestination", { deleted: true }),
  ),
  stack(
    "The clock's schedule was turned off",
    ["resource-changed", "watch-silent", "no-edition"],
    drift("clockEverywatch", "AWS::Scheduler::Schedule"),
    [
      { metric: "Invocations", of: "watch", values: fifteenMinutes },
      { metric: "MissingEditions", values: fifteenMinutes },
    ],
  ),
  stack(
    "The queue of SES's events no longer wakes its function",
    ["resource-changed", "feedback-late"],
    drift("feedbackFunctionSqsEventSource", "AWS::Lambda::EventSourceMapping"),
    [{ metric: "ApproximateAgeOfOldestMessage", of: "feedback", values: [600, 660, 720, 780] }],
  ),
  stack(
    "A function's permissions were changed by hand",
    ["resource-changed"],
    drift("sendRoleDefaultPolicy", "AWS::IAM::Policy"),
  ),
  stack("The operator hasn't confirmed the alarms' mail", ["alarms-unconfirmed"], {
    subscriptions: { confirmed: 0, pending: 1 },
  }),
  stack("The operator unsubscribed from the alarms", ["alarms-unconfirmed"], {
    subscriptions: { confirmed: 0, pending: 0 },
  }),
  stack("An alarm's actions were turned off", ["alarms-disarmed"], {
    alarms: [{ name: "broadsheet-no-edition", state: "OK", armed: false }],
  }),
  stack("A restored table has no backups of its own", ["table-unprotected"], {
    table: { name: "broadsheet-restored", recovery: false, forgets: true, protected: true },
  }),
  website("The website's certificate expired", { code: "CERT_HAS_EXPIRED" }),
  website("The website's DNS record is gone", { code: "ENOTFOUND" }),
  stack("A deployment failed and stands still", ["stack-failed"], { status: "UPDATE_ROLLBACK_FAILED" }),
  stack("A deployment was rolled back", ["deploy-rolled-back"], { status: "UPDATE_ROLLBACK_COMPLETE" }),
  system("A source has been down for a day", "source-broken", async ({ sources }) => {
    const [before] = await sources.list();
    if (before !== undefined) await sources.savePoll(before, { ...before, failures: 6, lastError: "It returned 503." });
    return {};
  }),
  system("There are no sources", "no-sources", async ({ sources, ask }) => {
    for (const { id } of await sources.list()) await ask({ do: "source remove", source: id, by: "olga" });
    return {};
  }),
  system("An event of SES could not be taken in", "dead-letters", async ({ letters }) => {
    letters.feedback.push(letter);
    return {};
  }),
  system("An edition is held", "edition-stopped", async ({ put }) => {
    await put("2026-11-23", "held", now);
    return {};
  }),
  system("The secret with the keys was deleted", "keys-unreadable", async () => ({
    secretKeys: { read: notFound, write: notFound },
  })),
  system("The table was kept, and the stack made new keys", "keys-foreign", async ({ ask }) => {
    await ask({ do: "subscriber add", newsletter: "daily", addresses: ["ann@example.com"], by: "olga" });
    return { keys: async () => ({ id: "k1", key: "another secret of at least thirty-two letters" }) };
  }),
  system("The keys may have leaked: they were never replaced", "keys-shared", async ({ secretKeys }) => ({
    secretKeys,
  })),
  system("The keys are more than a year old", "keys-old", async () => ({}), { days: 500 }),
  system("The stack is of another config", "config-drift", async () => ({ config: otherConfig })),
  system("The table doesn't answer", "system-silent", async ({ sources }) => ({
    sources: { ...sources, list: notFound, all: notFound },
  })),
  system("A newer version wrote the sender's item, before a rollback", "item-unreadable", async ({ ledger }) => ({
    ledger: {
      ...ledger,
      sender: async () => {
        throw new UnreadableItem(
          "item SENDER # is sender version 2; this version of Broadsheet reads sender version 1. Deploy the version that wrote it.",
        );
      },
    },
  })),
  system("The sender's lease doesn't end", "sender-stuck", async ({ ledger }) => {
    const until = minutesAfter(now, 600);
    const none = { rate: null, quota: null, sent24: null, readAt: null, wakeAt: null };
    await ledger.takeSender({ ...none, holder: "a run", until, slow: { factor: 1, since: 0 } }, now);
    return {};
  }),
  system("The table was restored from a backup, and no one accepted it", "table-restored", async ({ ledger }) => {
    await ledger.adoptTable({ arn: "arn:aws:dynamodb:::table/before", createdAt: now }, undefined);
    return {};
  }),
  system("The audience outgrows SES's daily quota", "quota-small", async (set) => {
    await set.ledger.takeSender(
      {
        ...{ holder: "a run", until: now, rate: 14, quota: 200, sent24: 0, readAt: now, wakeAt: null },
        slow: { factor: 1, since: 0 },
      },
      now,
    );
    await set.put("2026-11-22", "finished", now);
    const counts = async (key: EditionKey) => ({ ...(await set.editions.counts(key)), audience: 190, accepted: 190 });
    return { editions: { ...set.editions, counts } };
  }),
  {
    fault: "SES's events no longer come back",
    named: ["events-lost"],
    async inject() {
      const set = setting();
      return byDoctor(await probeEvents(commandLine(set, {}), async () => undefined));
    },
  },
  sending("The table was restored from a backup", ["delivery-asks"], async (app) => {
    app.store.birth.now = { arn: "a copy", createdAt: "2026-11-23T06:59:00.000Z" };
    await app.run();
  }),
  sending("SES refuses the sender while an edition goes out", ["delivery-asks"], (app) =>
    app.run({
      ses: {
        ...app.ports.ses,
        sendBulk: async () => ({ is: "error", status: 400, code: "MessageRejected", message: "not verified" }),
      },
    }),
  ),
  metric("The table throttles the function that freezes an audience", ["dispatch-errors"], {
    ...{ metric: "Errors", of: "dispatch", values: [0, 0, 0, 1] },
  }),
  metric("The account's limit of functions at once is reached", ["throttles"], {
    ...{ metric: "Throttles", values: [0, 0, 7, 9] },
  }),
  metric("An edition wasn't made, whatever the reason", ["no-edition"], {
    ...{ metric: "MissingEditions", values: [0, 1, 1, 1] },
  }),
  metric("The edition's function crashes", ["assemble-errors"], {
    ...{ metric: "Errors", of: "assemble", values: [0, 0, 0, 1] },
  }),
  metric("Too many mails bounce", ["bounces"], { metric: "Reputation.BounceRate", values: [0.01, 0.01, 0.02, 0.05] }),
  metric("Readers call the mails spam", ["complaints"], {
    ...{ metric: "Reputation.ComplaintRate", values: [0, 0, 0, 0.001] },
  }),
  metric("Someone guesses at the desk's sign-in, or the keys leaked and someone tries them", ["security-events"], {
    ...{ metric: "SecurityEvents", values: [0, 0, 0, 12] },
  }),
  metric("Someone made a key", ["security-events"], { of: "command", logged: { security: "new-key" } }),
];
