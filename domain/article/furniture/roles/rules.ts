import {
  asksSomething,
  covered,
  ENDS_WITH_QUESTION,
  hasStop,
  hasVerb,
  isPast,
  mostly,
  type Rule,
  STOP,
} from "./conditions.ts";
import { COUNTS, CREDITS, isCaption, isChapters, isOtherHeadline, LABELS, MAKERS } from "./credits.ts";
import { type Reading, readRoles, wordsOfRole } from "./reading.ts";

/**
 * Which roles have to meet in a line of furniture, and where. All rules allow few words without a role, because a
 * sentence that tells something has words of its own.
 */

/** Before a line is read. */
const COOKIES = wordsOfRole("cookies");
/** Longest lines in characters. */
const LONGEST = { first: 140, within: 120, last: 260 };

/** Calls to subscribe, to pay, to share and to write. */
const PLEAS: readonly Rule[] = [
  // "A new episode every Thursday."
  (line) => line.has("piece", "time") && covered(line) && line.words < 9 && !hasVerb(line),
  (line) => line.has("house", "readers") && line.hasAny("this", "us") && mostly(line) && !line.has("be"),
  (line) => line.has("us") && line.count("money", "ad") > 1 && mostly(line),
  (line) => line.has("us", "readers") && line.hasAny("ad", "money", "not") && mostly(line),
  (line) => line.has("us", "device", "money") && mostly(line),
  (line) => line.begins("asks") && line.has("this") && mostly(line) && !line.has("be"),
  (line) =>
    line.begins("asks", "mayAsk") &&
    mostly(line) &&
    line.words > 1 &&
    !ENDS_WITH_QUESTION.test(line.text) &&
    (!line.has("be") || line.hasAny("us", "this")) &&
    isForUs(line),
  (line) =>
    asksSomething(line) &&
    line.hasAny("you", "asks", "mayAsk", "more") &&
    mostly(line) &&
    (ENDS_WITH_QUESTION.test(line.text)
      ? line.hasAny("this", "more", "us") && line.hasAny("channel", "readers", "house", "rules", "money")
      : line.hasAny("channel", "us", "house", "readers", "machine", "piece", "rules")),
  (line) =>
    line.has("us") &&
    line.hasAny("channel", "readers", "money", "house", "piece") &&
    line.hasAny("asks", "mayAsk", "you", "channel", "time") &&
    (line.unknown + line.names) * 5 <= line.words &&
    line.words > 2,
  (line) =>
    line.has("you") &&
    line.hasAny("channel", "readers", "house") &&
    line.hasAny("asks", "mayAsk") &&
    (line.hasAny("us", "this") || (line.has("channel") && line.hasAny("more", "not"))) &&
    line.begins("you", "asks", "mayAsk") &&
    mostly(line),
  (line) => line.has("you", "money") && line.begins("asks", "mayAsk") && covered(line),
  (line) => line.has("you", "money", "piece") && covered(line),
  (line) =>
    line.count("money", "readers") > 1 &&
    line.has("money") &&
    (covered(line) || (mostly(line) && !hasStop(line))) &&
    !line.has("be"),
  // "Spread the word"
  (line) => line.begins("asks", "mayAsk") && line.has("readers") && covered(line) && line.words > 1 && line.words < 5,
  (line) =>
    line.has("channel") &&
    line.hasAny("time", "more", "asks") &&
    mostly(line) &&
    !line.has("be") &&
    line.words > 3 &&
    (!line.begins("asks", "mayAsk") || !hasStop(line)),
  // "See you next week!"
  (line) => line.count("time") > 1 && covered(line) && line.words < 8 && line.text.endsWith("!"),
  (line) => line.has("more", "time") && covered(line) && line.words < 4,
];

/** What a call leads to, if it is one of a publication. */
function isForUs(line: Reading): boolean {
  if (line.hasAny("house", "us") || line.count("money") > 1) return true;
  // "Open the app and choose your language." is advice.
  if (line.has("channel"))
    return !hasStop(line) || line.hasAny("this", "readers", "more", "not", "piece") || line.text.endsWith("!");
  if (line.has("readers")) return line.words < 9 || line.has("this");
  if (line.has("piece") && covered(line))
    return line.words < 12 && (line.hasAny("this", "you", "more") || !hasStop(line));
  return line.has("you", "device") && line.hasAny("more", "piece", "time");
}

