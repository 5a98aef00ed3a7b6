import { dayPeriodBefore, dayPeriodBehind, hourIn } from "./day-periods.ts";

/** A time of day found in a date, and the text before and after it. */
type TimeFound = {
  /** Milliseconds since midnight; null: not a valid time. */
  readonly time: number | null;
  readonly before: string;
  readonly behind: string;
};

/** `7:05`, `07:05:09.123`, SQL Server's `07:05:09:123`, `10h00`, `10 h 00`, `10 Uhr 30`, `10時30分15秒`, `10시 30분`. */
const CLOCK =
  /(?<![\d:])(\d{1,2})(?::|\s?h(?:eures?|oras?)?\s?|\suhr\s(?=\d{2}(?!\d))|\s?[時时點点시]\s?)(\d{1,2})(?:(?::|분\s?|分\s?|\s?m(?:in)?\s?)(\d{1,2}))?(?:(?<=:\d{1,2}:\d{2})(?:[.,](\d{1,9})|:(\d{3})(?!\d)))?(?:\s?[分분秒초])?/u;
/** `3 pm`, `12 noon`, `10 Uhr`, `10h`, `10 heures`, `10時`. */
const HOUR =
  /(?<![\d:./-])(\d{1,2})(?:(?=\s?[ap]\.?\s?m\b)|(?=\snoon\b)|\s?uhr\b|\s?h(?:eures?|oras?)?\b|\s?[時时點点시])/u;
/** `10.00` after the year or a date in numbers; otherwise it is a day and a month. */
// bounded: a date, at most 500 characters
const DOTTED =
  /(?<=\d{4}.{0,40}[\s,t]|(?<!\d)\d{1,2}[./-]\d{1,2}[./-]\d{2}[\s,]{1,3})(\d{1,2})\.(\d{2})(?:\.(\d{2}))?(?![\d.]|\s*\/)/u;

/** Oracle's default: `03.30.00.000000 PM`. */
const WITH_FRACTION = /(?<=\s)(\d{2})\.(\d{2})\.(\d{2})\.(\d{3,9})(?!\d)/u;

/** Words for the halves of a day, in the languages whose clocks show twelve hours. */
const MORNING = new Set(["am", "오전", "上午", "午前", "早上", "凌晨", "ص", "صباحا", "πμ", "oo", "sa", "nu", "قظ"]);
const AFTERNOON = new Set(["pm", "오후", "下午", "午後", "晚上", "م", "مساء", "μμ", "os", "ch", "nh", "ng", "بظ"]);
const HALF_BEHIND =
  /^[\s.,]*([ap]\.?\s?m\b\.?|[πμ]\.\s?μ\.|[öo][̈]?[os]\b|sa\b|ch\b|n\.?[uhg]\.?(?!\p{L})|صباحا|مساء|[صم](?![\p{L}\p{M}])|ق\.ظ\.?|ب\.ظ\.?)/u;
const HALF_BEFORE = /(오전|오후|上午|下午|午前|午後|早上|晚上|凌晨)\s*$/u;

/** "10:30 Uhr MEZ": a zone may follow the word. */
const OCLOCK = /^\s?(?:uhr|uur|hrs?|hs|h)\b/u;

/** Times without a number, where the date has no other. */
const NAMED =
  /(?<![\p{L}\p{M}])(?:(noon|midday|midi|mittag|mediodia|meio-dia)|(midnight|minuit|mitternacht|medianoche|meia-noite))(?![\p{L}\p{M}])/u;

/** `7.05 Uhr`, which isn't a day and a month. */
const DOTTED_OCLOCK = /(?<![\d.])(\d{1,2})\.(\d{2})(?=\s?u[hu]r\b)/u;

/** Finds the first time of day in a date. @param raw in lower case without accents */
export function takeTime(raw: string): TimeFound | undefined {
  const text = raw.replace(DOTTED_OCLOCK, "$1:$2");
  const found = WITH_FRACTION.exec(text) ?? CLOCK.exec(text) ?? HOUR.exec(text) ?? DOTTED.exec(text);
  if (found === null) return namedTime(text);
  const [whole, hour = "", minute = "0", second = "0", fraction = "0"] = found;
  const before = text.slice(0, found.index);
  const behind = text.slice(found.index + whole.length);
  // `1:2:3:4` isn't a time of day.
  if (/^:|^\d/.test(behind)) return { time: null, before, behind };
  const ahead = HALF_BEFORE.exec(before);
  const after = ahead === null ? HALF_BEHIND.exec(behind) : null;
  const half = halfOf(ahead?.[1] ?? after?.[1]);
  if (half === undefined) return inDayPeriod(found, before, behind);
  const time = milliseconds(to24(Number(hour), half), minute, second, fraction);
  return {
    time,
    before: before.slice(0, ahead?.index),
    behind: behind.slice(after?.[0].length ?? 0).replace(OCLOCK, ""),
  };
}

function namedTime(text: string): TimeFound | undefined {
  const found = NAMED.exec(text);
  if (found === null) return undefined;
  const behind = text.slice(found.index + found[0].length);
  return { time: found[1] === undefined ? 0 : 12 * 3600_000, before: text.slice(0, found.index), behind };
}

/** A word beside the time that is longer than the names of zones. */
const WORD_BEFORE = /[\p{L}\p{M}]{2}[\s,.]*$/u;
const WORD_BEHIND = /^[\s,.]*(?![a-z]{1,3}\s*(?:[^a-z\s]|$))[\p{L}\p{M}]{2}/u;

/** The same with a word for another part of the day, if there is one. */
function inDayPeriod(
  [, hour = "", minute, second, fraction]: RegExpExecArray,
  before: string,
  behind: string,
): TimeFound {
  const ahead = Number(hour) <= 12 && WORD_BEFORE.test(before) ? dayPeriodBefore(before) : undefined;
  const after = Number(hour) <= 12 && WORD_BEHIND.test(behind) && !ahead ? dayPeriodBehind(behind) : undefined;
  const hours = (ahead ?? after)?.hours;
  return {
    time: milliseconds(hours === undefined ? Number(hour) : hourIn(Number(hour), hours), minute, second, fraction),
    before: ahead?.rest ?? before,
    behind: (after?.rest ?? behind).replace(OCLOCK, ""),
  };
}

function halfOf(word: string | undefined): "morning" | "afternoon" | undefined {
  const plain = word?.replace(/[.\s]+/gu, "");
  if (plain === undefined) return undefined;
  if (AFTERNOON.has(plain)) return "afternoon";
  return MORNING.has(plain) ? "morning" : undefined;
}

/** 24:00:00 is the end of the day; a 60th second counts as the 59th. */
function milliseconds(hour: number, minuteText = "0", secondText = "0", fraction = "0"): number | null {
  const [minute, second] = [Number(minuteText), Number(secondText)];
  if (hour > 24 || minute > 59 || second > 60 || (hour === 24 && (minute > 0 || second > 0))) return null;
  return ((hour * 60 + minute) * 60 + Math.min(second, 59)) * 1000 + Math.floor(Number(`0.${fraction}`) * 1000);
}

/** Careless software writes 13 PM, which means 13. */
const to24 = (hour: number, half: "morning" | "afternoon") =>
  hour > 12 ? hour : (hour % 12) + (half === "afternoon" ? 12 : 0);
