/** Endings below which names are registered: `example.co.uk`. */
const SECOND_LEVEL = new Set("co com org net or ne ac gov gob gouv go edu".split(" "));
/** Labels for a kind of page instead of a publisher. */
const SERVICE =
  /^(?:www\d*|m|mobile|amp|feeds?\d*|rss\d*|xml|api|news|blogs?|edition|en|de|fr|es|it|pt|ru|ar|beta|static|cdn|media)$/;
/** Sites of many publishers: their own name isn't the source's. */
const PLATFORM =
  /^(?:medium|substack|wordpress|blogspot|blogger|tumblr|youtube|vimeo|reddit|github|gitlab|feedburner|feedproxy|google|soundcloud|spotify|podbean|buzzsprout|libsyn|anchor|acast|simplecast|megaphone|patreon|ghost|livejournal|typepad|flickr|bsky|mastodon|ycombinator|herokuapp|netlify|pages|uol|typepad)$/;

/** The words of a site's address that may be its publisher's name. */
export type Site = {
  readonly labels: readonly string[];
  /** Whether a part of a title is the name of a platform that has the site. */
  readonly isPlatform: (part: string) => boolean;
};

export function siteOf(address: string | null): Site {
  const host = address === null ? "" : (URL.parse(address)?.hostname ?? "");
  const labels = host.replace(/\.$/, "").split(".").slice(0, -1);
  if (labels.length > 1 && SECOND_LEVEL.has(labels.at(-1) ?? "")) labels.pop();
  const own = labels.filter((label, index) => index === labels.length - 1 || !SERVICE.test(label));
  const [platforms, publishers] = [own.filter((one) => PLATFORM.test(one)), own.filter((one) => !PLATFORM.test(one))];
  return {
    labels: publishers.map((label) => label.replaceAll("-", "")),
    isPlatform: (part) => platforms.includes(wordsOf(part).join("")),
  };
}

/**
 * How clearly a text names a site: 4 by a name whose initials are the site's, 3 by the site's name, 2 by words that are
 * it, 1 by a piece of it, 0 not.
 */
export function likenessToSite(text: string, { labels }: Site): number {
  const words = wordsOf(text);
  return Math.max(0, ...labels.map((label) => likeness(words, label)));
}

const ARTICLE = /^(?:the|le|la|les|l|el|los|las|il|lo|i|o|a|der|die|das|de|het)$/;

function likeness(words: readonly string[], label: string): number {
  if (words.length === 0 || label.length < 2) return 0;
  const bare = ARTICLE.test(words[0] ?? "") ? words.slice(1) : words;
  const names = [words.join(""), bare.join("")];
  if ([words, bare].some((some) => some.length > 1 && some.map((word) => word[0]).join("") === label)) return 4;
  if (names.includes(label) || names.some((name) => name !== "" && label === `the${name}`)) return 3;
  if (spans(words).some((span) => span.join("") === label)) return 2;
  return names.some((name) => name.length > 2 && label.includes(name)) ? 1 : 0;
}

/** All runs of words. */
const spans = (words: readonly string[]): string[][] =>
  words.slice(0, 12).flatMap((_, from) => words.slice(from, 12).map((_, to) => words.slice(from, from + to + 1)));

const DOMAIN_ENDING = /(?<=[\p{L}\p{N}])\.(?:com?(?:\.[a-z]{2})?|org|net|info|[a-z]{2})$/iu;

const wordsOf = (text: string): string[] =>
  text
    .trim()
    .replace(DOMAIN_ENDING, "")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