/** What a publication says about a text, its rights, and its readers' comments. */
const NOTES: readonly Rule[] = [
  // "From the March issue of The Gull."
  (line) =>
    line.has("piece") &&
    line.hasAny("time", "origin") &&
    line.names > 0 &&
    line.unknown === 0 &&
    !hasVerb(line) &&
    line.words < 11,
  (line) => line.has("origin", "piece") && line.unknown <= 1 && line.names > 0 && !line.has("tells"),
  (line) => line.begins("this") && line.has("origin", "piece") && line.names > 0 && mostly(line),
  (line) => line.begins("origin", "rules") && line.unknown === 0 && line.names > 0 && !line.has("be"),
  (line) => line.hasTitle && line.hasAny("origin", "house") && line.unknown < 3 && line.words < 15,
  (line) =>
    line.count("rules") > 1 &&
    mostly(line) &&
    line.words > 2 &&
    !isPast(line) &&
    (!line.has("be") || line.hasAny("this", "us", "you", "not")),
  (line) =>
    line.has("rules") && line.hasAny("money", "ad") && line.hasAny("device", "us") && mostly(line) && !isPast(line),
  (line) =>
    line.has("rules", "not") &&
    !line.hasAny("readers", "you") &&
    line.unknown + line.names <= 1 &&
    line.words < 9 &&
    !hasVerb(line),
  (line) => line.has("rules", "us") && mostly(line) && !isPast(line),
  (line) => line.has("readers", "state") && line.unknown <= 1 && !isPast(line),
  (line) => line.has("this", "piece") && line.has("money") && line.unknown <= 1 && !isPast(line),
];

/** Sound and summaries made by machines, and players. */
const MACHINES: readonly Rule[] = [
  (line) => line.has("machine", "this") && line.hasAny("piece", "maker") && line.unknown < 2 && !line.has("tells"),
  (line) => line.count("machine") > 1 && line.unknown <= 1 && !isPast(line),
  (line) => line.begins("this") && line.count("machine") > 1 && mostly(line),
  (line) => asksSomething(line) && line.has("machine") && mostly(line),
];

/** Content of others, which waits for a reader's consent. */
const CONSENT: readonly Rule[] = [
  (line) =>
    line.has("cookies") && line.hasAny("piece", "house", "us") && mostly(line) && line.words > 3 && !isPast(line),
  (line) => line.has("piece", "state", "channel") && mostly(line) && !isPast(line),
];

/** In place of a text. */
const EMPTY: readonly Rule[] = [
  (line) => line.has("this", "not", "piece") && covered(line) && line.words < 7 && !isPast(line),
  (line) => line.has("not") && line.hasAny("piece", "state") && covered(line) && line.words < 7 && !hasVerb(line),
  (line) => line.has("piece", "state") && covered(line) && line.words < 5 && !isPast(line),
];

/**
 * "Add the link to your profile and press save.", "Email is older than the web.": a sentence about devices, or one that
 * says what something is, and that has nothing of a publication's own.
 */
export function isAboutOthers(text: string): boolean {
  if (/["“”„«»]/u.test(text)) return true;
  const line = readRoles(text);
  if (ENDS_WITH_QUESTION.test(text))
    return !line.hasAny("this", "us", "channel", "money", "readers", "rules", "more") && !line.has("piece", "time");
  if (!hasStop(line) || asksSomething(line) || line.has("us")) return false;
  if (!line.hasAny("channel", "readers", "house", "money", "piece", "ad")) return true;
  return hasVerb(line) && !line.hasAny("this", "you");
}

/** `a = b`, `{`, `n > 3`: arrows have nothing after them, or a word. */
const CODE = /[={}]|[<>] ?\p{N}/u;

/** Where a line is in its text. */
type Place = "first" | "within" | "last";
const RULES: Readonly<Record<Place, readonly Rule[]>> = {
  first: [...MACHINES, ...CONSENT, ...MAKERS, ...COUNTS, ...EMPTY, ...LABELS],
  within: [...CONSENT, ...LABELS, ...CREDITS],
  last: [...NOTES, ...MACHINES, ...CONSENT, ...MAKERS, ...COUNTS, ...LABELS],
};

/**
 * Whether a line is furniture by the roles of its words.
 * @param names the article's title, and those of its outlet and publisher
 */
export function isFurnitureByRoles(text: string, place: Place, names: readonly string[]): boolean {
  if (text.length > LONGEST[place]) return false;
  // Most sentences within a text end here.
  if (place === "within" && STOP.test(text) && !COOKIES.test(text)) return false;
  // A bullet belongs to a list of the text's own, a quotation is what someone says, and code is what a text is about.
  if (text.startsWith("• ") || /["“”„«»]/u.test(text) || CODE.test(text)) return false;
  if (isOtherHeadline(text) || isCaption(text) || isChapters(text)) return true;
  if (text.endsWith(":")) return false;
  const line = readRoles(text, names);
  if (line.words < 2) return false;
  return (
    RULES[place].some((rule) => rule(line)) || (place === "last" && !isPast(line) && PLEAS.some((rule) => rule(line)))
  );
}
