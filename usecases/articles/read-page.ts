import type { PageFacts } from "#domain/article/page-facts.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import type { IngestPorts } from "./poll-source.ts";

export type PagePorts = {
  fetchPage: IngestPorts["fetchFeed"];
  factsOfPage: (page: {
    bytes: Uint8Array;
    url: string | null;
    contentType: string | null;
  }) => Promise<PageFacts | null>;
};

const byHand = "Enter its headline yourself to add it.";

/** What to do if a page's server answers with this status. */
export const adviceForPage = (status: number): string =>
  status === 404 || status === 410 ? "Check the address in a browser." : byHand;

/** Fetches a web page with the same guards as feeds, and reads its metadata. Stores nothing. */
export async function readPage({ fetchPage, factsOfPage }: PagePorts, url: string): Promise<Outcome<PageFacts>> {
  const answer = await fetchPage({ url, etag: null, lastModified: null });
  if (answer.kind === "refused") return fault("fetch-refused", answer.message);
  if (answer.kind === "unchanged") return fault("fetch-failed", `${url} sent nothing. ${byHand}`);
  if (answer.kind !== "fetched") return fault("fetch-failed", answer.message);
  const facts = await factsOfPage(answer);
  return facts === null ? fault("fetch-failed", `${url} isn't a web page with a title. ${byHand}`) : done(facts);
}
