/** Parts of a feed's title that say which of a publisher's feeds it is, not who publishes it. */
const PART = [
  "(?:the )?(?:public |official )?(?:rss|atom|xml)(?:[- ]?feeds?)?|feeds?|news ?feed|podcast feed|syndication",
  "(?:all |top |latest |breaking |recent |main |local |national |international |world |uk |us )*(?:news|stories|posts|articles|headlines|updates|world|entries|content|topics)(?: articles| stories| headlines)?",
  "home ?page|home|front ?page|index|main|all|everything|international|national|europe|asia|africa|americas|u\\.?k\\.?|u\\.?s\\.?",
  "business|economy|money|finance|markets|politics|technology|tech|science|health|sports?|football|culture|arts?|entertainment|life(?:style)?|opinion|comment|travel|education|environment|society|media",
  "aktuell(?:es)?|alle (?:artikel|meldungen|nachrichten)|(?:die )?(?:nachrichten|schlagzeilen|meldungen)|neueste (?:artikel|meldungen|nachrichten)|startseite|wirtschaft|politik|kultur|sport|ausland|inland|wissen(?:schaft)?|technik|panorama",
  "[àa] la une|accueil|actualit[ée]s?|toute l['’]actualit[ée]|derni[eè]res (?:nouvelles|infos|actualit[ée]s)|monde|[ée]conomie|politique",
  "portada|inicio|actualidad|[úu]ltimas? (?:noticias?|not[íi]cias?|hora)|noticias|not[íi]cias|capa|econom[íi]a|pol[íi]tica|mundo|deportes|esportes|cultura",
  "أخبار|الأخبار|آخر الأخبار|الرئيسية|חדשות|ראשי|כל הכתבות",
].join("|");
const IS_PART = new RegExp(`^(?:${PART})$`, "iu");
const TAIL =
  / (?:latest (?:articles|news|posts|stories|headlines)|topics|neueste (?:meldungen|artikel|nachrichten)|(?:public )?rss(?: feed)?|news feed)$/iu;
const HEAD =
  /^(?:rss(?: feed)? (?:of|for)|(?:the )?(?:latest |all )?(?:news|stories|posts) (?:from|by)|latest (?:from|on)|stories by|posts by|articles by) /iu;
const SEPARATOR = /( [-–—|>»·•:/]+ | ?[»>|] ?|: )/u;

/**
 * The name of a source that readers see, from its feed's title: "Canal.example - Top Stories - Public RSS" is Canal's.
 * A title that is nothing but such parts stays.
 */
export function sourceName(feedTitle: string): string {
  const title = feedTitle.replace(/\s+/gu, " ").trim();
  const pieces = title.split(SEPARATOR);
  const parts = pieces.filter((_, index) => index % 2 === 0);
  const isNamed = (part: string) =>
    part.trim() !== "" && !IS_PART.test(part.trim()) && !/^["“„'].*["”'’]$/u.test(part.trim());
  const first = parts.findIndex(isNamed);
  if (first < 0) return title;
  const last = parts.findLastIndex((part, index) => isNamed(part) && (index === first || !isSlogan(part)));
  const kept = pieces.slice(2 * first, 2 * last + 1).join("");
  return withoutHost(kept.replace(TAIL, "").replace(HEAD, "").trim()) || title;
}

/** "Canal – all that moves the city" is Canal: what comes after a name has so many words only in a slogan. */
const isSlogan = (part: string): boolean => part.trim().split(" ").length > MOST_WORDS;
const MOST_WORDS = 4;

/** "CanalNews.ca" is two words and a host's ending; "Golem.de" and "FAZ.NET" are names. */
function withoutHost(name: string): string {
  const host = /^([A-Za-z]+)\.(?:com|org|net|info|co\.uk|[a-z]{2})$/.exec(name)?.[1];
  const words = host?.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? [];
  return words.length > 1 ? words.join(" ") : name;
}

/**
 * The name that a source's site gives itself, where its feed's title is that name made short: initials ("NYT"), a part
 * ("Guardian"), or the same letters ("CTVNews"). A feed that says more, such as which blog of a large site it is, keeps
 * its own. @param siteName empty where the site doesn't say
 */
export function nameBySite(feedTitle: string, siteName: string): string {
  const own = sourceName(feedTitle);
  const site = siteName.replace(/\s+/gu, " ").trim();
  if (site === "" || site.length > LONGEST_SITE) return own;
  const [short, long] = [lettersOf(own), lettersOf(site)];
  const words = site.split(/[\s-]+/u).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const initials = [words, words.slice(1)].map((some) =>
    some
      .map((word) => [...word][0])
      .join("")
      .toLowerCase(),
  );
  const isPart = ` ${spaced(site)} `.includes(` ${spaced(own)} `);
  const isShort = short !== "" && (short === long || isPart || (short.length > 1 && initials.includes(short)));
  return isShort ? site : own;
}

/** Characters: what is longer is a slogan. */
const LONGEST_SITE = 60;
const lettersOf = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
const spaced = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
