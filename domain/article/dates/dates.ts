import { DAY } from "../../time/durations.ts";
import type { Instant } from "../../time/instant.ts";
import type { Doubt } from "../article.ts";
import { type CalendarDay, type DayMonthOrder, readDay } from "./calendar-day.ts";
import { withoutEra, withoutHanNumbers, withoutPersian } from "./calendars.ts";
import { takeTime } from "./time-of-day.ts";
import { offsetOf, takeZone, type Zone } from "./zones.ts";

/** Publishers' clocks differ by minutes, so only dates further ahead are in the future. Milliseconds. */
export const CLOCK_SKEW = 15 * 60_000;
/** Earlier years come from broken software (0, 1970, 1 January 0001). */
const FIRST_YEAR = 1990;
const LAST_YEAR = 2999;

/** Context from a feed's other dates and its language. */
export type DateHints = {
  /** Primary language subtag. */
  readonly language?: string | null;
  /** Which comes first in `04/05/2026`; null: unknown. */
  readonly order?: DayMonthOrder | null;
};

type DateRead = { readonly at: number; readonly zoned: boolean };

/**
 * Parses a date in any of the forms found in feeds: removes its time of day and zone, and parses the rest as a calendar
 * day in some language. Anything that can't be a date gives null. Without a zone, UTC is assumed, which the result
 * shows.
 * @returns milliseconds since 1970, and whether the text named a zone
 */
export function parseDate(raw: string, hints: DateHints = {}): DateRead | null {
  if (raw.length > 500) return null;
  const text = plainText(raw);
  if (text.length < 6 || text.length > 80) return null;
  return readEpoch(text) ?? readText(text, hints);
}

/** Scripts with their own digits, by their zero. */
const ZEROES = [0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0x1040, 0x17e0];

