import type { ArchiveEntry } from "#domain/edition/archive.ts";
import { escaped, type Html, html } from "../text/html.ts";
import { typographic } from "../text/typography.ts";

/**
 * A newsletter's editions for feed readers, newest first. All addresses are absolute; `feedUrl` is without its
 * extension.
 */
export type FeedOf = {
  title: string;
  description?: string | undefined;
  language: string;
  siteUrl: string;
  archiveUrl: string;
  feedUrl: string;
  author: string;
  editions: readonly (ArchiveEntry & { url: string })[];
};

/** Links for browsers and feed readers to find a page's feeds. */
export const feedLinks = (title: string, feedUrl: string | undefined): Html =>
  html`${
    feedUrl &&
    html`<link rel="alternate" type="application/atom+xml" title="${title}" href="${feedUrl}.xml"><link rel="alternate" type="application/feed+json" title="${title}" href="${feedUrl}.json">`
  }`;

/** RFC 4287. */
export function atomFeed(feed: FeedOf): string {
  const updated =
    feed.editions
      .map(({ updatedAt }) => updatedAt)
      .sort()
      .at(-1) ?? "1970-01-01T00:00:00.000Z";
  const entries = feed.editions.map(
    ({ url, subject, summary, publishedAt, updatedAt }) => `<entry>
<id>${escaped(url)}</id>
<title>${escaped(typographic(subject, feed.language))}</title>
<link rel="alternate" type="text/html" href="${escaped(url)}"/>
<published>${publishedAt}</published>
<updated>${updatedAt}</updated>
<summary>${escaped(typographic(summary, feed.language))}</summary>
</entry>
`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${escaped(feed.language)}">
<id>${escaped(feed.archiveUrl)}</id>
<title>${escaped(feed.title)}</title>
${feed.description === undefined ? "" : `<subtitle>${escaped(feed.description)}</subtitle>\n`}<link rel="self" type="application/atom+xml" href="${escaped(feed.feedUrl)}.xml"/>
<link rel="alternate" type="text/html" href="${escaped(feed.archiveUrl)}"/>
<updated>${updated}</updated>
<author><name>${escaped(feed.author)}</name></author>
${entries.join("")}</feed>
`;
}

/** https://www.jsonfeed.org/version/1.1/ */
export function jsonFeed(feed: FeedOf): string {
  return JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title: feed.title,
    description: feed.description,
    language: feed.language,
    home_page_url: feed.archiveUrl,
    feed_url: `${feed.feedUrl}.json`,
    authors: [{ name: feed.author }],
    items: feed.editions.map(({ url, subject, summary, publishedAt, updatedAt }) => ({
      id: url,
      url,
      title: typographic(subject, feed.language),
      content_text: typographic(summary === "" ? subject : summary, feed.language),
      date_published: publishedAt,
      date_modified: updatedAt,
    })),
  });
}

/** https://www.sitemaps.org/protocol.html */
export const sitemap = (pages: readonly { url: string; changedAt?: string | undefined }[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${pages.map(({ url, changedAt }) => `<url><loc>${escaped(url)}</loc>${changedAt === undefined ? "" : `<lastmod>${changedAt}</lastmod>`}</url>\n`).join("")}</urlset>
`;

/** One sitemap for each newsletter, so each needs one read. */
export const sitemapIndex = (urls: readonly string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${urls.map((url) => `<sitemap><loc>${escaped(url)}</loc></sitemap>\n`).join("")}</sitemapindex>
`;
