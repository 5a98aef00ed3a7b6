/** How an element is read: as text, as a container, or only for its attributes. */
type Reading = "text" | "attributes" | "group";
type Vocabulary = Readonly<Record<string, Reading>>;

/** Namespaces by address, without scheme, case, trailing slash or hash, because feeds often get those wrong. */
const NAMESPACES: Readonly<Record<string, string>> = {
  "www.w3.org/2005/atom": "atom",
  "purl.org/atom/ns": "atom",
  "purl.org/rss/1.0": "rss",
  "channel.netscape.com/rdf/simple/0.9": "rss",
  "my.netscape.com/rdf/simple/0.9": "rss",
  "my.netscape.com/publish/formats/rss-0.91.dtd": "rss",
  "backend.userland.com/rss": "rss",
  "backend.userland.com/rss2": "rss",
  "backend.userland.com/rss091": "rss",
  "backend.userland.com/rss092": "rss",
  "blogs.law.harvard.edu/tech/rss": "rss",
  "cyber.law.harvard.edu/rss": "rss",
  "www.w3.org/1999/02/22-rdf-syntax-ns": "rdf",
  "www.w3.org/1999/xhtml": "xhtml",
  "www.w3.org/xml/1998/namespace": "xml",
  "purl.org/dc/elements/1.0": "dc",
  "purl.org/dc/elements/1.1": "dc",
  "purl.org/dc/terms": "dcterms",
  "purl.org/rss/1.0/modules/content": "content",
  "search.yahoo.com/mrss": "media",
  "video.search.yahoo.com/mrss": "media",
  "www.rssboard.org/media-rss": "media",
  "www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
  "rssnamespace.org/feedburner/ext/1.0": "feedburner",
  "www.pheedo.com/namespace/pheedo": "pheedo",
};

/** Prefixes that are understood even if they aren't declared. */
const CUSTOMARY = new Set(["atom", "rss", "rdf", "dc", "dcterms", "content", "media", "itunes", "feedburner", "xml"]);

/** Our name for a namespace; "?": unknown. */
export function namespaceName(address: string): string {
  const plain = address
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, "");
  let end = plain.length;
  while (end > 0 && "/#".includes(plain.charAt(end - 1))) end -= 1;
  return Object.hasOwn(NAMESPACES, plain.slice(0, end)) ? (NAMESPACES[plain.slice(0, end)] ?? "?") : "?";
}

export const customaryName = (prefix: string) => (CUSTOMARY.has(prefix) ? prefix : prefix === "xhtml" ? "xhtml" : "?");

const PERSON: Vocabulary = { name: "text", email: "text", uri: "attributes" };

const MEDIA: Vocabulary = {
  "media:group": "group",
  "media:content": "group",
  "media:thumbnail": "attributes",
  "media:title": "text",
  "media:description": "text",
  "media:credit": "text",
};

const SHARED: Vocabulary = {
  ...MEDIA,
  "dc:title": "text",
  "dc:creator": "text",
  "dc:date": "text",
  "dc:subject": "text",
  "dc:description": "text",
  "dc:language": "text",
  "dcterms:issued": "text",
  "dcterms:created": "text",
  "dcterms:modified": "text",
  "itunes:author": "text",
  "itunes:title": "text",
  "itunes:subtitle": "text",
  "itunes:summary": "text",
  "itunes:duration": "text",
  "itunes:image": "attributes",
  "feedburner:origlink": "text",
  "pheedo:origlink": "text",
};

const RSS_ITEM: Vocabulary = {
  ...SHARED,
  title: "text",
  link: "text",
  description: "text",
  author: "text",
  category: "text",
  enclosure: "attributes",
  guid: "text",
  source: "text",
  pubdate: "text",
  "content:encoded": "text",
  "xhtml:body": "text",
  "xhtml:div": "text",
  "atom:link": "attributes",
  "atom:title": "text",
  "atom:summary": "text",
  "atom:content": "text",
  "atom:published": "text",
  "atom:updated": "text",
  "atom:author": "group",
};

const RSS_CHANNEL: Vocabulary = {
  title: "text",
  link: "text",
  description: "text",
  copyright: "text",
  language: "text",
  "dc:publisher": "text",
  "dc:rights": "text",
  "dc:language": "text",
  "dc:title": "text",
  "atom:link": "attributes",
};

const ATOM_ENTRY: Vocabulary = {
  ...SHARED,
  title: "text",
  link: "attributes",
  id: "text",
  summary: "text",
  content: "text",
  published: "text",
  updated: "text",
  issued: "text",
  modified: "text",
  created: "text",
  author: "group",
  category: "attributes",
  source: "group",
};

const ATOM_FEED: Vocabulary = {
  title: "text",
  subtitle: "text",
  rights: "text",
  link: "attributes",
  id: "text",
  updated: "text",
  author: "group",
  "dc:language": "text",
};

/** What is kept of each element, by its parent; anything else is dropped. */
export const VOCABULARY: Readonly<Record<string, Vocabulary>> = {
  item: RSS_ITEM,
  channel: RSS_CHANNEL,
  entry: ATOM_ENTRY,
  feed: ATOM_FEED,
  author: PERSON,
  source: { title: "text", id: "text" },
  "atom:author": { "atom:name": "text" },
  "media:group": MEDIA,
  "media:content": MEDIA,
};

/** Attributes that feedsmith or our mapping reads. */
export const ATTRIBUTES = new Set(
  "type mode href rel src url length medium width height ispermalink term label domain isdefault scheme".split(" "),
);

/** Namespace declarations of the tidy document, for feedsmith to recognise the prefixes by. */
export const DECLARATIONS = [
  'xmlns:atom="http://www.w3.org/2005/Atom"',
  'xmlns:content="http://purl.org/rss/1.0/modules/content/"',
  'xmlns:dc="http://purl.org/dc/elements/1.1/"',
  'xmlns:dcterms="http://purl.org/dc/terms/"',
  'xmlns:media="http://search.yahoo.com/mrss/"',
  'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"',
].join(" ");
