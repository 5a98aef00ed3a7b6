import { type Diagnosis, diagnosis } from "./diagnosis.ts";

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
