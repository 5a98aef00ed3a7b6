import { nameBySite } from "#domain/source/name/source-name.ts";
import { newSource } from "#domain/source/polling.ts";
import type { SourceReport } from "#domain/source/source-report.ts";
import { toInstant } from "#domain/time/instant.ts";
import { type IngestPorts, reportOf } from "./poll-source.ts";
import { type PagePorts, readPage } from "./read-page.ts";

type TryPorts = Pick<IngestPorts, "fetchFeed" | "readFeed" | "feedsOfPage" | "now"> & Partial<PagePorts>;

/** Fetches and reads an address as a first poll would, and stores nothing. */
export async function tryAddress(ports: TryPorts, url: string): Promise<SourceReport> {
  const source = newSource({ url }, toInstant(ports.now()));
  const failed = (error: string) => reportOf(source, "failed", { error });
  const fetchNew = (address: string) => ports.fetchFeed({ url: address, etag: null, lastModified: null });
  const first = await fetchNew(url);
  const [feed] = first.kind === "fetched" ? ((await ports.feedsOfPage?.(first)) ?? []) : [];
  const answer = feed === undefined ? first : await fetchNew(feed);
  if (answer.kind === "unchanged")
    return failed(`${url} answered 304 Not Modified to a first request. Check the address.`);
  if (answer.kind !== "fetched") return failed(answer.message);
  const { bytes, contentType } = answer;
  const read = await ports.readFeed({ bytes, url: answer.url, contentType, now: ports.now() });
  if (!read.ok) return failed(read.fault.message);
  const { title, site = null } = read.value.feed;
  const name =
    title === null
      ? source.title
      : nameBySite(title, await siteName(ports, site ?? originOf(answer.url)), read.value.feed);
  return reportOf({ ...source, title: name }, "polled", { refused: [...read.value.refused] });
}

/** The name of a feed's website; empty if it can't be fetched or has none. */
async function siteName({ fetchPage, factsOfPage }: Partial<PagePorts>, url: string | null): Promise<string> {
  if (url === null || fetchPage === undefined || factsOfPage === undefined) return "";
  const page = await readPage({ fetchPage, factsOfPage }, url);
  return page.ok ? page.value.source : "";
}

const originOf = (url: string | null): string | null => {
  const origin = URL.parse(url ?? "")?.origin;
  return origin === undefined || origin === "null" ? null : `${origin}/`;
};
