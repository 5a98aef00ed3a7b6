import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { readFeed } from "#adapters/feed-parsing/read.ts";
import { memoryArticles } from "#adapters/memory/articles/articles.ts";
import { memorySources } from "#adapters/memory/articles/sources.ts";
import { memoryEditions } from "#adapters/memory/editions/editions.ts";
import type { Config } from "#domain/config.ts";
import type { EditionView, RenderedEmail } from "#domain/edition/edition.ts";
import type { Fault } from "#domain/outcome.ts";
import { newSource } from "#domain/source/polling.ts";
import type { SourceReport } from "#domain/source/source-report.ts";
import { type Instant, toInstant } from "#domain/time/instant.ts";
import { pollSources } from "#usecases/articles/poll.ts";
import type { FetchOutcome } from "#usecases/articles/poll-source.ts";
import { build } from "#usecases/editions/making/build.ts";
import { impersonal } from "#usecases/editions/making/email.ts";
import type { MakingPorts } from "#usecases/editions/ports.ts";

export type Rehearsal = {
  newsletter: string;
  /** A folder that holds feed files only. */
  feedsDir: string;
  /** ISO 8601 with a zone: when the feeds are polled for the first time and the edition is built. */
  at: string;
  outDir: string;
  config: Config;
};

type Rehearsed = {
  /** The files written: edition.html, edition.txt and edition.json. */
  files: string[];
  edition: EditionView;
  /** The outcome for each feed file, under the file's name. */
  reports: SourceReport[];
};

/** Why there is no edition, and what to do, as a sentence. */
export class RehearsalFailed extends Error {
  override readonly name = "RehearsalFailed";
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(fault.message);
    this.fault = fault;
  }
}

const failed = (code: Fault["code"], message: string) => new RehearsalFailed({ code, message });

/** The site for a rehearsal's links if the config has none; nothing is published. */
const elsewhere = "https://broadsheet.example";

/**
 * Makes the edition that feed files would give at an instant, with the use cases that make the real one, in memory.
 * Nothing is fetched and nothing is random: the same files give the same bytes.
 * @throws RehearsalFailed for a wrong instant, folder or newsletter, and if the feeds have too little news
 */
export async function rehearse({ newsletter, feedsDir, at, outDir, config }: Rehearsal): Promise<Rehearsed> {
  const now = instantOf(at);
  const stores = { sources: memorySources(), articles: memoryArticles(), editions: memoryEditions() };
  const reports = await ingest(stores, feedsDir, now);
  const ports: MakingPorts = {
    ...stores,
    config,
    siteUrl: config.site.domain === undefined ? elsewhere : `https://${config.site.domain}`,
    now: () => now,
    keepPicture: null,
  };
  const built = await build(ports, { newsletter, by: "rehearsal" });
  if (!built.ok) throw failed(built.fault.code, withFailures(built.fault.message, reports));
  const revision = await stores.editions.revision(built.value, built.value.rev);
  if (!revision) throw failed("internal", "The edition was built and its email is missing.");
  const files = await writeFiles(outDir, built.value, impersonal(revision.email, ports.siteUrl));
  return { files, edition: built.value, reports };
}

type Stores = { sources: ReturnType<typeof memorySources>; articles: ReturnType<typeof memoryArticles> };

/** Polls each file as the first poll of a source. */
async function ingest({ sources, articles }: Stores, folder: string, now: Instant): Promise<SourceReport[]> {
  for (const { id, file } of await feedFiles(folder)) await sources.add(newSource({ url: file, id }, now));
  const reports = await pollSources(
    {
      sources,
      articles,
      fetchFeed: ({ url }) => fetchFile(join(folder, url), url),
      // A file name can't be the base of relative links.
      readFeed: (document) => readFeed({ ...document, url: null }),
      now: () => Date.parse(now),
      random: () => 0.5,
    },
    { all: true },
    [],
  );
  // Read without an address, a feed is called "the file"; here there are several.
  return reports.map((report) => ({ ...report, error: report.error && `${report.url}: ${report.error}` }));
}

/** To the second or finer, or to the minute. */
const WithZone = z.union([z.iso.datetime({ offset: true }), z.iso.datetime({ offset: true, precision: -1 })]);

function instantOf(at: string): Instant {
  if (WithZone.safeParse(at).success) return toInstant(Date.parse(at));
  throw failed(
    "bad-request",
    `"${at}" is not a time with a zone. Give date, time and zone, such as 2026-11-23T07:00:00Z.`,
  );
}

/** The files of a folder, sorted by name, each with the id of its source. */
async function feedFiles(folder: string): Promise<{ id: string; file: string }[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === "ENOENT" ? "no such folder" : error.code === "ENOTDIR" ? "not a folder" : error.message;
    throw failed("bad-request", `Can't read ${folder}: ${why}. Give the folder that has the feed files.`);
  });
  const files = entries.filter((entry) => !entry.isDirectory() && !entry.name.startsWith(".")).map(({ name }) => name);
  if (files.length === 0)
    throw failed("bad-request", `${folder} has no files. Give the folder that has the feed files.`);
  const taken = new Set<string>();
  return files.toSorted().map((file) => ({ file, id: freeId(slug(file), taken) }));
}

const slug = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "") || "feed";

function freeId(wanted: string, taken: Set<string>): string {
  let id = wanted;
  for (let n = 2; taken.has(id); n++) id = `${wanted}-${n}`;
  taken.add(id);
  return id;
}

async function fetchFile(path: string, url: string): Promise<FetchOutcome> {
  try {
    const bytes = await readFile(path);
    return { kind: "fetched", bytes, contentType: null, etag: null, lastModified: null, url, movedTo: null };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { kind: "failed", message: `can't be read: ${why}`, retryAfter: null };
  }
}

function withFailures(message: string, reports: readonly SourceReport[]): string {
  const broken = reports.filter(({ outcome }) => outcome === "failed").map(({ error }) => `  ${error}`);
  return broken.length === 0 ? message : `${message}\nThese files could not be used:\n${broken.join("\n")}`;
}

async function writeFiles(folder: string, edition: EditionView, email: RenderedEmail): Promise<string[]> {
  const contents: Record<string, string> = {
    "edition.html": email.html,
    "edition.txt": email.text,
    "edition.json": `${JSON.stringify(edition, null, 2)}\n`,
  };
  try {
    await mkdir(folder, { recursive: true });
    for (const [name, content] of Object.entries(contents)) await writeFile(join(folder, name), content);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw failed("bad-request", `Can't write the edition to ${folder}: ${why}`);
  }
  return Object.keys(contents).map((name) => join(folder, name));
}
