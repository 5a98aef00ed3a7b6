import { newSource } from "#domain/source/polling.ts";
import type { SourceReport } from "#domain/source/source-report.ts";
import { toInstant } from "#domain/time/instant.ts";
import { type IngestPorts, reportOf } from "./poll-source.ts";

type TryPorts = Pick<IngestPorts, "fetchFeed" | "readFeed" | "feedsOfPage" | "now">;

/** Fetches and reads an address as a first poll would, and stores nothing. */
export async function tryAddress(ports: TryPorts, url: string): Promise<SourceReport> {
  const source = newSource({ url }, toInstant(ports.now()));
  const failed = (error: string) => reportOf(source, "failed", { error });
  const fetchNew = (address: string) => ports.fetchFeed({ url: address, etag: null, lastModified: null });
  const first = await fetchNew(url);
  const [feed] = first.kind === "fetched" ? ((await ports.feedsOfPage?.(first)) ?? []) : [];
  const answer = feed === undefined ? first : await fetchNew(feed);
  if (answer.kind === "unchanged")
    return failed(`${url} answers that it hasn't changed, which wasn't asked. Check the address.`);
  if (answer.kind !== "fetched") return failed(answer.message);
  const { bytes, contentType } = answer;
  const read = await ports.readFeed({ bytes, url: answer.url, contentType, now: ports.now() });
  if (!read.ok) return failed(read.fault.message);
  const { title } = read.value.feed;
  return reportOf({ ...source, title: title ?? source.title }, "polled", { refused: [...read.value.refused] });
}