/** One line in lower case, without accents, direction marks and comments, with ASCII digits. */
function plainText(raw: string): string {
  return (
    raw
      .normalize("NFKC")
      .replace(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069]/gu, "")
      .replace(/\p{Nd}/gu, (digit) => {
        const code = digit.codePointAt(0) ?? 0;
        const zero = ZEROES.find((one) => code >= one && code < one + 10);
        return zero === undefined ? digit : String(code - zero);
      })
      .toLowerCase()
      .normalize("NFD")
      .replace(/[\u0300-\u036f\u064b-\u0652]/gu, "")
      .normalize("NFC")
      .replace(/&(?:amp;)?(?:nbsp|#160|#xa0);/gu, " ")
      .replace(/[\s،]+/gu, " ")
      .replace(/ m=[+-][\d.]+$/u, "")
      // Go repeats the offset of zones without a name: `-0300 -03`.
      .replace(/(?<= [+-]\d{4}) [+-]\d{2,4}$/u, "")
      .trim()
  );
}

/** `@1795860000` and ASP.NET's `/Date(1795860000000+0100)/`, whose zone changes nothing. */
const WRAPPED_EPOCH = /^@(?=\d)|^\/date\((-?\d+)(?:[+-]\d{4})?\)\/$/;

/** Seconds, milliseconds, microseconds or nanoseconds since 1970. */
function readEpoch(raw: string): DateRead | null {
  const bare = raw.replace(WRAPPED_EPOCH, "$1");
  const text = /^\d(?:\.\d{1,17})?e\+?\d{1,2}$/.test(bare) ? String(Number(bare)) : bare;
  if (!/^\d{9,10}(?:\.\d+)?$|^\d{13}(?:\.\d+)?$|^\d{16}$|^\d{19}$/.test(text)) return null;
  const whole = text.split(".")[0] ?? "";
  const unit = 1000 / 1000 ** Math.floor((whole.length - 10 + 2) / 3);
  const at = Math.floor(Number(text) * unit);
  return isBelievable(new Date(at).getUTCFullYear()) ? { at, zoned: true } : null;
}

const isBelievable = (year: number) => year >= FIRST_YEAR && year <= LAST_YEAR;

/** ISO 8601's basic form, `20261123T070000Z`. */
const BASIC = /^(\d{4})(\d{2})(\d{2})(?:t?(\d{2})(\d{2})(\d{2})?)?(?!\d)/;
/** ISO 8601's weeks and days of the year, `2026-W48-6` and `2026-332`. */
const WEEK_DAY = /^(\d{4})-?w(\d{2})(?:-?([1-7]))?(?=t|\s|$)/;
const DAY_OF_YEAR = /^(\d{4})-?(\d{3})(?=t|z|\s|$)/;

function withoutWeek(text: string): string {
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  return text
    .replace(WEEK_DAY, (whole, year: string, week: string, weekday = "1") => {
      // 4 January is always in the first week.
      const fourth = Date.UTC(Number(year), 0, 4);
      const monday = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * DAY;
      return Number(week) > 53 ? whole : day(monday + ((Number(week) - 1) * 7 + Number(weekday) - 1) * DAY);
    })
    .replace(DAY_OF_YEAR, (whole, year: string, ofYear: string) =>
      Number(ofYear) < 1 || Number(ofYear) > 366 ? whole : day(Date.UTC(Number(year), 0, Number(ofYear))),
    );
}

/** RFC 724's time without a colon: `28 nov 26 0905 est`. */
const SHORT_CLOCK =
  /(?<=^(?:[a-z]+,? )?\d{1,2}[ -][\p{L}\p{M}]+\.?[ -](?:\d{2}|\d{4}) )([01]\d|2[0-3])([0-5]\d)(?=\s|z?$)/u;

/** A date with a zone and no time (XML Schema's `date`). */
const DAY_WITH_ZONE = /^(\d{4}-\d{2}-\d{2})(z|[+-]\d{2}:\d{2})$/;

function readText(text: string, hints: DateHints): DateRead | null {
  const spread = withoutPersian(withoutEra(withoutHanNumbers(withoutWeek(text))))
    .replace(BASIC, (_, year, month, day, hour, minute, second = "00") =>
      hour === undefined ? `${year}-${month}-${day}` : `${year}-${month}-${day} ${hour}:${minute}:${second}`,
    )
    .replace(
      /(?<=-\d{2}t)(\d{2})(\d{2})(\d{2})?(?!\d)/u,
      (_, ...[hour, minute, second = "00"]: string[]) => `${hour}:${minute}:${second}`,
    )
    .replace(SHORT_CLOCK, "$1:$2")
    .replace(/(?<=\d)zz$/u, "z")
    .replace(/(?<=\dt)(\d{2})(?=z|[+-]\d|$)/u, "$1:00")
    .replace(/(?<=\d)t(?=\d)|(?<=\d{4}):(?=\d{2}:\d{2})/u, " ");
  const zoned = DAY_WITH_ZONE.exec(spread);
  if (zoned !== null)
    return assemble(readDay(zoned[1] ?? "", spread, hints), 0, takeZone(zoned[2] ?? "")?.zone ?? null);
  const clock = takeTime(spread);
  if (clock === undefined) return assemble(readDay(spread, spread, hints), 0, null);
  if (clock.time === null) return null;
  const zone = takeZone(clock.behind);
  if (zone === null) return null;
  const last = zone.zone === null ? zoneAfterYear(zone.rest) : zone;
  return assemble(readDay(`${clock.before} ${last.rest}`, spread, hints), clock.time, last.zone);
}

/** `3:30 pm, 28 Nov 2026 AEDT`: where the time comes first, its zone may come last. */
function zoneAfterYear(text: string): { zone: Zone | null; rest: string } {
  const year = /(?<!\d)\d{4}[\s,]+(?=[([+−a-z]|-\d{4}(?!\d))/u.exec(text);
  const found = year === null ? null : takeZone(text.slice(year.index + year[0].length));
  if (year === null || found === null || found.zone === null) return { zone: null, rest: text };
  return { zone: found.zone, rest: `${text.slice(0, year.index + year[0].length)}${found.rest}` };
}

function assemble(day: CalendarDay | null, time: number, named: Zone | null): DateRead | null {
  if (day === null || !isBelievable(day.year)) return null;
  const midnight = Date.UTC(day.year, day.month - 1, day.day);
  const date = new Date(midnight);
  // Date.UTC turns 31 February into March; such a date is invalid.
  if (date.getUTCMonth() !== day.month - 1 || date.getUTCDate() !== day.day) return null;
  const zone = named ?? (time > 0 ? day.zone : null);
  const at = midnight + time;
  return { at: at - (zone === null ? 0 : offsetOf(zone, at) * 60_000), zoned: (named ?? day.statedZone) !== null };
}

type Dated = { published: Instant | null; doubts: Doubt[] };

/** The first readable date of an item, with doubts about it. */
export function readDates(raw: readonly (string | undefined | null)[], now: number, hints: DateHints = {}): Dated {
  const given = raw.filter((one): one is string => typeof one === "string" && one.trim() !== "");
  if (given.length === 0) return { published: null, doubts: ["date-missing"] };
  for (const one of given) {
    const read = parseDate(one, hints);
    if (read === null) continue;
    const doubts: Doubt[] = [];
    if (read.at > now + CLOCK_SKEW) doubts.push("date-in-future");
    if (!read.zoned) doubts.push("date-without-zone");
    return { published: new Date(read.at).toISOString(), doubts };
  }
  return { published: null, doubts: ["date-unparseable"] };
}

/** `04/05/2026`: two numbers that can both be a month. */
const SLASHED = /(?<!\d)(\d{1,2})[/-](\d{1,2})[/-](?:\d{4}|\d{2})(?!\d)/u;

/** How much nearer to each other dates are in the right reading: `11/03`, `11/04` and `11/05` are three days or months. */
const NEARER = 4;

function nearerOrder(dates: readonly string[]): DayMonthOrder | null {
  const spanOf = (order: DayMonthOrder) => {
    const times = dates.flatMap((text) => parseDate(text, { order })?.at ?? []);
    return Math.max(...times) - Math.min(...times);
  };
  const [dayFirst, monthFirst] = [spanOf("day-month"), spanOf("month-day")];
  if (dayFirst * NEARER < monthFirst) return "day-month";
  return monthFirst * NEARER < dayFirst ? "month-day" : null;
}

/**
 * Whether day or month comes first in a feed's dates: a number above 12 decides; else the reading without dates in the
 * future; else the feed's language; else the reading with all dates much nearer to each other.
 * @param language the whole tag: Americans write the month first, other English speakers do not
 */
export function dayMonthOrder(raw: readonly string[], language: string | undefined, now: number): DayMonthOrder | null {
  const dates = raw.flatMap((one) => {
    const found = one.length > 200 ? null : SLASHED.exec(one.normalize("NFKC"));
    return found === null ? [] : [{ first: Number(found[1]), second: Number(found[2]), text: one }];
  });
  if (dates.length === 0) return null;
  const dayFirst = dates.some(({ first }) => first > 12);
  const monthFirst = dates.some(({ second }) => second > 12);
  if (dayFirst !== monthFirst) return dayFirst ? "day-month" : "month-day";
  const isAhead = (order: DayMonthOrder) =>
    dates.some(({ text }) => (parseDate(text, { order })?.at ?? 0) > now + 2 * DAY);
  const [dayFirstAhead, monthFirstAhead] = [isAhead("day-month"), isAhead("month-day")];
  if (dayFirstAhead !== monthFirstAhead) return dayFirstAhead ? "month-day" : "day-month";
  const tag = (language ?? "").toLowerCase().replace("_", "-");
  if (tag === "" || tag === "en") return nearerOrder(dates.map(({ text }) => text));
  return /^en-(us|ph)\b|^es-us\b|^fil\b/.test(tag) ? "month-day" : "day-month";
}
