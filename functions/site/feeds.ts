import type { Hono } from "hono";
import type { ArchiveMonth } from "#domain/edition/archive.ts";
import { sitePaths } from "#domain/site-paths.ts";
import { readyTheme } from "#domain/theme/theme.ts";
import { atomFeed, type FeedOf, jsonFeed, sitemap, sitemapIndex } from "#templates/pages/feeds.ts";
import { sharePicture } from "#templates/pages/share-picture.ts";
import { escaped } from "#templates/text/html.ts";
import { MONTHS } from "./editions.ts";
import { type LookPorts, newsletterAt, param, type SiteEnvironment, themeOf, urlOf } from "./look.ts";
import type { ShowMessage } from "./message.ts";

export type FeedPorts = LookPorts & {
  archive: { newest: (newsletter: string, limit: number) => Promise<ArchiveMonth[]> };
};

/** Most editions in a feed, from at most two months. */
const ENTRIES = 30;
const XML = { "Content-Type": "application/xml; charset=utf-8" };

/** For programs: feeds, sitemaps, the icon, share pictures, and robots.txt. */
export function addFeeds(app: Hono<SiteEnvironment>, ports: FeedPorts, showMessage: ShowMessage): void {
  const endings = [
    [".xml", "application/atom+xml; charset=utf-8", atomFeed],
    [".json", "application/feed+json; charset=utf-8", jsonFeed],
  ] as const;
  for (const [ending, type, write] of endings) {
    app.get(`/:newsletter/feed${ending}`, async (c) => {
      const feed = await feedOf(ports, param(c, "newsletter"));
      return feed === undefined ? showMessage(c, "notFound", 404) : c.body(write(feed), 200, { "Content-Type": type });
    });
  }
  app.get("/:newsletter/sitemap.xml", async (c) => {
    const map = await sitemapOf(ports, param(c, "newsletter"));
    return map === undefined ? showMessage(c, "notFound", 404) : c.body(map, 200, XML);
  });
  app.get("/sitemap.xml", (c) => {
    const urls = Object.keys(ports.config.newsletters).map((name) => urlOf(ports, sitePaths.sitemap(name)));
    return c.body(sitemapIndex(urls), 200, XML);
  });
  app.get(sitePaths.sharePicture(":newsletter"), (c) => {
    const about = newsletterAt(ports.config, param(c, "newsletter"));
    if (about === undefined) return showMessage(c, "notFound", 404);
    return c.body(sharePicture(about.theme), 200, { "Content-Type": "image/png" });
  });
  app.get("/robots.txt", (c) => c.text(robots(ports)));
  app.get("/favicon.svg", (c) => c.body(icon(ports), 200, { "Content-Type": "image/svg+xml" }));
  app.get("/favicon.ico", (c) => c.redirect("/favicon.svg", 301));
}

async function feedOf(ports: FeedPorts, newsletter: string): Promise<FeedOf | undefined> {
  const about = newsletterAt(ports.config, newsletter);
  if (about === undefined) return undefined;
  const entries = (await ports.archive.newest(newsletter, MONTHS)).flatMap((month) => month.entries).slice(0, ENTRIES);
  return {
    title: about.title,
    description: about.description,
    language: about.language,
    siteUrl: urlOf(ports, "/"),
    archiveUrl: urlOf(ports, sitePaths.archive(newsletter)),
    feedUrl: urlOf(ports, sitePaths.feed(newsletter)),
    author: about.from.name,
    editions: entries.map((entry) => ({ ...entry, url: urlOf(ports, sitePaths.edition(newsletter, entry.date)) })),
  };
}

/** Pages of the newest months; search engines find the others by links. */
async function sitemapOf(ports: FeedPorts, newsletter: string): Promise<string | undefined> {
  if (newsletterAt(ports.config, newsletter) === undefined) return undefined;
  const months = await ports.archive.newest(newsletter, MONTHS);
  const at = (part: string) => urlOf(ports, sitePaths.edition(newsletter, part));
  const older = months.at(-1)?.older;
  return sitemap([
    { url: urlOf(ports, sitePaths.archive(newsletter)) },
    { url: urlOf(ports, sitePaths.subscribe(newsletter)) },
    ...months.flatMap(({ entries }) => entries.map(({ date, updatedAt }) => ({ url: at(date), changedAt: updatedAt }))),
    ...[...months.map(({ month }) => month), ...(older ? [older] : [])].map((month) => ({ url: at(month) })),
  ]);
}

const robots = (ports: FeedPorts): string =>
  [
    "User-agent: *",
    ...["confirm", "manage", "one-click", "undo", "unsubscribe"].map((path) => `Disallow: /${path}/`),
    "",
    `Sitemap: ${urlOf(ports, "/sitemap.xml")}`,
    "",
  ].join("\n");

/** The icon: the first letter of the first newsletter, in its colours. */
function icon(ports: FeedPorts): string {
  const { light, type } = themeOf(ports.config) ?? readyTheme("broadsheet");
  const title = Object.values(ports.config.newsletters)[0]?.title.replace(/^the\s+/i, "") ?? "B";
  const letter = escaped([...title][0]?.toUpperCase() ?? "B");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="4" fill="${light.ink}"/><text x="16" y="24" font-family="${escaped(type.news)}" font-size="24" font-weight="700" text-anchor="middle" fill="${light.paper}">${letter}</text></svg>`;
}
