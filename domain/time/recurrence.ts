import { DAY } from "./durations.ts";
import { LocalDate, toInstant } from "./instant.ts";

/** The last year that a repeating event is followed to. */
const LAST_YEAR = 2100;
/** Most days that are looked at for all rules of a file, because a rule can match rarely or never. */
export const MAX_LOOKED_AT = 1_000_000;

const weekdayNames = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];
const frequencies = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"] as const;
type Frequency = (typeof frequencies)[number];
const isFrequency = (text: string | undefined): text is Frequency => frequencies.some((one) => one === text);

/** A day of the week; with `nth`, only its nth one in the month or year, from the end when negative. */
type ByDay = { nth: number; weekday: number };

type Rule = {
  frequency: Frequency;
  interval: number;
  count: number;
  until: LocalDate | undefined;
  weekStart: number;
  months: readonly number[];
  monthDays: readonly number[];
  byDay: readonly ByDay[];
  positions: readonly number[];
};

/** A date with what rules ask of it. */
type Day = { year: number; month: number; day: number; weekday: number };

/** @param day can be past the month's last day, or before its first */
function dayOf(year: number, month: number, day: number): Day {
  const at = new Date(Date.UTC(year, month - 1, day));
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate(), weekday: at.getUTCDay() };
}

const dateOf = ({ year, month, day }: Day): LocalDate => toInstant(Date.UTC(year, month - 1, day)).slice(0, 10);

const daysBetween = (from: Parameters<typeof dayOf>, to: Parameters<typeof dayOf>): number =>
  (Date.UTC(to[0], to[1] - 1, to[2]) - Date.UTC(from[0], from[1] - 1, from[2])) / DAY;

/**
 * The dates of an event that repeats (RFC 5545, 3.3.10), up to the year 2100. The first date counts, whether it fits the
 * rule or not.
 * @param spend is given how many days were looked at, and throws when they are too many
 * @returns undefined for a rule that isn't supported
 */
export function datesOfRule(start: LocalDate, text: string, spend: (days: number) => void): LocalDate[] | undefined {
  const first = dayOf(Number(start.slice(0, 4)), Number(start.slice(5, 7)), Number(start.slice(8)));
  const rule = readRule(text, first);
  if (rule === undefined) return undefined;
  const { count, until = `${LAST_YEAR}-12-31`, interval, positions } = rule;
  const dates = [start];
  for (let period = 0; dates.length < count; period += interval) {
    const [opens, days] = periodAt(rule, first, period);
    if (dateOf(opens) > until) break;
    spend(days.length + 1);
    const matching = days.filter((day) => fits(rule, day)).map(dateOf);
    dates.push(...positioned(matching, positions).filter((date) => date > start));
  }
  return dates.slice(0, count).filter((date) => date <= until);
}

/** The first day of a year, month, week or day, and those of its days that can fit the rule. */
function periodAt(rule: Rule, { year, month, day, weekday }: Day, period: number): [opens: Day, days: Day[]] {
  switch (rule.frequency) {
    case "YEARLY": {
      const months = rule.months.length > 0 ? rule.months : monthNumbers;
      return [dayOf(year + period, 1, 1), months.flatMap((one) => daysOfMonth(rule, year + period, one))];
    }
    case "MONTHLY": {
      const opens = dayOf(year, month + period, 1);
      return [opens, daysOfMonth(rule, opens.year, opens.month)];
    }
    case "WEEKLY": {
      const opens = day - ((weekday - rule.weekStart + 7) % 7) + period * 7;
      const days = weekdayNames.map((_, at) => dayOf(year, month, opens + at));
      return [dayOf(year, month, opens), days];
    }
    case "DAILY": {
      const opens = dayOf(year, month, day + period);
      return [opens, [opens]];
    }
  }
}

const monthNumbers = Array.from({ length: 12 }, (_, at) => at + 1);

/** In order. */
function daysOfMonth({ monthDays }: Rule, year: number, month: number): Day[] {
  const length = dayOf(year, month + 1, 0).day;
  const days =
    monthDays.length === 0
      ? Array.from({ length }, (_, at) => at + 1)
      : inOrder(monthDays.map((one) => (one < 0 ? length + 1 + one : one)));
  const { weekday } = dayOf(year, month, 0);
  return days
    .filter((day) => day >= 1 && day <= length)
    .map((day) => ({ year, month, day, weekday: (weekday + day) % 7 }));
}

