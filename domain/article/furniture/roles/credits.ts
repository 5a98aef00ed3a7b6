import { covered, hasStop, hasVerb, isOnly, isPast, isWithoutCapitals, mostly, type Rule } from "./conditions.ts";
import { readRoles } from "./reading.ts";

/** Names of the people who made it. */
export const MAKERS: readonly Rule[] = [
  (line) =>
    line.has("maker") &&
    line.unknown === 0 &&
    line.names > 0 &&
    line.words < 15 &&
    !hasVerb(line) &&
    !line.hasAny("asks", "you", "us") &&
    OF.test(line.text),
  // "From our correspondent in Oslo"
  (line) => line.has("maker", "us") && line.unknown === 0 && line.words < 9 && !hasStop(line) && !hasVerb(line),
  (line) =>
    line.begins("maker") &&
    isWithoutCapitals(line) &&
    line.unknown < 4 &&
    (line.words < 5 || line.text.includes(":")) &&
    line.words < 7 &&
    !hasStop(line) &&
    !hasVerb(line),
  (line) =>
    line.begins("maker") &&
    line.count("maker") > 1 &&
    line.unknown < 3 &&
    line.words < 7 &&
    !hasStop(line) &&
    !hasVerb(line),
  (line) =>
    WITH.test(line.text) && line.names > 1 && line.unknown === 0 && line.words < 7 && !hasStop(line) && !hasVerb(line),
  // "Ada Pike writes about eels for The Gull."
  (line) =>
    line.namesFirst > 1 &&
    line.has("maker") &&
    (FOR.test(line.text) || line.hasAny("house", "us") || isWithoutCapitals(line)) &&
    !line.hasAny("was", "you") &&
    line.count("tells") < 2 &&
    !line.text.includes(",") &&
    line.words < 20,
  (line) =>
    line.text.includes("@") &&
    line.hasAny("channel", "mayAsk") &&
    line.words < 22 &&
    line.names > 0 &&
    !line.has("was"),
];

/** Before a name: "Words by Ada Pike", "Ada Pike, editor". */
const OF = /[:/|©,(]|\s(?:by|from|von|par|de|da|do|por)\s|\sd['’]/iu;
/** Before the name of a publication, and not of a town: "edits films in Delft". */
const FOR =
  /\s(?:for|at|of|für|bei|der|pour|chez|para|da|do|na|no|de la|en la|en el|en)\s(?:(?:the|die|den|das|la|le|el|a|o) \p{Lu}|\p{Lu}\p{L}+\s\p{Lu})|\s(?:for|für|bei|der|pour|para|na|da)\s\p{Lu}/u;
/** "With Ada Pike" */
const WITH = /^(?:by|with|von|mit|par|avec|por|con|com)\s/iu;

/** Counters and times. */
export const COUNTS: readonly Rule[] = [
  (line) => line.numbers > 0 && line.has("readers") && covered(line) && line.words < 13 && !hasVerb(line),
  (line) =>
    line.has("length") &&
    (line.numbers > 0 || line.count("length") > 1) &&
    isOnly(line, "length", "small") &&
    line.words < 9,
  (line) =>
    line.has("time") &&
    line.numbers > 0 &&
    line.begins("origin", "time") &&
    line.unknown + line.names <= 1 &&
    line.words < 12 &&
    !hasStop(line),
  (line) =>
    line.count("time") > 1 && line.begins("origin", "time") && covered(line) && line.words < 10 && !hasStop(line),
  (line) => line.numbers > 0 && !/\p{L}/u.test(line.text) && /[\p{Extended_Pictographic}▲△▼▽⬆↑]/u.test(line.text),
];

/** "Illustration: Ada Pike" */
export const CREDITS: readonly Rule[] = [
  (line) =>
    line.begins("maker") &&
    line.unknown === 0 &&
    line.names > 0 &&
    line.words < 10 &&
    !hasStop(line) &&
    !hasVerb(line) &&
    OF.test(line.text),
  (line) =>
    line.begins("maker") &&
    isWithoutCapitals(line) &&
    line.text.includes(":") &&
    line.words < 7 &&
    !hasStop(line) &&
    !hasVerb(line),
];

/** A line without a verb, above a box or around an advertisement. */
export const LABELS: readonly Rule[] = [
  // "News from our desk"
  (line) => line.has("us", "house") && covered(line) && line.words < 8 && !hasStop(line) && !hasVerb(line),
  // "Listen instead (9 min)"
  (line) =>
    line.begins("mayAsk") &&
    line.has("length") &&
    line.numbers > 0 &&
    line.unknown < 2 &&
    line.words < 7 &&
    !hasStop(line),
  (line) => line.has("piece", "ad") && mostly(line) && line.words < 9 && !isPast(line),
  (line) => line.has("ad") && line.unknown === 0 && line.words < 8 && !hasStop(line) && !hasVerb(line),
  (line) =>
    line.has("more") &&
    covered(line) &&
    line.words < 7 &&
    !hasStop(line) &&
    !hasVerb(line) &&
    line.hasAny("piece", "time", "you", "readers", "house", "mayAsk"),
  (line) =>
    line.begins("asks", "mayAsk") &&
    covered(line) &&
    line.words < 7 &&
    !hasStop(line) &&
    !hasVerb(line) &&
    line.hasAny("piece", "device", "this", "machine"),
];

/** "Also worth your time: Ten ways to save water" */
export function isOtherHeadline(text: string): boolean {
  const [, label, headline] = /^([^:|–—]{3,40})\s?[:|–—]\s+(\P{Ll}.+)$/u.exec(text) ?? [];
  if (label === undefined || headline === undefined || /[.!]$/u.test(headline) || !/\s/u.test(headline)) return false;
  const line = readRoles(label);
  return line.hasAny("more", "house") && covered(line) && line.words < 6;
}

/** "0:00 Hello 3:15 Bridges", the chapters of an episode in one line. */
export const isChapters = (text: string): boolean =>
  /^\P{N}{0,20}0?0:00(?![\p{N}:])/u.test(text) &&
  (text.match(/(?<![\p{N}:])\d{1,2}:\d{2}(?!\p{N})/gu)?.length ?? 0) > 1;

/** "The bridge at dusk (Ada Pike/The Gull)" */
export function isCaption(text: string): boolean {
  const [, credit] = /^[^.!?]{3,160}\(([^()]{3,60})\)$/u.exec(text) ?? [];
  if (credit === undefined) return false;
  const line = readRoles(credit);
  return (
    line.unknown < (isWithoutCapitals(line) ? 4 : 1) &&
    (line.has("maker") || (line.names > 1 && credit.includes("/")) || (line.names === 2 && line.words === 2))
  );
}
