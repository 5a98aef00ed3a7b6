import { type Diagnosis, diagnosis } from "./diagnosis.ts";

/** What the running system reports about itself. */
export type SystemFacts = {
  readonly sources: readonly { readonly id: string; readonly failures: number; readonly lastError: string | null }[];
  readonly dead: readonly { readonly queue: string; readonly dead: number }[];
  readonly editions: readonly { readonly newsletter: string; readonly date: string; readonly state: string }[];
  /** Since when each use has its newest key; null: unknown. A text: why the keys can't be read. */
  readonly keys: readonly { readonly use: string; readonly isOwn: boolean; readonly since: string | null }[] | string;
  /** Newsletters of the config that the deployment doesn't know. */
  readonly unknownNewsletters: readonly string[];
};

/** A key older than this should have been rotated; the runbook says once a year. */
const OLD_KEY_MS = 400 * 24 * 3_600_000;

/** Consecutive failed polls before a source is reported: about a day. */
const BROKEN_AFTER = 5;

/** @param now milliseconds */
export function diagnoseSystem(facts: SystemFacts, now: number): Diagnosis[] {
  const { sources, dead, editions, unknownNewsletters } = facts;
  return [
    ...(unknownNewsletters.length === 0 ? [] : [drifted(unknownNewsletters)]),
    ...(sources.length > 0 ? [] : [withoutSources]),
    ...sources.filter(({ failures }) => failures >= BROKEN_AFTER).map(brokenSource),
    ...dead.filter((queue) => queue.dead > 0).map(deadLetters),
    ...editions.filter(({ state }) => state === "held" || state === "halted").map(stoppedEdition),
    ...diagnoseKeys(facts.keys, now),
  ];
}

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

const brokenSource = ({ id, failures, lastError }: SystemFacts["sources"][number]) =>
  diagnosis("warning", "source-broken", [
    `The source ${id} failed ${failures} times in a row.`,
    lastError ?? "No reason was recorded.",
    `npx --no-install broadsheet source check ${id}`,
  ]);

const deadLetters = ({ queue, dead }: SystemFacts["dead"][number]) =>
  diagnosis("fault", "dead-letters", [
    `${dead} ${dead === 1 ? `message of ${queue} is` : `messages of ${queue} are`} dead.`,
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
