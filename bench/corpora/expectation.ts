import type { ReadFeed } from "#adapters/feed-parsing/read.ts";
import { canonicalUrl } from "#domain/article/address.ts";
import type { DraftArticle } from "#domain/article/article.ts";
import { oneLine } from "./tally.ts";

/** Null: the feed has none. Then nothing is compared, because Broadsheet uses a replacement. */
type ExpectedEntry = {
  title?: string | null;
  link?: string | null;
  links_any_of?: string[];
  published?: string;
  updated?: string;
};

export type Expectation = {
  title?: string | null;
  entries?: number;
  entries_any_of?: number[];
  dated_entries?: number;
  first?: ExpectedEntry[];
  last?: ExpectedEntry;
  title_any_of?: string[];
  distinct_ids?: number;
  must_not_contain?: string;
  links_must_start_with?: string;
  no_http_link?: boolean;
};

/** All differences between a read feed and the expectation. Links are compared in their canonical form. */
export function faultsOf(read: ReadFeed, expected: Expectation, url: string): string[] {
  const { articles } = read;
  const faults: string[] = [];
  const say = (wrong: boolean, what: string) => void (wrong && faults.push(what));
  const title = oneLine(expected.title ?? "");
  say(
    expected.title !== undefined && oneLine(read.feed.title ?? "") !== title,
    `its title is ${read.feed.title}, not ${title || "none"}`,
  );
  const counts = expected.entries_any_of ?? (expected.entries === undefined ? undefined : [expected.entries]);
  say(
    counts !== undefined && !counts.includes(articles.length),
    `${articles.length} articles, not ${counts?.join(" or ")}`,
  );
  const dated = articles.filter((one) => one.published !== null).length;
  say(dated < (expected.dated_entries ?? 0), `${dated} dated articles, not ${expected.dated_entries}`);
  for (const [n, entry] of (expected.first ?? []).entries())
    faults.push(...entryFaults(articles[n], entry, `article ${n + 1}`, url));
  if (expected.last !== undefined) faults.push(...entryFaults(articles.at(-1), expected.last, "the last article", url));
  return [...faults, ...rareFaults(read, expected)];
}

function rareFaults(read: ReadFeed, expected: Expectation): string[] {
  const faults: string[] = [];
  const first = read.articles[0]?.title;
  if (expected.title_any_of && !expected.title_any_of.includes(first ?? "")) faults.push(`the first title is ${first}`);
  const links = read.articles.flatMap((one) => one.url ?? []);
  const start = expected.links_must_start_with;
  if (start !== undefined)
    faults.push(...links.filter((one) => !one.startsWith(start)).map((one) => `links to ${one}`));
  if (expected.no_http_link) faults.push(...links.map((one) => `links to ${one}`));
  const forbidden = expected.must_not_contain;
  if (forbidden !== undefined && JSON.stringify(read).includes(forbidden)) faults.push(`contains ${forbidden}`);
  return faults;
}

function entryFaults(article: DraftArticle | undefined, expected: ExpectedEntry, which: string, url: string): string[] {
  if (article === undefined) return [`${which} is missing`];
  const faults: string[] = [];
  const title = oneLine(expected.title ?? "");
  // Aggregators append the outlet's name to the title; Broadsheet stores it as the source's name.
  const titles = [article.title, `${article.title} - ${article.outlet}`];
  if (title !== "" && !titles.includes(title) && !isCut(article.title, title)) {
    faults.push(`${which} is titled ${article.title}, not ${title}`);
  }
  if (expected.link === null && article.url !== null) faults.push(`${which} links to ${article.url}, not to nothing`);
  const links = [expected.link, ...(expected.links_any_of ?? [])].flatMap((one) =>
    one == null ? [] : forms(one, url),
  );
  if (links.length > 0 && !links.includes(article.url ?? ""))
    faults.push(`${which} links to ${article.url}, not ${links[0]}`);
  const dates = [expected.published, expected.updated].filter((one) => one !== undefined);
  const date = article.published?.replace(/\.\d+Z$/, "Z");
  if (dates.length > 0 && !dates.includes(date ?? "")) faults.push(`${which} is dated ${date}, not ${dates[0]}`);
  return faults;
}

/** A title that was cut is compared up to the cut. */
const isCut = (kept: string, whole: string) =>
  kept.endsWith("…") && kept.length > 250 && whole.startsWith(kept.slice(0, -1));

/** A link as it may come out: canonical, with its fragment if the page is shared by several articles, or as it is. */
const forms = (link: string, base: string): string[] =>
  [canonicalUrl(link, base).url, canonicalUrl(link, base, true).url, URL.parse(link, base)?.href].flatMap(
    (one) => one ?? [],
  );
