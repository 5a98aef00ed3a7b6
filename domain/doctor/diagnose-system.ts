import { counted, number } from "../counted.ts";
import type { ProbeEvent } from "../delivery/resolving/probe.ts";
import type { EditionOutlook } from "../edition/timing/outlook.ts";
import { DAY } from "../time/durations.ts";
import { type Diagnosis, diagnosis } from "./diagnosis.ts";

/** What the running system reports about itself. */
export type SystemFacts = {
  readonly sources: readonly {
    readonly id: string;
    readonly url: string;
    readonly failures: number;
    readonly lastError: string | null;
  }[];
  readonly dead: readonly { readonly queue: string; readonly dead: number }[];
  readonly editions: readonly {
    readonly newsletter: string;
    readonly date: string;
    readonly state: string;
    readonly audience: number;
  }[];
  /** What happens next with the editions of today and tomorrow. */
  readonly next: readonly {
    readonly newsletter: string;
    readonly date: string;
    readonly outlook: Pick<EditionOutlook, "kind" | "at" | "isUrgent" | "text">;
  }[];
  readonly health: {
    readonly unreadable: readonly string[];
    readonly restored: boolean;
    readonly leaseUntil: string | null;
    readonly quota: number | null;
    readonly otherKeys?: readonly string[] | undefined;
  };
  /** Since when each use has its newest key; null: unknown. A text: why the keys can't be read. */
  readonly keys: readonly { readonly use: string; readonly isOwn: boolean; readonly since: string | null }[] | string;
  /** Newsletters of the config that the deployment doesn't know. */
  readonly unknownNewsletters: readonly string[];
};

/** A key older than this should have been rotated; the runbook says once a year. */
const OLD_KEY_MS = 400 * DAY;

/** Consecutive failed polls before a source is reported: about a day. */
const BROKEN_AFTER = 5;

/** watch starts an edition within a minute of its time. */
const LATE_MS = 10 * 60_000;

/** The sender's lease lasts for seconds, and no clock is off by this much. */
const STUCK_MS = 10 * 60_000;

/** @param now milliseconds */
export function diagnoseSystem(facts: SystemFacts, now: number): Diagnosis[] {
  const { sources, dead, editions, next, health, unknownNewsletters } = facts;
  const { unreadable, restored, leaseUntil } = health;
  return [
    ...(unknownNewsletters.length === 0 ? [] : [drifted(unknownNewsletters)]),
    ...unreadable.map(unreadableItem),
    ...(restored ? [restoredTable] : []),
    ...(health.otherKeys?.length ? [filledWithOtherKeys(health.otherKeys)] : []),
    ...(leaseUntil === null || Date.parse(leaseUntil) - now < STUCK_MS ? [] : [stuckSender(leaseUntil)]),
    ...(sources.length > 0 ? [] : [withoutSources]),
    ...sources.filter(({ failures }) => failures >= BROKEN_AFTER).map(brokenSource),
    ...dead.filter((queue) => queue.dead > 0).map(deadLetters),
    ...editions.filter(({ state }) => state === "held" || state === "halted").map(stoppedEdition),
    ...next.flatMap((edition) => diagnoseNext(edition, now)),
    ...diagnoseGrowth(facts),
    ...diagnoseKeys(facts.keys, now),
  ];
}

function diagnoseNext({ newsletter, date, outlook }: SystemFacts["next"][number], now: number): Diagnosis[] {
  const { kind, at, isUrgent, text } = outlook;
  const where = `The edition of ${newsletter} for ${date}`;
  const run = `npx --no-install broadsheet edition`;
  if (kind === "going-out" && at !== null && now - Date.parse(at) > LATE_MS) {
    return [
      diagnosis("fault", "edition-late", [
        `${where} hasn't begun, though its time has come.`,
        `It was due at ${at}. The clock doesn't wake watch, or watch fails.`,
        `Read docs/runbook.md#watch-silent. To send it now: ${run} send ${newsletter} --date ${date}`,
      ]),
    ];
  }
  if (!isUrgent || kind === "stopped") return [];
  const isOver = kind === "window-passed";
  return [
    diagnosis(isOver ? "fault" : "warning", isOver ? "edition-missed" : "edition-waits", [
      isOver ? `${where} wasn't sent.` : `${where} waits for a person.`,
      text,
      `${run} show ${newsletter} --date ${date}, then ${run} send ${newsletter} --date ${date}`,
    ]),
  ];
}

/** Recipients are shared by all newsletters, so a day's editions together must fit. */
const FULL = 0.8;

function diagnoseGrowth({ editions, health: { quota } }: SystemFacts): Diagnosis[] {
  if (quota === null) return [];
  const sent = [...Map.groupBy(editions, ({ newsletter }) => newsletter).values()].map((all) =>
    all.filter(({ audience }) => audience > 0).toSorted((a, b) => (a.date < b.date ? 1 : -1)),
  );
  const newest = sent.reduce((sum, [last]) => sum + (last?.audience ?? 0), 0);
  const oldest = sent.reduce((sum, all) => sum + (all.at(-1)?.audience ?? 0), 0);
  const earlier = Math.max(...sent.map((all) => all.length)) - 1;
  // As much again as it grew over the editions that are looked at.
  const expected = newest + Math.max(0, newest - oldest);
  if (newest === 0 || expected < quota * FULL) return [];
  return [
    diagnosis(newest > quota ? "fault" : "warning", "quota-small", [
      `SES's daily quota is ${counted(quota, "recipient")}, and the last editions went to ${number(newest)}.`,
      newest > quota
        ? "An edition takes more than a day."
        : `${earlier > 0 ? `${counted(earlier, "edition")} earlier it was ${number(oldest)}` : "That is most of it"}: soon an edition may take more than a day.`,
      `aws service-quotas request-service-quota-increase --service-code ses --quota-code L-804C8AE8 --desired-value ${expected * 4}`,
    ]),
  ];
}

