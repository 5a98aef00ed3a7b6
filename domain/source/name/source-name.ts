import { cutLine } from "../../article/text.ts";
import { isFeedWords, withoutFeedWords } from "./feed-words.ts";
import { likenessToSite, type Site, siteOf } from "./site.ts";

const TAIL =
  / (?:latest (?:articles|news|posts|stories|headlines)|blog ?(?:posts|entries|beitr[äa]ge)|diary entries|entradas del blog|articles de blog|topics|content|neueste (?:meldungen|artikel|nachrichten)|(?:public )?rss(?: ?\d\.\d{1,2})?(?: feed)?|news feed|(?<=\b(?:online|\.\w{2,3}) )news)$/iu;
/** What Google News says of some outlets, and languages. */
const IN_BRACKETS =
  / (?:\((?:subscription|registration|press release|satire|abonnement|suscripción|assinatura)\)|\[[a-z]{2}(?:-[a-z]{2})?\])$/iu;
const BRACKETS = / \(([^()]+)\)$/u;
const HEAD =
  /^(?:(?:rss(?: feed)?|feed) (?:of|for)|(?:comments|kommentare|commentaires|comentarios) (?:on|for|zu|zum|sur|en):?|\S+ updates on|(?:recent|latest|newest|all|new) (?:posts|articles|stories|entries|questions|commits) (?:of|on|from|in|by|to)|(?:the )?(?:latest |all )?(?:news|stories|posts) (?:from|by)|latest (?:from|on)|(?:stories|posts|articles|uploads|videos|release notes) (?:by|from)) /iu;
const SEPARATOR = /( [-–—|>»·•:/]+ | ?[»>|] ?|: |\. (?=\p{L}+ \p{L}+$))/u;

/** A feed's further facts: its publisher, description, and site's address. */
export type FeedSelf = { readonly texts?: readonly string[] | undefined; readonly site?: string | null | undefined };

/**
 * A source's name for readers, from its feed's title: "Canal.example - Top Stories - Public RSS" becomes "Canal". A
 * title with only such parts is kept. The feed's other facts show how a name is written, and what its initials mean.
 */
export function sourceName(feedTitle: string, { texts = [], site = null }: FeedSelf = {}): string {
  const name = nameInTitle(feedTitle, siteOf(site));
  if (!/\p{Lu}/u.test(name)) return texts.map((text) => asWritten(name, text)).find((one) => one !== null) ?? name;
  const host = site === null ? "" : (URL.parse(site)?.hostname ?? "");
  return texts.map((text) => spelledOut(name, ownerIn(text), host)).find((one) => one !== null) ?? name;
}

/** "gazette" becomes "Gazette" only if the feed writes it like that elsewhere; some names are in lower case ("taz"). */
function asWritten(name: string, text: string): string | null {
  const [, found] =
    new RegExp(`(?:^|[^\\p{L}\\p{N}.])(${RegExp.escape(name)})(?![\\p{L}\\p{N}]|\\.\\p{L})`, "iu").exec(text) ?? [];
  return found === undefined || found === name || found === found.toUpperCase() ? null : found;
}

/**
 * The meaning of a title's initials, if the site's address contains a part of it: "PGT" of pgtimes.example is "The Port
 * Gazette Times". A site that uses its initials keeps them.
 */
function spelledOut(name: string, owner: string, host: string): string | null {
  const label = host.replace(/^www\./, "").split(".")[0] ?? "";
  const hasWord = wordsOf(owner).some((word) => word.length > 3 && label.includes(word.toLowerCase()));
  return /^\p{Lu}{2,6}$/u.test(name) && label !== name.toLowerCase() && hasWord && isInitials(name, owner)
    ? owner
    : null;
}

/** The rights holder, from a line such as "Copyright 2026 The Port Gazette Company. All rights reserved". */
const ownerIn = (text: string): string =>
  text
    .slice(0, LONGEST_SITE * 2)
    .replace(/\s+/gu, " ")
    .replace(/^(?:copyright|\(c\)|©|&copy;|[\d ,:–-])+/iu, "")
    // bounded: LONGEST_SITE * 2, so 120 characters
    .replace(/[.,]? ?(?:all rights|alle rechte|tous droits|todos los|todos os)\b.*$/iu, "")
    // bounded: the same 120 characters
    .replace(/,? (?:company|co|corp|corporation|inc|ltd|limited|llc|plc|gmbh|ag|s\.?a|s\.?p\.?a|b\.?v)\b.*$/iu, "")
    .trim();

const wordsOf = (name: string): string[] => name.split(/[\s-]+/u).filter((word) => /^[\p{L}\p{N}]/u.test(word));

/** Whether letters are the initials of a name, with or without a first "The". */
function isInitials(letters: string, name: string): boolean {
  const words = wordsOf(name);
  return [words, words.slice(1)].some(
    (some) =>
      some
        .map((word) => [...word][0])
        .join("")
        .toLowerCase() === letters.toLowerCase(),
  );
}

/** Characters of a feed's title that are read, because the time is the square of their number. */
const LONGEST_TITLE = 200;

