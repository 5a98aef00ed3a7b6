import { barrier, barrierNextDay } from "./barrier.ts";
import { first } from "./first.ts";
import { type OutletId, outlets, type Piece, pictureSize } from "./outlets.ts";
import { islandFerry, second } from "./second.ts";

/** An outlet's articles: those of the first poll, and later ones after their release. */
export type Shelf = { anchor: number; released: boolean; site: string };

export const samplesPath = "/-/samples/";
const fileNames = { rss: "feed.xml", atom: "atom.xml", json: "feed.json" } as const;
export const feedPath = (id: OutletId): string => `${samplesPath}${id}/${fileNames[outlets[id].format]}`;

const everything: readonly Piece[] = [...barrierNextDay, ...islandFerry, ...second, ...barrier, ...first];
const held = new Set<Piece>([...barrierNextDay, ...islandFerry, ...second]);

/** An outlet's articles, newest first. */
export function piecesOf(id: OutletId, shelf: Shelf): Piece[] {
  return everything
    .filter((piece) => piece.in === id && (shelf.released || !held.has(piece)))
    .toSorted((a, b) => a.hours - b.hours);
}

export const pieceAt = (id: string, slug: string): Piece | undefined =>
  everything.find((piece) => piece.in === id && piece.slug === slug);

export const dateOf = (piece: Piece, anchor: number): Date => new Date(anchor - piece.hours * 3_600_000);

export const paragraphsOf = (piece: Piece): string[] => piece.text.split("\n\n").map((part) => part.trim());

const linkOf = (piece: Piece, site: string) => `${site}${samplesPath}${piece.in}/${piece.slug}`;
const idOf = (piece: Piece) => `tag:samples.example,2026:${piece.in}/${piece.slug}`;
const summaryOf = (piece: Piece) => paragraphsOf(piece)[0] ?? "";

export const picturePath = (name: string): string => `${samplesPath}pictures/${name}.png`;

/** An article's body, its picture first. */
export function htmlOf(piece: Piece, site: string): string {
  const paragraphs = paragraphsOf(piece).map((text) => `<p>${escapeXml(text)}</p>`);
  if (piece.picture === undefined) return paragraphs.join("\n");
  const { name, alt } = piece.picture;
  const { width, height } = pictureSize;
  const src = escapeXml(site + picturePath(name));
  return [`<p><img src="${src}" alt="${escapeXml(alt)}" width="${width}" height="${height}"></p>`, ...paragraphs].join(
    "\n",
  );
}

/** An outlet's feed in its own format. The same articles give the same bytes, so a poll can find it unchanged. */
export function feedOf(id: OutletId, shelf: Shelf): { type: string; body: string } {
  const { format } = outlets[id];
  if (format === "rss") return { type: "application/rss+xml; charset=utf-8", body: rss(id, shelf) };
  if (format === "atom") return { type: "application/atom+xml; charset=utf-8", body: atom(id, shelf) };
  return { type: "application/feed+json; charset=utf-8", body: jsonFeed(id, shelf) };
}

function rss(id: OutletId, shelf: Shelf): string {
  const items = piecesOf(id, shelf).map(
    (piece) => `    <item>
      <title>${escapeXml(piece.title)}</title>
      <link>${escapeXml(linkOf(piece, shelf.site))}</link>
      <guid isPermaLink="false">${idOf(piece)}</guid>
      <pubDate>${dateOf(piece, shelf.anchor).toUTCString()}</pubDate>
      <category>${escapeXml(piece.section)}</category>${piece.by === undefined ? "" : `\n      <dc:creator>${escapeXml(piece.by)}</dc:creator>`}
      <description>${escapeXml(summaryOf(piece))}</description>
      <content:encoded>${escapeXml(htmlOf(piece, shelf.site))}</content:encoded>
    </item>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <channel>
    <title>${escapeXml(outlets[id].title)}</title>
    <link>${shelf.site}${samplesPath}${id}</link>
    <description>${escapeXml(outlets[id].about)}</description>
    <language>en</language>
${items.join("\n")}
  </channel>
</rss>
`;
}

function atom(id: OutletId, shelf: Shelf): string {
  const pieces = piecesOf(id, shelf);
  const entries = pieces.map((piece) => {
    const date = dateOf(piece, shelf.anchor).toISOString();
    return `  <entry>
    <id>${idOf(piece)}</id>
    <title>${escapeXml(piece.title)}</title>
    <link rel="alternate" href="${escapeXml(linkOf(piece, shelf.site))}"/>
    <published>${date}</published>
    <updated>${date}</updated>
    <category term="${escapeXml(piece.section)}"/>${piece.by === undefined ? "" : `\n    <author><name>${escapeXml(piece.by)}</name></author>`}
    <summary>${escapeXml(summaryOf(piece))}</summary>
    <content type="html">${escapeXml(htmlOf(piece, shelf.site))}</content>
  </entry>`;
  });
  const newest = pieces[0];
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
  <id>tag:samples.example,2026:${id}</id>
  <title>${escapeXml(outlets[id].title)}</title>
  <subtitle>${escapeXml(outlets[id].about)}</subtitle>
  <link rel="alternate" href="${shelf.site}${samplesPath}${id}"/>
  <updated>${(newest === undefined ? new Date(shelf.anchor) : dateOf(newest, shelf.anchor)).toISOString()}</updated>
${entries.join("\n")}
</feed>
`;
}

function jsonFeed(id: OutletId, shelf: Shelf): string {
  const items = piecesOf(id, shelf).map((piece) => ({
    id: idOf(piece),
    url: linkOf(piece, shelf.site),
    title: piece.title,
    summary: summaryOf(piece),
    content_html: htmlOf(piece, shelf.site),
    date_published: dateOf(piece, shelf.anchor).toISOString(),
    tags: [piece.section],
    ...(piece.by === undefined ? {} : { authors: [{ name: piece.by }] }),
  }));
  const feed = {
    version: "https://jsonfeed.org/version/1.1",
    title: outlets[id].title,
    description: outlets[id].about,
    home_page_url: `${shelf.site}${samplesPath}${id}`,
    language: "en",
    items,
  };
  return `${JSON.stringify(feed, null, 2)}\n`;
}

export const escapeXml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