function fits({ frequency, months, monthDays, byDay }: Rule, { year, month, day, weekday }: Day): boolean {
  if (months.length > 0 && !months.includes(month)) return false;
  if (monthDays.length === 0 && byDay.every(({ nth }) => nth === 0)) {
    return byDay.length === 0 || byDay.some((one) => one.weekday === weekday);
  }
  const length = dayOf(year, month + 1, 0).day;
  if (monthDays.length > 0 && !monthDays.includes(day) && !monthDays.includes(day - length - 1)) return false;
  if (byDay.length === 0) return true;
  if (byDay.every((one) => one.weekday !== weekday)) return false;
  // The nth of the year, or of the month where the rule names months.
  const isOfYear = frequency === "YEARLY" && months.length === 0;
  const before = isOfYear ? daysBetween([year, 1, 1], [year, month, day]) : day - 1;
  const after = isOfYear ? daysBetween([year, month, day], [year, 12, 31]) : length - day;
  return byDay.some(
    (one) =>
      one.weekday === weekday &&
      (one.nth === 0 || one.nth === Math.floor(before / 7) + 1 || one.nth === -Math.floor(after / 7) - 1),
  );
}

/** BYSETPOS: some of a period's days, from the end when negative. */
const positioned = (days: readonly LocalDate[], positions: readonly number[]): readonly LocalDate[] =>
  positions.length === 0
    ? days
    : days.filter((_, at) => positions.includes(at + 1) || positions.includes(at - days.length));

const supported = ["FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS"];

/** Characters of a rule. Each looked-at day is compared with all that a rule lists. */
const LONGEST_RULE = 1_000;

/** What the rule leaves open is as in the first date. */
function readRule(text: string, first: Day): Rule | undefined {
  if (text.length > LONGEST_RULE) return undefined;
  const parts = new Map(
    text
      .toUpperCase()
      .trim()
      .split(";")
      .filter((part) => part !== "")
      .map((part) => [part.split("=", 1)[0] ?? "", part.slice(part.indexOf("=") + 1)] as const),
  );
  const frequency = parts.get("FREQ");
  const until = parts.get("UNTIL");
  const untilDate = until?.replace(/^(\d{4})(\d\d)(\d\d).*$/, "$1-$2-$3");
  const interval = numbersIn(parts.get("INTERVAL") ?? "1", 1, 1_000);
  const count = numbersIn(parts.get("COUNT") ?? "1000000", 1, 1_000_000);
  const weekStart = weekdayNames.indexOf(parts.get("WKST") ?? "MO");
  const months = numbersIn(parts.get("BYMONTH"), 1, 12);
  const monthDays = numbersIn(parts.get("BYMONTHDAY"), -31, 31);
  const byDay = daysIn(parts.get("BYDAY"));
  const positions = numbersIn(parts.get("BYSETPOS"), -366, 366);
  const isKnown = [...parts.keys()].every((key) => supported.includes(key));
  if (!isKnown || !isFrequency(frequency) || weekStart < 0) return undefined;
  if (untilDate !== undefined && !LocalDate.safeParse(untilDate).success) return undefined;
  if (!interval || !count || !months || !monthDays || !byDay || !positions) return undefined;
  if (byDay.some(({ nth }) => nth !== 0) && frequency !== "MONTHLY" && frequency !== "YEARLY") return undefined;
  return {
    ...{ frequency, weekStart, positions, until: untilDate },
    interval: interval[0] ?? 1,
    count: count[0] ?? 1,
    ...withDefaults(frequency, first, { months, monthDays, byDay }),
  };
}

function withDefaults<By extends Pick<Rule, "months" | "monthDays" | "byDay">>(
  frequency: Frequency,
  first: Day,
  by: By,
): Pick<Rule, "months" | "monthDays" | "byDay"> {
  const isOpen = by.monthDays.length === 0 && by.byDay.length === 0;
  if (frequency === "DAILY" || !isOpen) return by;
  if (frequency === "WEEKLY") return { ...by, byDay: [{ nth: 0, weekday: first.weekday }] };
  const months = frequency === "YEARLY" && by.months.length === 0 ? [first.month] : by.months;
  return { ...by, months, monthDays: [first.day] };
}

/** Each once. */
const inOrder = (numbers: readonly number[]): number[] => [...new Set(numbers)].toSorted((a, b) => a - b);

/** @returns undefined when one isn't a whole number between the two, or is 0 */
function numbersIn(text: string | undefined, least: number, most: number): number[] | undefined {
  if (text === undefined) return [];
  const numbers = text.split(",").map((one) => (/^[+-]?\d{1,7}$/.test(one) ? Number(one) : 0));
  return numbers.every((one) => one !== 0 && one >= least && one <= most) ? inOrder(numbers) : undefined;
}

/** `TH`, `4TH` or `-1MO`, with commas. */
function daysIn(text: string | undefined): ByDay[] | undefined {
  if (text === undefined) return [];
  const days = text.split(",").map((one) => {
    const [, nth = "", name = ""] = /^([+-]?[1-9]\d?)?([A-Z]{2})$/.exec(one) ?? [];
    return { nth: Number(nth), weekday: weekdayNames.indexOf(name) };
  });
  return days.every(({ weekday }) => weekday >= 0) ? days : undefined;
}