function nameInTitle(feedTitle: string, site: Site): string {
  const title = cutLine(feedTitle.replace(/\s+/gu, " ").trim(), LONGEST_TITLE);
  const pieces = title.split(SEPARATOR);
  const kept = partOfSite(pieces, site) ?? partsWithName(pieces, site);
  if (kept === null) return title;
  const bare = withoutFeedWords(withoutBrackets(kept).replace(TAIL, "").replace(HEAD, ""), (rest) =>
    likenessToSite(rest, site),
  );
  return withoutHost(bare.replace(/\bwww\.(?=\S+\.)/gu, "").trim()) || title;
}

/** The part of a title that is the name of the feed's site: "Harbour – tides and more" at harbour.example. */
function partOfSite(pieces: readonly string[], site: Site): string | null {
  const parts = pieces.filter((_, index) => index % 2 === 0);
  const scores = parts.map((part) => {
    const score = likenessToSite(part, site);
    return score !== 3 && isFeedWords(part) ? 0 : score;
  });
  const best = Math.max(...scores);
  return best === 0 ? null : (parts[scores.indexOf(best)] ?? null);
}

/** A title without the parts that say what its feed lists; null: it has no others. */
function partsWithName(pieces: readonly string[], site: Site): string | null {
  const parts = pieces.filter((_, index) => index % 2 === 0);
  const isWorded = (part: string) => part.trim() !== "" && !isFeedWords(part) && !/^["“„'].*["”'’]$/u.test(part.trim());
  const isOnPlatform = parts.some((part) => isWorded(part) && !site.isPlatform(part) && !isSlogan(part));
  const isNamed = (part: string) => isWorded(part) && !(isOnPlatform && site.isPlatform(part));
  const first = parts.findIndex(isNamed);
  if (first < 0) return null;
  // What comes after a section is its subsection: "Canal - Sport - Rowing".
  const section = parts.findIndex((part, index) => index > first && isFeedWords(part));
  const ofName = section < 0 ? parts : parts.slice(0, section);
  const last = ofName.findLastIndex((part, index) => isNamed(part) && (index === first || !isSlogan(part)));
  return pieces.slice(2 * first, 2 * last + 1).join("");
}

const withoutBrackets = (name: string): string =>
  name.replace(IN_BRACKETS, "").replace(BRACKETS, (whole, inside: string) => (isFeedWords(inside) ? "" : whole));

/** "Canal – all that moves the city" is Canal: this many words after a name are a slogan. */
const isSlogan = (part: string): boolean => part.trim().split(" ").length > MOST_WORDS;
const MOST_WORDS = 4;

/** Words that end a newspaper's name, so a capital letter before them begins a word. */
const PAPER = /(?:News|Times|Post|Today|Herald|Journal|Daily|Press|Tribune|Mail|Mirror|Online|Zeitung)$/;

const ENDING = /(?<=[\p{L}\p{N}])\.(?:(?:com?\.)?[a-z]{2}|com|org|net|info)$/u;

/**
 * "CanalNews.ca" and "PGTSport.ca" are two words with a domain's ending, "Le Port.fr" too; "TechWhale.com", "PGT.com" and
 * "Canal.com.br" are one; "Golem.de" and "FAZ.NET" are names.
 */
function withoutHost(name: string): string {
  const host = name.replace(ENDING, "");
  if (host === name || /^[a-z]/.test(host) || isFeedWords(host)) return name;
  if (/[\s'’]/u.test(host) || /^\p{Lu}{3,}$/u.test(host) || /\.com?\.[a-z]{2}$/.test(name)) return host;
  const words = /^[A-Za-z]+$/.test(host) ? (host.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? []) : [];
  if (words.length < 2) return name;
  if ((words.at(-1) ?? "").length < 4) return host;
  // "PGTtoday.com" writes its second word small, so nothing shows where it begins.
  if (words.some((word) => PAPER.test(word.charAt(1).toUpperCase() + word.slice(2)))) return host;
  return PAPER.test(host) || /^(?:[A-Z]{2,}|The)$/.test(words[0] ?? "") ? words.join(" ") : host;
}

/**
 * The name that a source's site gives itself, where its feed's title is that name made short: initials ("NYT"), a part
 * ("Guardian"), or the same letters ("CTVNews"). A feed that says more, such as which blog of a large site it is, keeps
 * its own. @param siteName empty where the site doesn't say
 */
export function nameBySite(feedTitle: string, siteName: string, self: FeedSelf = {}): string {
  const own = sourceName(feedTitle, self);
  const site = siteName.replace(/\s+/gu, " ").trim();
  if (site === "" || site.length > LONGEST_SITE) return own;
  const [short, long] = [lettersOf(own), lettersOf(site)];
  const isPart = ` ${spaced(site)} `.includes(` ${spaced(own)} `);
  const isShort = short !== "" && (short === long || isPart || (short.length > 1 && isInitials(short, site)));
  return isShort ? site : own;
}

/** Longest name in characters; longer ones are slogans. */
const LONGEST_SITE = 60;
const lettersOf = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
const spaced = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
