import type { Source } from "#domain/article/source.ts";
import type { AuditEntry } from "#domain/audit.ts";
import type { Instant } from "#domain/instant.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import type { IngestRequest, IngestResponse } from "../ingest/contract.ts";
import type { Gives } from "./contract.ts";

export type SourcePorts = {
  now: () => Instant;
  sources: {
    /** Removed ones too. */
    list: () => Promise<Source[]>;
    put: (source: Source) => Promise<unknown>;
  };
  audit: { append: (entry: AuditEntry) => Promise<void> };
  ingest: (request: IngestRequest) => Promise<IngestResponse>;
};

type NewSource = { url: string; id?: string | undefined; title?: string | undefined; weight?: number | undefined };

/** Adds a source, or brings back a removed one; one that is there takes the title and the weight that are given. */
export async function addSource(
  ports: SourcePorts,
  { by, ...wanted }: NewSource & { by: string },
): Promise<Outcome<Gives<"source add">>> {
  const url = webAddress(wanted.url);
  if (!url.ok) return url;
  const all = await ports.sources.list();
  const before = all.find((source) => source.url === url.value);
  const id = before === undefined ? newId(wanted.id, url.value, all) : sameId(wanted.id, before);
  if (!id.ok) return id;
  const now = ports.now();
  const source: Source = {
    ...(before ?? newSource(id.value, url.value, now)),
    removedAt: null,
    ...(wanted.title === undefined ? {} : { title: wanted.title }),
    ...(wanted.weight === undefined ? {} : { weight: wanted.weight }),
    nextPollAt: now,
  };
  await ports.sources.put(source);
  await ports.audit.append(entryOf(ports, "source add", source, by));
  return done({ source });
}

export async function listSources(ports: SourcePorts): Promise<Outcome<Gives<"source list">>> {
  return done({ sources: await present(ports) });
}

/** The source stays as a tombstone, so that neither the config nor its articles bring it back. */
export async function removeSource(
  ports: SourcePorts,
  { source: named, by }: { source: string; by: string },
): Promise<Outcome<Gives<"source remove">>> {
  const found = await find(ports, named);
  if (!found.ok) return found;
  const source = { ...found.value, removedAt: ports.now() };
  await ports.sources.put(source);
  await ports.audit.append(entryOf(ports, "source remove", source, by));
  return done({ source });
}

/** Polls one source or all of them now, whether they are due or not. */
export async function ingestNow(
  ports: SourcePorts,
  { source: named }: { source?: string | undefined },
): Promise<Outcome<Gives<"ingest">>> {
  if (named === undefined) return done(await ports.ingest({ all: true }));
  const found = await find(ports, named);
  return found.ok ? done(await ports.ingest({ sources: [found.value.id], all: false })) : found;
}

const present = async ({ sources }: SourcePorts) =>
  (await sources.list()).filter(({ removedAt }) => removedAt === null).sort((a, b) => (a.id < b.id ? -1 : 1));

/** A source by its id or its address. */
async function find(ports: SourcePorts, named: string): Promise<Outcome<Source>> {
  const sources = await present(ports);
  const url = webAddress(named);
  const found = sources.find((source) => source.id === named || (url.ok && source.url === url.value));
  if (found !== undefined) return done(found);
  const known = sources.length === 0 ? "there are none yet" : `known: ${sources.map(({ id }) => id).join(", ")}`;
  return fault("unknown-source", `There is no source "${named}"; ${known}.`);
}

function webAddress(text: string): Outcome<string> {
  const url = URL.parse(text.trim());
  if (url === null || !/^https?:$/.test(url.protocol)) {
    return fault(
      "bad-request",
      `"${text}" is not a web address. Give one such as https://example.com/feed.xml; to try a file, use: broadsheet source check FILE.`,
    );
  }
  url.hash = "";
  return done(url.href);
}

const ID = /^[a-z0-9][a-z0-9-]{0,59}$/;

function newId(wanted: string | undefined, url: string, all: readonly Source[]): Outcome<string> {
  const taken = new Set(all.map(({ id }) => id));
  if (wanted === undefined) return done(freeId(slugOf(url), taken));
  if (!ID.test(wanted)) return fault("bad-request", `id: "${wanted}" may have lower-case letters, digits and hyphens.`);
  return taken.has(wanted) ? fault("bad-request", `id: "${wanted}" is another source's, or was.`) : done(wanted);
}

const sameId = (wanted: string | undefined, { id, url }: Source): Outcome<string> =>
  wanted === undefined || wanted === id ? done(id) : fault("bad-request", `id: ${url} is the source "${id}" already.`);

function freeId(slug: string, taken: ReadonlySet<string>): string {
  let id = slug;
  for (let n = 2; taken.has(id); n += 1) id = `${slug}-${n}`;
  return id;
}

/** `https://www.example.com/news/feed.xml` → `example-com-news`: what a person would call it. */
function slugOf(url: string): string {
  const { host, pathname } = new URL(url);
  const path = pathname.replace(/\.(xml|rss|atom|json|rdf)$/i, "").split("/");
  const words = [host.replace(/^www\./, ""), ...path.filter((part) => !/^(feed|feeds|rss|atom|index)?$/i.test(part))];
  const slug = words
    .join("-")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-");
  return slug.slice(0, 50).replace(/^-+|-+$/g, "") || "source";
}

const newSource = (id: string, url: string, now: Instant): Source => ({
  id,
  url,
  title: new URL(url).host,
  weight: 1,
  addedAt: now,
  removedAt: null,
  etag: null,
  lastModified: null,
  lastPolledAt: null,
  lastArticleAt: null,
  nextPollAt: now,
  failures: 0,
  lastError: null,
  reportedAt: null,
  articles: 0,
  used: 0,
});

const entryOf = ({ now }: SourcePorts, did: string, source: Source, by: string): AuditEntry => ({
  at: now(),
  by,
  did,
  newsletter: null,
  subjects: [source.id],
  note: source.url,
});
