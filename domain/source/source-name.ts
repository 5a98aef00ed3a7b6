/** Parts of a feed's title that name the feed, not its publisher. */
const PART = [
  "(?:the )?(?:public |official )?(?:rss|atom|xml)(?: ?\\d(?:\\.\\d{1,2})?)?(?:[- ]?feeds?)?|feeds?|news ?feed|podcast feed|syndication|latest|recent|newest",
  "(?:all |top |latest |breaking |recent |main |local |national |international |world |uk |us )*(?:news|stories|posts|articles|headlines|updates|world|entries|content|topics)(?: articles| stories| headlines| news)?|(?:newest|latest|recent|hot|top|active) questions|blog",
  "home ?page|home|front ?page|index|main|all|everything|international|national|europe|asia|africa|americas|u\\.?k\\.?|u\\.?s\\.?",
  "business|economy|money|finance|markets|politics|technology|tech|science|health|sports?|football|culture|arts?|entertainment|life(?:style)?|opinion|comment|travel|education|environment|society|media",
  "aktuell(?:es)?|alle (?:artikel|meldungen|nachrichten)|(?:die )?(?:nachrichten|schlagzeilen|meldungen)|neueste (?:artikel|meldungen|nachrichten)|startseite|wirtschaft|politik|kultur|sport|ausland|inland|wissen(?:schaft)?|technik|panorama",
  "[àa] la une|accueil|actualit[ée]s?|toute l['’]actualit[ée]|toutes les (?:actualit[ée]s|infos|nouvelles)|derni[eè]res (?:nouvelles|infos|actualit[ée]s)|monde|[ée]conomie|politique",
  "tecnolog[íi]a|ci[eê]ncias?|salud|sa[úu]de|santé|soci[ée]t[ée]|socieda(?:d|de)|internaciona(?:l|les|is)|plan[eè]te|opini(?:ón|ão)|gesundheit|gesellschaft|netzwelt|wissenschaft",
  "portada|inicio|p[áa]gina (?:inicial|principal)|principal|todas (?:las noticias|as not[íi]cias)|actualidad|[úu]ltimas? (?:noticias?|not[íi]cias?|hora)|noticias(?: de (?:[úu]ltima hora|hoy))?|not[íi]cias|capa|econom[íi]a|pol[íi]tica|mundo|deportes|esportes|cultura",
  "أخبار|الأخبار|آخر الأخبار|الرئيسية|חדשות|ראשי|כל הכתבות",
].join("|");
const IS_PART = new RegExp(`^(?:${PART})(?: (?:rss|atom|xml)(?: feed)?| feed)?$`, "iu");
const TAIL =
  / (?:latest (?:articles|news|posts|stories|headlines)|blog ?(?:posts|entries|beitr[äa]ge)|diary entries|entradas del blog|articles de blog|topics|neueste (?:meldungen|artikel|nachrichten)|(?:public )?rss(?: ?\d\.\d{1,2})?(?: feed)?|news feed)$/iu;
/** Google News says of some outlets how they publish. */
const PART_IN_BRACKETS = new RegExp(
  ` \\((?:${PART}|subscription|registration|press release|satire|abonnement|suscripción|assinatura)\\)$`,
  "iu",
);
const HEAD =
  /^(?:(?:rss(?: feed)?|feed) (?:of|for)|comments (?:on|for):?|\S+ updates on|(?:recent|latest|newest|all|new) (?:posts|articles|stories|entries|questions) (?:of|on|from|in|by)|(?:the )?(?:latest |all )?(?:news|stories|posts) (?:from|by)|latest (?:from|on)|stories by|posts by|articles by) /iu;
const SEPARATOR = /( [-–—|>»·•:/]+ | ?[»>|] ?|: )/u;

/** A feed's further facts: its publisher, description, and site's address. */
export type FeedSelf = { readonly texts?: readonly string[] | undefined; readonly site?: string | null | undefined };

/**
 * A source's name for readers, from its feed's title: "Canal.example - Top Stories - Public RSS" becomes "Canal". A
 * title with only such parts is kept. The feed's other facts show how a name is written, and what its initials mean.
 */
export function sourceName(feedTitle: string, { texts = [], site = null }: FeedSelf = {}): string {
  const name = nameInTitle(feedTitle);
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

function nameInTitle(feedTitle: string): string {
  const title = feedTitle.replace(/\s+/gu, " ").trim();
  const pieces = title.split(SEPARATOR);
  const parts = pieces.filter((_, index) => index % 2 === 0);
  const isNamed = (part: string) =>
    part.trim() !== "" && !IS_PART.test(part.trim()) && !/^["“„'].*["”'’]$/u.test(part.trim());
  const first = parts.findIndex(isNamed);
  if (first < 0) return title;
  // What comes after a section is its subsection: "Canal - Sport - Rowing".
  const section = parts.findIndex((part, index) => index > first && IS_PART.test(part.trim()));
  const ofName = section < 0 ? parts : parts.slice(0, section);
  const last = ofName.findLastIndex((part, index) => isNamed(part) && (index === first || !isSlogan(part)));
  const kept = pieces.slice(2 * first, 2 * last + 1).join("");
  return (
    withoutHost(
      kept
        .replace(PART_IN_BRACKETS, "")
        .replace(TAIL, "")
        .replace(HEAD, "")
        .replace(/\bwww\.(?=\S+\.)/gu, "")
        .trim(),
    ) || title
  );
}

/** "Canal – all that moves the city" is Canal: this many words after a name are a slogan. */
const isSlogan = (part: string): boolean => part.trim().split(" ").length > MOST_WORDS;
const MOST_WORDS = 4;

/** Words that end a newspaper's name, so a capital letter before them begins a word. */
const PAPER = /(?:News|Times|Post|Today|Herald|Journal|Daily|Press|Tribune|Mail|Mirror|Online|Zeitung)$/;

/**
 * "CanalNews.ca" and "PGTSport.ca" are two words with a domain's ending; "TechWhale.com" is one; "Golem.de" and
 * "FAZ.NET" are names.
 */
function withoutHost(name: string): string {
  const host = /^([A-Za-z]+)\.(?:com|org|net|info|co\.uk|[a-z]{2})$/.exec(name)?.[1];
  const words = host?.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? [];
  if (host === undefined || words.length < 2) return name;
  if (/^[a-z]/.test(host)) return name;
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
