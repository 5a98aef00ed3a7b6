import type { Instant } from "../instant.ts";
import type { Doubt } from "./article.ts";
import { monthNumber } from "./months.ts";
import { readZone } from "./zones.ts";

/** Clocks of publishers differ by minutes: only what lies further ahead is a date in the future. Milliseconds. */
const CLOCK_SKEW = 15 * 60_000;
/** Years before this are what broken software writes (0, 1970, 1 January 0001), not when news was published. */
const FIRST_YEAR = 1990;
const LAST_YEAR = 2999;

type Parts = {
  year: string | undefined;
  month: number | undefined;
  day: string | undefined;
  time?: string | undefined;
  zone?: string | undefined;
};

const TIME = String.raw`(\d{1,2}[:.]\d{1,2}(?:[:.]\d{1,2}(?:[.,]\d+)?)?(?:\s*[ap]\.?m\.?)?)`;
const WEEKDAY = String.raw`(?:[\p{L}]{2,}\.?,?\s+)?`;

/** `2026-11-23T07:00:00.000+01:00`, also with a space, slashes or a weekday before it, without seconds or zone. */
const YEAR_FIRST = new RegExp(
  String.raw`^(?:[\p{L}]{2,}\.?,?\s+)?(\d{4})([-/.])(\d{1,2}|[\p{L}]{3,})\2(\d{1,2})(?:(?:[T\s]|,\s*)\s*${TIME}\s*(.*))?$`,
  "iu",
);
/** ISO 8601's basic form, `20261123T070000Z`. */
const BASIC = /^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?\s*(.*))?$/i;
/** `Mon, 23 Nov 2026 07:00:00 GMT` (RFC 822 §5, RFC 850), with names in many languages. */
const DAY_FIRST = new RegExp(
  String.raw`^${WEEKDAY}(\d{1,2})(?:st|nd|rd|th|\.|º|er)?[\s./-]*(?:de\s+)?([\p{L}]{3,})\.?,?[\s./-]*(?:de\s+)?(\d{4}|\d{2})(?:,?\s+(?:at\s+|um\s+|a\s+las\s+|às\s+|-\s+)?${TIME}\s*(.*))?$`,
  "iu",
);
/** `Nov 23, 2026 7:00 AM EST`. */
const MONTH_FIRST = new RegExp(
  String.raw`^${WEEKDAY}([\p{L}]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:,?\s+(?:at\s+|-\s+)?${TIME}\s*(.*))?$`,
  "iu",
);
/** `Mon Nov 23 07:00:00 2026`, as C's asctime and `date` write it. */
const ASCTIME = new RegExp(
  String.raw`^${WEEKDAY}([\p{L}]{3,})\s+(\d{1,2})\s+${TIME}\s+(?:([A-Z]{2,5})\s+)?(\d{4})\s*([+-].*)?$`,
  "iu",
);
/** `23.11.2026 07:00` is day first wherever dots are used; with slashes only where a number beyond 12 says so. */
const NUMBERS = new RegExp(String.raw`^${WEEKDAY}(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:,?\s+${TIME}\s*(.*))?$`, "iu");
/** `2026年11月23日 07:00`, `2026년 11월 23일`, and Korean half days. */
const CJK = /^(\d{4})[年년]\s*(\d{1,2})[月월]\s*(\d{1,2})[日일]?\s*(?:\S*\s+)?(\d{1,2}:\d{2}(?::\d{2})?)?\s*(.*)$/u;
const KOREAN = /^(\d{4})-(\d{1,2})-(\d{1,2})\s+(오전|오후)\s*(\d{1,2}):(\d{2})(?::(\d{2}))?$/u;

/**
 * Reads a date in any of the forms found in feeds. An answer is never invented: what cannot be a date gives null.
 * Without a zone UTC is assumed, and said.
 * @returns milliseconds since 1970, and whether the text named a zone
 */
export function parseDate(raw: string): { at: number; zoned: boolean } | null {
  const text = raw.replace(/\s+/gu, " ").trim();
  if (text.length < 8 || text.length > 80) return null;
  const korean = KOREAN.exec(text);
  if (korean !== null) return readKorean(korean);
  const parts = readParts(text);
  return parts === null ? null : assemble(parts);
}

function readParts(text: string): Parts | null {
  const yearFirst = YEAR_FIRST.exec(text);
  if (yearFirst !== null) {
    const [, year, , month = "", day, time, zone] = yearFirst;
    return { year, month: /^\d/.test(month) ? Number(month) : monthNumber(month), day, time, zone };
  }
  const basic = BASIC.exec(text);
  if (basic !== null) return readBasic(basic);
  const dayFirst = DAY_FIRST.exec(text);
  if (dayFirst !== null) {
    const [, day, month = "", year, time, zone] = dayFirst;
    return { year, month: monthNumber(month), day, time, zone };
  }
  const monthFirst = MONTH_FIRST.exec(text);
  if (monthFirst !== null) {
    const [, month = "", day, year, time, zone] = monthFirst;
    return { year, month: monthNumber(month), day, time, zone };
  }
  return readRareParts(text);
}

