import type { AuditEntry, LogEntry } from "#domain/audit.ts";
import { auditText } from "#domain/audit-text.ts";
import { authorOf } from "#domain/desk/author.ts";
import type { Decision } from "#domain/edition/decisions/decisions.ts";
import type { Edition, Revision } from "#domain/edition/edition.ts";
import { type HistoryFacts, historyOf } from "#domain/edition/history/history.ts";
import { done, type Outcome } from "#domain/outcome.ts";
import { DAY } from "#domain/time/durations.ts";
import { fromInstant, type LocalDate, toInstant } from "#domain/time/instant.ts";
import type { EditionStore } from "../../ports/editions.ts";
import type { AuditLog } from "../../ports/services.ts";
import { findNewsletter, type Newsletters } from "../edition-request.ts";
import { newestEditions, TOMORROW_EVERYWHERE } from "../newest-editions.ts";

export type LogPorts = Newsletters & {
  editions: Pick<EditionStore, "list" | "get" | "decisions" | "revision">;
  audit: Pick<AuditLog, "day">;
};

/** The audit log, newest first: decisions on editions, and every other change by a person. */
export async function readLog(
  ports: LogPorts,
  { newsletter, date, days }: { newsletter?: string | undefined; date?: LocalDate | undefined; days: number },
): Promise<Outcome<{ entries: LogEntry[] }>> {
  const known = newsletter === undefined ? done(undefined) : findNewsletter(ports.config, newsletter);
  if (!known.ok) return known;
  const since = toInstant(fromInstant(ports.now()) - days * DAY);
  const names = newsletter === undefined ? Object.keys(ports.config.newsletters) : [newsletter];
  const [decided, changed] = await Promise.all([
    Promise.all(names.map((name) => decisionsOf(ports, name, date, days))),
    date === undefined ? changesSince(ports, days) : changesAround(ports, date),
  ]);
  const ofAudit = changed.filter(
    (entry) =>
      (newsletter === undefined || entry.newsletter === newsletter) && (date === undefined || entry.date === date),
  );
  const all = [...decided.flat(), ...ofAudit].filter(({ at }) => date !== undefined || at >= since);
  return done({ entries: all.toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0)) });
}

async function decisionsOf(ports: LogPorts, newsletter: string, date: LocalDate | undefined, days: number) {
  const timeZone = ports.config.newsletters[newsletter]?.timeZone ?? "UTC";
  const editions =
    date === undefined
      ? await newestEditions(ports.editions, newsletter, days + 1 + TOMORROW_EVERYWHERE, ports.now())
      : [await ports.editions.get({ newsletter, date })].filter((one) => one !== undefined);
  const logs = editions.map(async (edition) => {
    const log = await ports.editions.decisions(edition);
    return entriesOf(edition, log, factsOf(await titlesOf(ports, edition, log), timeZone));
  });
  return (await Promise.all(logs)).flat();
}

async function changesSince(ports: LogPorts, days: number): Promise<LogEntry[]> {
  const now = fromInstant(ports.now());
  const dates = Array.from({ length: days + 1 }, (_, back) => toInstant(now - back * DAY).slice(0, 10));
  return changesOn(ports, dates);
}

/** People work on an edition from the day before it until some days after. */
async function changesAround(ports: LogPorts, date: LocalDate): Promise<LogEntry[]> {
  const day = Date.parse(`${date}T00:00Z`);
  const dates = [-2, -1, 0, 1, 2, 3, 4].map((days) => toInstant(day + days * DAY).slice(0, 10));
  return changesOn(ports, dates);
}

const changesOn = async ({ audit }: LogPorts, dates: readonly string[]): Promise<LogEntry[]> =>
  (await Promise.all(dates.map(audit.day))).flat().map(entryOf);

function entryOf(entry: AuditEntry): LogEntry {
  const { at, newsletter, subjects, note } = entry;
  const what = auditText(entry);
  return {
    at,
    ...authorOf(entry),
    what,
    newsletter,
    date: subjects.find((subject) => /^\d{4}-\d\d-\d\d$/.test(subject)) ?? null,
    before: null,
    after: note !== null && what.includes(note) ? null : note,
  };
}

/** Revisions read for the titles of stories that are no longer in an edition. */
const MOST_REVISIONS = 12;

/** Titles of the stories that a log names. A removed one is in an earlier revision, mostly the first. */
async function titlesOf(
  { editions }: LogPorts,
  edition: Edition,
  log: readonly Decision[],
): Promise<ReadonlyMap<string, string>> {
  const { rev } = edition;
  const titles = new Map<string, string>();
  const isComplete = () => log.every((one) => !("story" in one) || one.story === null || titles.has(one.story));
  const order = [rev, 1, ...Array.from({ length: MOST_REVISIONS - 2 }, (_, n) => rev - 1 - n)];
  for (const number of new Set(order.filter((one) => one > 0))) {
    for (const [story, title] of titlesIn(await editions.revision(edition, number))) {
      if (!titles.has(story)) titles.set(story, title);
    }
    if (isComplete()) break;
  }
  return titles;
}

function titlesIn(revision: Revision | undefined): [string, string][] {
  if (revision === undefined) return [];
  const { lead, headlines } = revision.content;
  return [lead, ...headlines].flatMap(({ storyId, title }): [string, string][] =>
    storyId === null || title === null ? [] : [[storyId, title]],
  );
}

function entriesOf({ newsletter, date }: Edition, log: readonly Decision[], facts: HistoryFacts): LogEntry[] {
  const authors = new Map(log.map((decision) => [decision.n, authorOf(decision)]));
  return historyOf(log, facts, log.length).map(({ n, at, by, text, before, after }) => ({
    at,
    ...(authors.get(n) ?? { by }),
    what: text,
    newsletter,
    date,
    before,
    after,
  }));
}

/**
 * What an edition's content adds to its log. A story's position at the time of a decision is only known by folding over
 * its candidates.
 */
function factsOf(titles: ReadonlyMap<string, string>, timeZone: string): HistoryFacts {
  const titleOf = (story: string) => titles.get(story) ?? "a story that is gone";
  return { titleOf, articleTitleOf: titleOf, placeOf: () => undefined, sourceOf: () => null, timeZone };
}
