import type { AuditEntry, LogEntry } from "#domain/audit.ts";
import { authorOf } from "#domain/desk/author.ts";
import type { Decision } from "#domain/edition/decisions/decisions.ts";
import type { Edition, Revision } from "#domain/edition/edition.ts";
import { done, type Outcome } from "#domain/outcome.ts";
import { fromInstant, type LocalDate, toInstant } from "#domain/time/instant.ts";
import type { EditionStore } from "../ports/editions.ts";
import type { AuditLog } from "../ports/services.ts";
import { findNewsletter, type Newsletters } from "./edition-request.ts";

export type LogPorts = Newsletters & {
  editions: Pick<EditionStore, "list" | "get" | "decisions" | "revision">;
  audit: Pick<AuditLog, "day">;
};

const DAY = 86_400_000;
/** So many things that one command changed are named; of more, the number. */
const NAMED = 3;

/** Who did what, newest first: decisions on editions, and every other change that a person made. */
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
  const editions =
    date === undefined
      ? await ports.editions.list(newsletter, days + 1)
      : [await ports.editions.get({ newsletter, date })].filter((one) => one !== undefined);
  const logs = editions.map(async (edition) => {
    const [log, revision] = await Promise.all([
      ports.editions.decisions(edition),
      edition.rev === 0 ? undefined : ports.editions.revision(edition, edition.rev),
    ]);
    return entriesOf(edition, log, titlesIn(revision));
  });
  return (await Promise.all(logs)).flat();
}

async function changesSince(ports: LogPorts, days: number): Promise<LogEntry[]> {
  const now = fromInstant(ports.now());
  const dates = Array.from({ length: days + 1 }, (_, back) => toInstant(now - back * DAY).slice(0, 10));
  return (await Promise.all(dates.map(ports.audit.day))).flat().map(entryOf);
}

/** An edition is worked on from the day before it, and resolved within the days after. */
async function changesAround(ports: LogPorts, date: LocalDate): Promise<LogEntry[]> {
  const day = Date.parse(`${date}T00:00Z`);
  const dates = [-2, -1, 0, 1, 2, 3, 4].map((days) => toInstant(day + days * DAY).slice(0, 10));
  return (await Promise.all(dates.map(ports.audit.day))).flat().map(entryOf);
}

function entryOf({ at, by, byId, did, newsletter, subjects, note }: AuditEntry): LogEntry {
  const date = subjects.find((subject) => /^\d{4}-\d\d-\d\d$/.test(subject)) ?? null;
  const about = namesOf(subjects.filter((subject) => subject !== date));
  return {
    at,
    ...authorOf({ by, byId }),
    what: about === "" ? did : `${did}: ${about}`,
    newsletter,
    date,
    before: null,
    after: note,
  };
}

/** A list of readers' ids says nothing to anyone: how many there are does. */
const namesOf = (subjects: readonly string[]): string =>
  subjects.length > NAMED ? `${subjects.length} of them` : subjects.join(", ");

function titlesIn(revision: Revision | undefined): Map<string, string> {
  const { lead, headlines } = revision?.content ?? { lead: { storyId: null, title: null }, headlines: [] };
  return new Map(
    [lead, ...headlines].flatMap(({ storyId, title }) =>
      storyId === null || title === null ? [] : [[storyId, title]],
    ),
  );
}

type EntryText = Pick<LogEntry, "what" | "before" | "after">;

function entriesOf({ newsletter, date }: Edition, log: readonly Decision[], titles: Map<string, string>): LogEntry[] {
  const name = (story: string) => `‹${titles.get(story) ?? story.slice(0, 12)}›`;
  const before = new Map<string, string>();
  return log.map((decision) => {
    const { at } = decision;
    return { at, ...authorOf(decision), newsletter, date, ...describeDecision(decision, name, before) };
  });
}

/** @param before what each field was rewritten to last; kept up as the log is read */
function describeDecision(decision: Decision, name: (story: string) => string, before: Map<string, string>): EntryText {
  const plain = (what: string, after: string | null = null): EntryText => ({ what, before: null, after });
  switch (decision.do) {
    case "rewrite":
      return rewritten(decision, name, before);
    case "pin":
    case "move":
      return plain(`${decision.do} ${name(decision.story)}`, decision.to === null ? null : placeOf(decision.to));
    case "remove":
      return plain(`remove ${name(decision.story)}`);
    case "add":
      return plain(`add ‹${decision.article.title}›`, decision.to === null ? null : placeOf(decision.to));
    case "reset":
      return plain(`reset ${decision.fields.join(", ")} of ${decision.stories.map(name).join(", ") || "the edition"}`);
    case "summary":
      return plain(`${decision.text === null ? "drop" : "write"} summary of ${name(decision.story)}`, decision.text);
    case "undo":
      return plain(`undo decision ${decision.of}`);
    case "skip":
    case "cancel":
      return plain(decision.do, decision.reason);
    case "approve":
      return plain(
        "approve",
        decision.due === undefined ? "at once" : `due ${decision.due.slice(0, 16).replace("T", " ")} UTC`,
      );
    case "note":
      return plain("add a note on the web", decision.text);
    case "tell":
      return plain(`tell the editors that it is ${decision.what}`);
    default:
      return plain(decision.do);
  }
}

const placeOf = (to: number) => (to === 0 ? "the lead" : `headline ${to}`);

function rewritten(
  decision: Extract<Decision, { do: "rewrite" }>,
  name: (story: string) => string,
  before: Map<string, string>,
): EntryText {
  const { story, title, url, paragraphs, subject, preheader } = decision;
  const fields = { title, url, text: paragraphs?.join("\n"), subject, preheader };
  const given = Object.entries(fields).flatMap(([field, value]) =>
    value === undefined ? [] : [[field, value] as const],
  );
  const was = given.flatMap(([field]) => before.get(`${story} ${field}`) ?? []);
  for (const [field, value] of given) before.set(`${story} ${field}`, value);
  const what = `rewrite ${given.map(([field]) => field).join(", ")} of ${story === null ? "the edition" : name(story)}`;
  return {
    what,
    before: was.length === 0 ? null : was.join("\n"),
    after: given.map(([, value]) => value).join("\n"),
  };
}
