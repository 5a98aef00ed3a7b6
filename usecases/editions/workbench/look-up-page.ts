import { canonicalUrl } from "#domain/article/address.ts";
import type { PageFacts } from "#domain/article/page-facts.ts";
import { fault, type Outcome } from "#domain/outcome.ts";

export type PagePorts = {
  /** Fetches a public web page and reads its metadata. */
  fetchPage: (url: string) => Promise<Outcome<PageFacts>>;
};

/** A page's metadata, for an editor to correct before it is added. */
export async function lookUpPage(ports: PagePorts, { url }: { url: string }): Promise<Outcome<{ page: PageFacts }>> {
  const canonical = canonicalUrl(url).url;
  if (canonical === null) return fault("bad-request", `“${url.slice(0, 200)}” isn't a web address.`);
  const read = await ports.fetchPage(canonical);
  return read.ok ? { ok: true, value: { page: read.value } } : read;
}
