import { feedAddress } from "#domain/article/address.ts";
import { cleanLine, cutLine } from "#domain/article/text.ts";
import type { AuditEntry } from "#domain/audit.ts";
import { type Author, authorOf } from "#domain/desk/author.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import { newSource, sourceId } from "#domain/source/polling.ts";
import type { Source } from "#domain/source/source.ts";
import type { SourceReport } from "#domain/source/source-report.ts";
import type { Instant } from "#domain/time/instant.ts";
import type { SourceStore } from "../ports/articles.ts";
import type { AuditLog } from "../ports/services.ts";

export type SourcePorts = {
  now: () => Instant;
  sources: Pick<SourceStore, "all" | "add" | "put">;
  audit: Pick<AuditLog, "append">;
  /** Why an address is never fetched, as a sentence; null: it can be fetched. */
  whyNotFetched: (url: string) => string | null;
  /** Polls these sources now, or all of them. */
  ingest: (request: { sources?: string[]; all?: boolean; check?: string }) => Promise<{ reports: SourceReport[] }>;
};

type NewSource = { url: string; id?: string | undefined; title?: string | undefined; weight?: number | undefined };

/** Adds a source, or restores a removed one. An existing source gets the given title and weight. */
export async function addSource(
  ports: SourcePorts,
  { by, byId, anyway = false, ...wanted }: NewSource & Author & { anyway?: boolean },
): Promise<Outcome<{ source: Source }>> {
  const url = openAddress(wanted.url);
  if (!url.ok) return url;
  // Reported now to the person who can fix it, instead of at every later poll.
  const closed = ports.whyNotFetched(url.value);
  if (closed !== null) return fault("fetch-refused", closed);
  const all = await ports.sources.all();
  const before = all.find((source) => source.url === url.value) ?? all.find(({ addedUrl }) => addedUrl === url.value);
  const id = idFor(wanted.id, before);
  if (!id.ok) return id;
  const tried = anyway || before?.removedAt === null ? null : await tryOut(ports, url.value);
  if (tried !== null && !tried.ok) return tried;
  const now = ports.now();
  const { weight } = wanted;
  const title = givenTitle(wanted.title);
  const source: Source =
    before === undefined
      ? newSource({ url: url.value, title: title ?? tried?.value, weight, id: id.value ?? freeId(url.value, all) }, now)
      : {
          ...before,
          title: title ?? before.title,
          weight: weight ?? before.weight,
          ...returned(before, now),
          nextPollAt: now,
        };
  if (before !== undefined) await ports.sources.put(source);
  else if (!(await ports.sources.add(source))) return idTaken(source.id);
  await ports.audit.append(entryOf(ports, "source add", source, { by, byId }));
  return done({ source });
}

/** Longest title that a source can be added with; feed readers' lists have longer ones than people give. */
const LONGEST_GIVEN = 200;

/** A title as a person or a list gives it: one line without invisible characters. Undefined: none is left of it. */
export const givenTitle = (title: string | undefined): string | undefined =>
  cutLine(cleanLine((title ?? "").slice(0, 2 * LONGEST_GIVEN)), LONGEST_GIVEN) || undefined;

/** Fetches an address as a first poll would. Returns its name, if any, or why it can't be used as a source now. */
async function tryOut(ports: SourcePorts, url: string): Promise<Outcome<string | undefined>> {
  const [report] = (await ports.ingest({ check: url })).reports;
  if (report?.error == null)
    return done(report === undefined || report.title === report.source ? undefined : report.title);
  const anyway = `npx --no-install broadsheet source add ${url} --anyway`;
  return fault("fetch-failed", `${report.error} It wasn't added. To add it anyway, use: ${anyway}`);
}

/** Restores a removed source as it was. */
export async function restoreSource(
  ports: SourcePorts,
  { source: named, ...author }: { source: string } & Author,
): Promise<Outcome<{ source: Source }>> {
  const all = await ports.sources.all();
  const url = webAddress(named);
  const removed = all.find(
    (one) => one.removedAt !== null && (one.id === named || (url.ok && [one.url, one.addedUrl].includes(url.value))),
  );
  if (removed === undefined) {
    const names = all.flatMap(({ id, removedAt }) => (removedAt === null ? [] : [id]));
    const known = names.length === 0 ? "No source has been removed." : `Removed sources: ${names.join(", ")}.`;
    return fault("unknown-source", `There is no removed source "${named}". ${known}`);
  }
  const now = ports.now();
  const source = { ...removed, ...returned(removed, now), nextPollAt: now };
  await ports.sources.put(source);
  await ports.audit.append(entryOf(ports, "source restore", source, author));
  return done({ source });
}

/** Articles published while a source was removed aren't news when it is restored. */
const returned = (source: Source, now: Instant): Partial<Source> =>
  source.removedAt === null ? {} : { removedAt: null, returnedAt: now };

