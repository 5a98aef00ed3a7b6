import { Parser } from "htmlparser2";
import { readFeed } from "#adapters/feed-parsing/read.ts";
import type { DraftArticle } from "#domain/article/article.ts";
import type { EditionContent } from "#domain/edition/edition.ts";
import { type DigestLook, fill, readerValues, renderDigest } from "#templates/email/digest.ts";
import { archivePage } from "#templates/pages/archive-page.ts";
import { editionPage } from "#templates/pages/edition-page.ts";
import { oneLine, readJson, type Tally, tally } from "./tally.ts";

type Payload = { id: string; payload: string };
type FeedPayload = { id: string; feed: string };

const DANGEROUS = new Set(
  "script style iframe frame frameset object embed applet form svg math base meta link input button".split(" "),
);
const now = Date.parse("2026-11-23T07:00:00.000Z");

const look: DigestLook = {
  title: "The Bench",
  language: "en",
  timeZone: "UTC",
  postalAddress: "1 Example Street",
  siteUrl: "https://site.example",
  editionUrl: "https://site.example/bench/2026-11-23",
  archiveUrl: "https://site.example/bench",
  contact: "editor@site.example",
};

/** Hostile strings in every field of a feed: what the email and the pages made of it hold beyond their own elements. */
export function xss(folder: string): Tally {
  const payloads = ["owasp-filter-evasion.json", "payloadsallthethings.json"].flatMap((file) =>
    readJson<Payload[]>(folder, file),
  );
  const feeds = readJson<FeedPayload[]>(folder, "feedparser-sanitize.json");
  const own = elementsOf(articleFrom("A plain title", "Plain text."));
  const wrong = [
    ...payloads.flatMap(({ id, payload }) => faults(id, jsonFeed(payload), own)),
    ...payloads.flatMap(({ id, payload }) => faults(`${id} in RSS`, rssFeed(payload), own)),
    ...feeds.flatMap(({ id, feed }) => faults(id, feed, own)),
    ...benign(folder),
  ];
  return tally("xss", 2 * payloads.length + feeds.length + readJson<unknown[]>(folder, "benign.json").length, wrong);
}

const jsonFeed = (payload: string, title = payload) =>
  JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title,
    items: [
      {
        id: payload,
        url: payload,
        title,
        summary: payload,
        content_html: `<p>${payload}</p>`,
        image: payload,
        authors: [{ name: payload }],
        tags: [payload],
      },
    ],
  });

function rssFeed(payload: string): string {
  const text = payload.toWellFormed().replace(/&/g, "&amp;").replace(/</g, "&lt;");
  const fields = ["title", "link", "description", "category", "guid"]
    .map((name) => `<${name}>${text}</${name}>`)
    .join("");
  return `<rss version="2.0"><channel><title>${text}</title><item>${fields}<enclosure type="image/png" url="${text.replace(/"/g, "&quot;")}"/></item></channel></rss>`;
}

function faults(id: string, feed: string, own: Seen): string[] {
  const read = readFeed({ bytes: Buffer.from(feed), url: "https://feeds.example.test/x", contentType: null, now });
  if (!read.ok) return [];
  const source = read.value.feed.title ?? "";
  return [...new Set(read.value.articles.flatMap((article) => beyond(elementsOf(article, source), own)))].map(
    (what) => `${id}: ${what}`,
  );
}

const articleFrom = (title: string, text: string): DraftArticle => ({
  title,
  url: "https://feeds.example.test/1",
  guid: null,
  published: null,
  doubts: [],
  summary: text,
  paragraphs: [text],
  author: null,
  section: null,
  language: "en",
  image: { url: "https://feeds.example.test/1.png", alt: text, width: null, height: null },
});

type Seen = { counts: Map<string, number>; handlers: string[]; links: string[] };

/** What the email, the edition's page and the archive hold when an article is both the lead and the list. */
function elementsOf(article: DraftArticle, source = "A source"): Seen {
  const headline = {
    storyId: "s",
    title: article.title,
    url: article.url,
    source,
    alsoIn: [source],
    developing: false,
    reasons: [],
  };
  const content: EditionContent = {
    newsletter: "bench",
    date: "2026-11-23",
    subject: article.title,
    preheader: article.summary,
    lead: { ...headline, paragraphs: article.paragraphs, image: article.image },
    headlines: [headline, { ...headline, storyId: "t" }],
  };
  const email = fill(
    renderDigest(content, look),
    readerValues({ unsubscribeUrl: "https://site.example/unsubscribe/x" }),
  );
  const archive = archivePage({
    title: look.title,
    language: "en",
    postalAddress: look.postalAddress,
    about: {
      description: article.summary,
      language: "en",
      cadence: { days: ["mon"], sendAt: "07:00", timeZone: "UTC" },
    },
    archiveUrl: look.archiveUrl,
    editions: [{ date: content.date, subject: content.subject, url: look.editionUrl }],
  });
  const seen: Seen = { counts: new Map(), handlers: [], links: [] };
  for (const html of [email.html, editionPage(content, look), archive]) collect(html, seen);
  return seen;
}

function collect(html: string, seen: Seen): void {
  const parser = new Parser({
    onopentag(name, attributes) {
      if (DANGEROUS.has(name)) seen.counts.set(name, (seen.counts.get(name) ?? 0) + 1);
      for (const [attribute, value] of Object.entries(attributes)) {
        if (/^on/i.test(attribute)) seen.handlers.push(`${name} ${attribute}`);
        if (/^(href|src|action|formaction|background|poster|xlink:href)$/i.test(attribute)) seen.links.push(value);
      }
    },
  });
  parser.write(html);
  parser.end();
}

function beyond(found: Seen, own: Seen): string[] {
  const elements = [...found.counts]
    .filter(([name, n]) => n > (own.counts.get(name) ?? 0))
    .map(([name]) => `a ${name} element`);
  const links = found.links
    .filter((link) => !/^(https?|mailto):$/.test(URL.parse(link, look.siteUrl)?.protocol ?? ""))
    .map((link) => `a link to ${link}`);
  return [...elements, ...found.handlers.map((one) => `a handler: ${one}`), ...links];
}

/** Harmless text must come out as it reads. */
function benign(folder: string): string[] {
  return readJson<{ id: string; html: string }[]>(folder, "benign.json").flatMap(({ id, html }) => {
    const read = readFeed({
      bytes: Buffer.from(jsonFeed(html, "A plain title")),
      url: "https://feeds.example.test/x",
      contentType: null,
      now,
    });
    const text = read.ok ? (read.value.articles[0]?.paragraphs.join(" ") ?? "") : "";
    return oneLine(text) === oneLine(textOf(html)) ? [] : [`${id}: ${html} became ${text}`];
  });
}

/** What a browser shows of harmless HTML, by a parser; elements that stand alone part their words. */
function textOf(html: string): string {
  let text = "";
  const apart = new Set([
    "p",
    "br",
    "h1",
    "h2",
    "h3",
    "div",
    "li",
    "ul",
    "ol",
    "table",
    "tr",
    "td",
    "blockquote",
    "pre",
  ]);
  const part = (name: string) => {
    if (apart.has(name)) text += " ";
  };
  const parser = new Parser(
    { ontext: (data) => (text += data), onopentag: part, onclosetag: part },
    { decodeEntities: true },
  );
  parser.write(html);
  parser.end();
  return text;
}