function readRareParts(text: string): Parts | null {
  const asctime = ASCTIME.exec(text);
  if (asctime !== null) {
    const [, month = "", day, time, name, year, offset] = asctime;
    return { year, month: monthNumber(month), day, time, zone: offset ?? name };
  }
  const cjk = CJK.exec(text);
  if (cjk !== null) {
    const [, year, month, day, time, zone] = cjk;
    return { year, month: Number(month), day, time, zone: time === undefined ? undefined : zone };
  }
  const numbers = NUMBERS.exec(text);
  return numbers === null ? null : readNumbers(numbers);
}

function readBasic([, year, month, day, hour, minute, second = "00", zone]: RegExpExecArray): Parts {
  const time = hour === undefined ? undefined : `${hour}:${minute}:${second}`;
  return { year, month: Number(month), day, time, zone };
}

/** Day before month with dots; with slashes or hyphens the order is a guess unless one of them exceeds 12. */
function readNumbers([, first = "", separator, second = "", year, time, zone]: RegExpExecArray): Parts | null {
  if (separator === "." || Number(first) > 12) return { year, month: Number(second), day: first, time, zone };
  if (Number(second) > 12) return { year, month: Number(first), day: second, time, zone };
  return null;
}

function readKorean([, year, month, day, half, hour, minute, second = "0"]: RegExpExecArray) {
  const time = `${hour}:${minute}:${second} ${half === "오후" ? "pm" : "am"}`;
  return assemble({ year, month: Number(month), day, time, zone: "KST" });
}

function assemble({ year, month, day, time, zone }: Parts): { at: number; zoned: boolean } | null {
  if (year === undefined || month === undefined || day === undefined) return null;
  const offset = readZone(zone ?? "");
  const clock = readTime(time ?? "0:00");
  if (offset === null || clock === null) return null;
  const fullYear = year.length === 2 ? Number(year) + (Number(year) < 70 ? 2000 : 1900) : Number(year);
  const midnight = Date.UTC(fullYear, month - 1, Number(day));
  const date = new Date(midnight);
  // Date.UTC rolls 31 February over into March: such a date is damage, not the third of March.
  if (fullYear < FIRST_YEAR || fullYear > LAST_YEAR) return null;
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== Number(day)) return null;
  const zoned = time !== undefined && offset !== "none";
  return { at: midnight + clock - (offset === "none" ? 0 : offset * 60_000), zoned };
}

/** Milliseconds since midnight; 24:00:00 is the end of the day, a 60th second counts as the 59th. */
function readTime(text: string): number | null {
  const read = /^(\d{1,2})[:.](\d{1,2})(?:[:.](\d{1,2})(?:[.,](\d+))?)?\s*(?:([ap])\.?m\.?)?$/i.exec(text.trim());
  if (read === null) return null;
  const [, hourText, minuteText, secondText = "0", fraction = "0", half] = read;
  const hour = half === undefined ? Number(hourText) : to24(Number(hourText), half.toLowerCase() === "p");
  const minute = Number(minuteText);
  const second = Math.min(Number(secondText), 59);
  if (hour > 24 || minute > 59 || Number(secondText) > 60 || (hour === 24 && (minute > 0 || second > 0))) return null;
  return ((hour * 60 + minute) * 60 + second) * 1000 + Math.floor(Number(`0.${fraction}`) * 1000);
}

/** Hour 13 PM is written by careless software and means 13. */
const to24 = (hour: number, afternoon: boolean) => (hour > 12 ? hour : (hour % 12) + (afternoon ? 12 : 0));

export type Dated = { published: Instant | null; doubts: Doubt[] };

/** The first of an item's dates that can be read, with what is doubtful about it. */
export function readDates(raw: readonly (string | undefined | null)[], now: number): Dated {
  const given = raw.filter((one): one is string => typeof one === "string" && one.trim() !== "");
  if (given.length === 0) return { published: null, doubts: ["date-missing"] };
  for (const one of given) {
    const read = parseDate(one);
    if (read === null) continue;
    const doubts: Doubt[] = [];
    if (read.at > now + CLOCK_SKEW) doubts.push("date-in-future");
    if (!read.zoned) doubts.push("date-without-zone");
    return { published: new Date(read.at).toISOString(), doubts };
  }
  return { published: null, doubts: ["date-unparseable"] };
}