export async function listSources(ports: SourcePorts): Promise<Outcome<{ sources: Source[] }>> {
  return done({ sources: await present(ports) });
}

/** The source stays as a tombstone, so neither the config nor its articles bring it back. */
export async function removeSource(
  ports: SourcePorts,
  { source: named, by, byId }: { source: string } & Author,
): Promise<Outcome<{ source: Source }>> {
  const found = await findSource(ports, named);
  if (!found.ok) return found;
  const source = { ...found.value, removedAt: ports.now() };
  await ports.sources.put(source);
  await ports.audit.append(entryOf(ports, "source remove", source, { by, byId }));
  return done({ source });
}

/** Renames a source, for all its articles in later editions. */
export async function renameSource(
  ports: SourcePorts,
  { source: named, title, by, byId }: { source: string; title: string } & Author,
): Promise<Outcome<{ source: Source }>> {
  const found = await findSource(ports, named);
  if (!found.ok) return found;
  const name = cleanLine(title);
  if (name === "" || name.length > LONGEST_NAME) {
    return fault("bad-request", `title: give a name of 1 to ${LONGEST_NAME} characters.`);
  }
  const source = { ...found.value, title: name };
  await ports.sources.put(source);
  await ports.audit.append({
    ...entryOf(ports, "source rename", source, { by, byId }),
    note: `${found.value.title} → ${name}`,
  });
  return done({ source });
}
const LONGEST_NAME = 80;

/** Polls one source or all of them now, due or not. */
export async function ingestNow(
  ports: SourcePorts,
  { source: named }: { source?: string | undefined },
): Promise<Outcome<{ reports: SourceReport[] }>> {
  if (named === undefined) return done(await ports.ingest({ all: true }));
  const found = await findSource(ports, named);
  if (!found.ok) return found;
  const { id, kind } = found.value;
  if (kind === "push") return fault("bad-request", `${id} is pushed to, not polled: its articles come by themselves.`);
  return done(await ports.ingest({ sources: [id], all: false }));
}

const present = async ({ sources }: SourcePorts) =>
  (await sources.all()).filter(({ removedAt }) => removedAt === null).sort((a, b) => (a.id < b.id ? -1 : 1));

/** A source by its id or its address. */
export async function findSource(ports: SourcePorts, named: string): Promise<Outcome<Source>> {
  const sources = await present(ports);
  const url = webAddress(named);
  const found = sources.find(
    (source) => source.id === named || (url.ok && (source.url === url.value || source.addedUrl === url.value)),
  );
  if (found !== undefined) return done(found);
  const known = sources.length === 0 ? "there are none yet" : `known: ${sources.map(({ id }) => id).join(", ")}`;
  return fault("unknown-source", `There is no source "${named}"; ${known}.`);
}

function webAddress(text: string): Outcome<string> {
  const url = URL.parse(feedAddress(text));
  if (url === null || !/^https?:$/.test(url.protocol)) {
    return fault(
      "bad-request",
      `"${text}" is not a web address. Give one such as https://example.com/feed.xml; to try a file, use: npx --no-install broadsheet source check FILE.`,
    );
  }
  url.hash = "";
  return done(url.href);
}

/** Addresses are printed and logged, and nothing is fetched with a password, so an address with one is refused. */
function openAddress(text: string): Outcome<string> {
  const url = webAddress(text);
  const { username = "", password = "", host = "" } = (url.ok && URL.parse(url.value)) || {};
  if (username === "" && password === "") return url;
  return fault("bad-request", `The address at ${host} has a user name in it. Leave out what is before the @.`);
}

export const ID = /^[a-z0-9][a-z0-9-]{0,59}$/;

/** The requested id for a new source; undefined: it is made from the address. */
function idFor(wanted: string | undefined, before: Source | undefined): Outcome<string | undefined> {
  if (wanted === undefined || wanted === before?.id) return done(wanted);
  if (before !== undefined) {
    const hint = before.removedAt === null ? "" : " It was removed: add it without --id, and it comes back.";
    return fault("bad-request", `${before.url} is the source "${before.id}" already.${hint}`);
  }
  const fits = ID.test(wanted);
  return fits ? done(wanted) : fault("bad-request", `id: "${wanted}" may have lower-case letters, digits and hyphens.`);
}

const freeId = (url: string, all: readonly Source[]) => sourceId(url, new Set(all.map(({ id }) => id)));
export const idTaken = (id: string) => fault("bad-request", `id: "${id}" is another source's, or was. Choose another.`);

export const entryOf = ({ now }: SourcePorts, did: string, source: Source, author: Author): AuditEntry => ({
  at: now(),
  ...authorOf(author),
  did,
  newsletter: null,
  subjects: [source.id],
  note: source.url,
});
