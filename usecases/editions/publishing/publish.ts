import { type ArchiveEntry, monthOf, neighboursOf, withEntry, withoutEntry } from "#domain/edition/archive.ts";
import type { Edition, EditionKey } from "#domain/edition/edition.ts";
import { type SearchEntry, searchEntriesOf } from "#domain/edition/search.ts";
import type { Instant } from "#domain/time/instant.ts";
import type { ArchiveStore, EditionStore } from "../../ports/editions.ts";

type PublishPorts = {
  editions: Pick<EditionStore, "get" | "revision" | "update" | "counts">;
  archive: ArchiveStore;
  now: () => Instant;
  /** BCP 47 tag of a newsletter. */
  languageOf: (newsletter: string) => string;
};

/** Updates the web copy and archive of an edition. */
export type UpdatePublished = (key: EditionKey) => Promise<void>;

/** Number of tries when another edition of the month is published at the same moment. */
const TRIES = 8;

/**
 * Publishes an edition on the web: marks it, lists it in its month of the archive, and links it with its neighbours.
 * Called when sending begins and after a correction; repeating it only updates the entry. An edition that is cancelled
 * meanwhile ends up unpublished, whichever comes last.
 */
export async function publishEdition(ports: PublishPorts, key: EditionKey): Promise<void> {
  if (await isWithdrawn(ports, key)) return;
  await list(ports, key);
  if (await isWithdrawn(ports, key)) await unpublishEdition(ports, key);
}

/** Whether it was cancelled before anyone could have received it. */
async function isWithdrawn({ editions }: PublishPorts, key: EditionKey): Promise<boolean> {
  if ((await editions.get(key))?.state !== "cancelled") return false;
  const { accepted, unknown } = await editions.counts(key);
  return accepted + unknown === 0;
}

async function list(ports: PublishPorts, key: EditionKey): Promise<void> {
  const { newsletter, date } = key;
  const edition = await ports.editions.get(key);
  if (edition === undefined) return;
  const entry = await entryOf(ports, edition);
  if (entry === undefined) return;
  await file(ports, newsletter, entry);
  await link(ports, { newsletter, date });
  await ports.archive.index(newsletter, await searchEntries(ports, edition));
}

/** The search terms of an edition. Words are split by its newsletter's language. */
async function searchEntries(ports: PublishPorts, edition: Edition): Promise<SearchEntry[]> {
  const revision = await ports.editions.revision(edition, edition.rev);
  return revision === undefined ? [] : searchEntriesOf(revision.content, ports.languageOf(edition.newsletter));
}

/** Unpublishes an edition that was cancelled before it reached anyone. */
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
 * Updates the web after an edition was corrected or cancelled during sending. If it was cancelled before anyone could
 * have received it, it is unpublished; otherwise it stays, because their emails link to it.
 */
export async function updatePublished(ports: PublishPorts, key: EditionKey): Promise<void> {
  if ((await ports.editions.get(key))?.published !== true) return;
  return (await isWithdrawn(ports, key)) ? unpublishEdition(ports, key) : publishEdition(ports, key);
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

/** A month was added before a later one, whose link now leads to it. */
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
