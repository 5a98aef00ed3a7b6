import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { feedsOfPage, type ReadFeed, readFeed } from "#adapters/feed-parsing/read.ts";
import { openFetcher } from "#adapters/fetch/feed.ts";
import type { DraftArticle } from "#domain/article/article.ts";
import { aliasesOf, articleId, sharedIdentities } from "#domain/article/identity.ts";
import { formOf } from "#domain/edition/choosing/scoring/form.ts";
import { bodyOf } from "#domain/edition/content/paragraphs.ts";
import type { Fault } from "#domain/outcome.ts";
import { sourceName } from "#domain/source/name/source-name.ts";
import { sourceId } from "#domain/source/polling.ts";
import { counted } from "../terminal/output.ts";

type CheckOptions = {
  /** The address that a file is treated as coming from. */
  readonly as?: string | undefined;
  readonly allowOrigins?: readonly string[];
  readonly now?: () => number;
};

/** What `broadsheet source check --json` prints. */
type CheckResult = {
  source: Omit<ReadFeed["feed"], "site" | "texts">;
  articles: (Pick<
    DraftArticle,
    "title" | "url" | "published" | "doubts" | "summary" | "author" | "section" | "language" | "image"
  > & {
    id: string;
    /** Its paragraphs as a lead. */
    paragraphs: string[];
    /** Its form for readers: `text`, `video`, `audio`, `gallery`, `live`, `puzzle` or `promotion`. */
    form: string;
    /** Its publisher: the outlet named by the feed, else the feed. */
    sourceName: string | null;
    /** The feed, if it names another outlet. */
    via: string | null;
  })[];
  refused: ReadFeed["refused"];
};

/**
 * Fetches or opens a feed and reads it as a poll would, without storing anything.
 * @throws Error with a sentence for people if nothing could be read
 */
export async function checkSource(target: string, options: CheckOptions = {}): Promise<CheckResult> {
  const { found, read } = await readTarget(target, options);
  if (!read.ok) throw new Error(read.fault.message.replace(/^the file\b/, basename(target)));
  const source = sourceId(found.url ?? basename(target));
  const publisher = { id: source, url: found.url ?? "", addedUrl: null };
  const shared = sharedIdentities(read.value.articles);
  const { site, texts, ...feed } = read.value.feed;
  const feedTitle = feed.title;
  const feedName = feedTitle === null ? null : sourceName(feedTitle, { site, texts });
  return {
    source: feed,
    articles: read.value.articles.map((draft) => {
      const [first] = aliasesOf(publisher, draft, shared);
      const { title, url, published, doubts, summary, author, section, language, image } = draft;
      const id = first === undefined ? "" : articleId(source, first);
      return {
        ...{ id, title, url, published, doubts, summary, author, section, language, image },
        paragraphs: bodyOf(draft),
        form: shownForm(draft),
        sourceName: draft.outlet ?? feedName,
        via: draft.outlet === undefined ? null : feedName,
      };
    }),
    refused: read.value.refused,
  };
}

/** News, background and opinion all count as text. */
function shownForm(draft: DraftArticle): string {
  const form = formOf(draft);
  return form === "news" || form === "background" || form === "opinion" ? "text" : form;
}

/** Reads the target; if it is a web page that links to feeds, reads the first feed. */
async function readTarget(target: string, options: CheckOptions) {
  const now = (options.now ?? Date.now)();
  const found = await openTarget(target, options);
  const read = readFeed({ ...found, now });
  const [feed] = read.ok || !isAddress(target) ? [] : feedsOfPage(found);
  if (feed === undefined) return { found, read };
  const named = await openTarget(feed, options);
  return { found: named, read: readFeed({ ...named, now }) };
}

const isAddress = (target: string) => /^[a-z][a-z0-9+.-]*:\/\//i.test(target);

type Found = { bytes: Uint8Array; url: string | null; contentType: string | null };

async function openTarget(target: string, { as, allowOrigins = [] }: CheckOptions): Promise<Found> {
  if (!isAddress(target)) return openFile(target, as);
  const answer = await openFetcher({ allowOrigins })({ url: target });
  if (answer.kind === "fetched") return { bytes: answer.bytes, url: as ?? answer.url, contentType: answer.contentType };
  const message = "message" in answer ? answer.message : `${target} answered 304 Not Modified. Try again.`;
  throw new NotFetched({ code: answer.kind === "refused" ? "fetch-refused" : "fetch-failed", message });
}

/** Why an address couldn't be fetched: the guard refused it, or the server didn't answer with a feed. */
class NotFetched extends Error {
  override readonly name = "NotFetched";
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(fault.message);
    this.fault = fault;
  }
}

/** Bytes. A larger file isn't a feed. */
const LARGEST_FILE = 64 * 1024 * 1024;

async function openFile(path: string, as: string | undefined): Promise<Found> {
  const about = await stat(path).catch(() => undefined);
  if (about === undefined)
    throw new Error(`There is no file ${path}. Give a file's path, or an address with https://.`);
  if (!about.isFile()) throw new Error(`${path} is not a file. Give the path of one feed.`);
  if (about.size > LARGEST_FILE) throw new Error(`${path} is larger than 64 MB. Give the path of a feed.`);
  const url = as === undefined ? null : URL.parse(as);
  if (as !== undefined && url === null)
    throw new Error(`--as ${as} is not an address such as https://example.com/feed.xml.`);
  return { bytes: await readFile(path), url: url?.href ?? null, contentType: null };
}

const FORMATS = { rss: "RSS", rdf: "RSS 1.0 (RDF)", atom: "Atom", json: "JSON Feed" } as const;

/** The result as text: the feed, its articles with doubts about their data, and what was left out. */
export function formatCheck({ source, articles, refused }: CheckResult): string {
  const head = `${source.title ?? "Feed without a title"}: ${FORMATS[source.format]}, ${counted(articles.length, "article")}`;
  const lines = articles.flatMap((article) => [
    `  ${article.published?.slice(0, 16).replace("T", " ") ?? "no date         "}  ${article.title}`,
    ...(article.url === null ? [] : [`                    ${article.url}`]),
    ...(article.doubts.length === 0 ? [] : [`                    doubtful: ${article.doubts.join(", ")}`]),
  ]);
  const left = refused.map((one) => `  left out: ${one.at}: ${one.why}`);
  const language = source.language === null ? "" : `, language ${source.language}`;
  return [`${head}${language}`, ...lines, ...left].join("\n");
}