/** Events of SES that didn't come back to the table. */
export const lostEvents = (missing: readonly ProbeEvent[], seconds: number): Diagnosis =>
  diagnosis("fault", "events-lost", [
    `SES's events don't arrive (${missing.join(", ")}).`,
    `Mails to SES's mailbox simulator made no event in the table within ${seconds} seconds. The rule, a queue's policy or the configuration set was changed, or feedback fails: bounces and complaints go unnoticed.`,
    "npx cdk deploy --revert-drift; then read the errors in /aws/lambda/STACK-feedback",
  ]);

export const refusedProbe = (why: string): Diagnosis =>
  diagnosis("fault", "probe-refused", [
    "SES refused a mail to its own mailbox simulator.",
    why,
    "Look at the sender first: npx --no-install broadsheet dns --check",
  ]);

function diagnoseKeys(keys: SystemFacts["keys"], now: number): Diagnosis[] {
  if (typeof keys === "string") return [unreadableKeys(keys)];
  const shared = keys.filter(({ isOwn }) => !isOwn).map(({ use }) => use);
  const old = keys.filter(({ isOwn, since }) => isOwn && since !== null && now - Date.parse(since) > OLD_KEY_MS);
  return [
    ...(shared.length === 0 ? [] : [withoutOwnKeys(shared)]),
    ...(old.length === 0 ? [] : [oldKeys(old.map(({ use }) => use))]),
  ];
}

/** The command function returns errors as faults; if it doesn't answer, nothing else can be checked. */
export const silentSystem = (why: string) =>
  diagnosis("fault", "system-silent", [
    "The system doesn't answer.",
    why,
    "Read the errors in /aws/lambda/STACK-command, then deploy again: npx cdk deploy",
  ]);

/** Another version wrote it, or it is damaged. */
export const unreadableItem = (why: string) =>
  diagnosis("fault", "item-unreadable", [
    "This version can't read an item of the table.",
    why,
    "Deploy the version that wrote it: check it out, then npx cdk deploy (docs/guides/deploy.md, Changing, and going back)",
  ]);

const restoredTable = diagnosis("fault", "table-restored", [
  "The table was restored from a backup, and no one has accepted it: nothing is sent.",
  "It doesn't know what was sent, and who unsubscribed, since the backup.",
  "Follow docs/guides/restore.md from step 4; it ends with: npx --no-install broadsheet restore accept",
]);

const filledWithOtherKeys = (newsletters: readonly string[]) =>
  diagnosis("fault", "keys-foreign", [
    `The subscribers of ${newsletters.join(", ")} were stored with other keys than this deployment has.`,
    "Links in old mails don't work, and an import can add readers again who unsubscribed or were erased. That happens when existing.table is set without existing.keys.",
    "Pause sending. Set existing.keys in broadsheet.config.ts to the KeysSecret that the table was filled with, then: npx cdk deploy",
  ]);

const stuckSender = (until: string) =>
  diagnosis("fault", "sender-stuck", [
    `No mail can leave before ${until}: a run of the sender has the lease until then.`,
    "A lease lasts seconds. The item was written by hand, or by a machine whose clock was wrong.",
    `End it: aws dynamodb update-item --table-name TABLE --key '{"PK":{"S":"SENDER"},"SK":{"S":"#"}}' --update-expression 'SET #until = :past' --expression-attribute-names '{"#until":"until"}' --expression-attribute-values '{":past":{"S":"2000-01-01T00:00:00.000Z"}}'`,
  ]);

const unreadableKeys = (why: string) =>
  diagnosis("fault", "keys-unreadable", [
    "The keys can't be read: no link in a mail can be made or checked, and no edition goes out.",
    why,
    "If the secret was deleted, bring it back within its waiting time: aws secretsmanager restore-secret --secret-id KEYS; docs/runbook.md#keys",
  ]);

const oldKeys = (uses: readonly string[]) =>
  diagnosis("warning", "keys-old", [
    `These keys are more than a year old: ${uses.join(", ")}.`,
    "Everyone who could read the secret since then may know them.",
    "npx --no-install broadsheet keys rotate all",
  ]);

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

const brokenSource = ({ id, url, failures, lastError }: SystemFacts["sources"][number]) =>
  diagnosis("warning", "source-broken", [
    `The source ${id} failed ${failures === 1 ? "once" : `${number(failures)} times in a row`}.`,
    lastError ?? "No reason was recorded.",
    `npx --no-install broadsheet source check ${url}`,
  ]);

const deadLetters = ({ queue, dead }: SystemFacts["dead"][number]) =>
  diagnosis("fault", "dead-letters", [
    `${dead} ${dead === 1 ? `message of ${queue} is` : `messages of ${queue} are`} dead.`,
    `docs/runbook.md#${queue}-dead-letters says what they mean.`,
    `npx --no-install broadsheet dlq list ${queue}, then npx --no-install broadsheet dlq redrive ${queue}`,
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
