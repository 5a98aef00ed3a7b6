import {
  type ArchiveEntry,
  isPublished,
  monthOf,
  neighboursOf,
  withEntry,
  withoutEntry,
} from "#domain/edition/archive.ts";
import type { Edition, EditionKey } from "#domain/edition/edition.ts";
import { type SearchEntry, searchEntriesOf } from "#domain/edition/search.ts";
import type { Instant } from "#domain/time/instant.ts";
import type { ArchiveStore, EditionStore } from "../ports/editions.ts";

type PublishPorts = {
  editions: Pick<EditionStore, "get" | "revision" | "update" | "list">;
  archive: ArchiveStore;
  now: () => Instant;
  /** BCP 47 tag of a newsletter. */
  languageOf: (newsletter: string) => string;
};

/** Brings the web up to date with an edition. */
export type UpdatePublished = (key: EditionKey) => Promise<void>;

/** Tries again so often when another edition of the month is published in the same moment. */
const TRIES = 8;
/** Editions of earlier versions that are listed when the archive is made for the first time. */
const EARLIER = 400;

/**
 * Puts an edition on the web: marks it, lists it in its month of the archive, and links it with its neighbours. Called
 * when sending begins and again after a correction; the same edition twice changes nothing but its entry.
 */
export async function publishEdition(ports: PublishPorts, key: EditionKey): Promise<void> {
  const { newsletter, date } = key;
  if ((await ports.archive.newest(newsletter, 1)).length === 0) await listEarlier(ports, key);
  const edition = await ports.editions.get(key);
  if (edition === undefined) return;
  const entry = await entryOf(ports, edition);
  if (entry === undefined) return;
  await file(ports, newsletter, entry);
  await link(ports, { newsletter, date });
  await ports.archive.index(newsletter, await searchEntries(ports, edition));
}

/** What the edition is found by. Words are split by its newsletter's language. */
async function searchEntries(ports: PublishPorts, edition: Edition): Promise<SearchEntry[]> {
  const revision = await ports.editions.revision(edition, edition.rev);
  return revision === undefined ? [] : searchEntriesOf(revision.content, ports.languageOf(edition.newsletter));
}

/** Takes an edition off the web that was cancelled before it reached anyone. */
export async function unpublishEdition(ports: PublishPorts, key: EditionKey): Promise<void> {
  await ports.editions.update(key, { published: false });
  const edition = await ports.editions.get(key);
  if (edition !== undefined) await ports.archive.unindex(key.newsletter, await searchEntries(ports, edition));
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const month = await ports.archive.month(key.newsletter, monthOf(key.date));
    if (month === undefined || !month.entries.some(({ date }) => date === key.date)) return;
    if (await ports.archive.save(withoutEntry(month, key.date))) break;
  }
  const { previous, next } = await neighbours(ports, key);
  if (previous !== null) await ports.editions.update({ ...key, date: previous }, { next });
  if (next !== null) await ports.editions.update({ ...key, date: next }, { previous });
}

/**
 * Brings the web up to date with an edition that was corrected or cancelled on its way. One that was cancelled before
 * anyone could have got it is withdrawn; one that someone may have stays, because their email links to it.
 */
export async function updatePublished(
  ports: PublishPorts & { editions: Pick<EditionStore, "counts"> },
  key: EditionKey,
): Promise<void> {
  const edition = await ports.editions.get(key);
  if (edition?.published !== true) return;
  if (edition.state === "cancelled") {
    const { accepted, unknown } = await ports.editions.counts(key);
    if (accepted + unknown === 0) return unpublishEdition(ports, key);
  }
  return publishEdition(ports, key);
}

async function entryOf(ports: PublishPorts, edition: Edition): Promise<ArchiveEntry | undefined> {
  const revision = await ports.editions.revision(edition, edition.rev);
  if (revision === undefined) return undefined;
  const { subject, preheader } = revision.content;
  const publishedAt = edition.frozenAt ?? ports.now();
  const notedAt = edition.notes?.at(-1)?.at ?? publishedAt;
  const updatedAt = [publishedAt, revision.at, notedAt].reduce((latest, at) => (at > latest ? at : latest));
  return { date: edition.date, subject, summary: preheader, publishedAt, updatedAt };
}

async function file(ports: PublishPorts, newsletter: string, entry: ArchiveEntry): Promise<void> {
  const month = monthOf(entry.date);
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const before = await ports.archive.month(newsletter, month);
    const older = before === undefined ? ((await ports.archive.before(newsletter, month))?.month ?? null) : null;
    if (!(await ports.archive.save(withEntry(before, { newsletter, older }, entry)))) continue;
    if (before === undefined) await followNewMonth(ports, newsletter, month);
    return;
  }
  throw new Error(`The archive of ${newsletter} for ${month} changed at every try.`);
}

/** A month that is made after a later one: that one's link leads to it now. */
async function followNewMonth(ports: PublishPorts, newsletter: string, month: string): Promise<void> {
  const after = (await ports.archive.from(newsletter, month, 2)).find((one) => one.month > month);
  if (after !== undefined) await ports.archive.save({ ...after, version: after.version + 1, older: month });
}

async function link(ports: PublishPorts, key: EditionKey): Promise<void> {
  const { previous, next } = await neighbours(ports, key);
  await ports.editions.update(key, { published: true, previous, next });
  if (previous !== null) await ports.editions.update({ ...key, date: previous }, { next: key.date });
  if (next !== null) await ports.editions.update({ ...key, date: next }, { previous: key.date });
}

async function neighbours({ archive }: PublishPorts, { newsletter, date }: EditionKey) {
  const month = monthOf(date);
  const [older, own, newer] = await Promise.all([
    archive.before(newsletter, month),
    archive.month(newsletter, month),
    archive.from(newsletter, month, 2),
  ]);
  const after = newer.filter((one) => one.month > month);
  return neighboursOf(
    [older, own, ...after].filter((one) => one !== undefined),
    date,
  );
}

/** The first edition that this version publishes brings those of earlier versions into the archive. */
async function listEarlier(ports: PublishPorts, key: EditionKey): Promise<void> {
  const editions = (await ports.editions.list(key.newsletter, EARLIER))
    .filter((one) => one.date !== key.date)
    .reverse();
  for (const edition of editions.filter(isPublished)) {
    const entry = await entryOf(ports, edition);
    if (entry === undefined) continue;
    await file(ports, key.newsletter, entry);
    await link(ports, edition);
    await ports.archive.index(key.newsletter, await searchEntries(ports, edition));
  }
}
