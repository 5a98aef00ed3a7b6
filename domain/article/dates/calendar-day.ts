import { isWeekday, monthNumber, plainWord } from "./months.ts";
import { isZoneName, type Zone } from "./zones.ts";

export type DayMonthOrder = "day-month" | "month-day";

export type CalendarDay = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** The zone of the only country with this date format; null: several countries. */
  readonly zone: Zone | null;
  /** The same if the format is as good as a named zone. */
  readonly statedZone: Zone | null;
};

type Hints = { readonly language?: string | null; readonly order?: DayMonthOrder | null };
type Token = { readonly text: string; readonly isNumber: boolean; readonly before: string };
type Parts = { readonly year: string; readonly month: number; readonly day: string };

/** Minutes east of UTC for formats with signs for year, month and day. */
const KOREA = 9 * 60;
const EAST_ASIAN_ZONES: Readonly<Record<string, number>> = { ko: KOREA, ja: 9 * 60, zh: 8 * 60 };

/** Meaningless words between the numbers of a date: prepositions, "o'clock", endings of ordinals, "year". */
const FILLERS = new Set(
  "at um the of on de del a as o e la las le les il lo den der dem d kl klo ob pada pukul jam klokken klockan klukkan ora orele godz godzina hod hodin kell saat saati plkst во у об ساعت الساعة ساعة בשעה sat sati casova ur час часа часов години saa ng uur uhr om ore alle hora horas hrs hr hours h min v u g gada г года год р року ч в о ngay nam thang luc st nd rd th er re go го ого й η η ώρα ωρα ώρες στις στη น เวลา ที่ วันที่ พศ published posted updated on, बजे वाजता টায় টা மணிக்கு மணி గంటలకు ਵਜੇ વાગ્યે y i t m og och et und and و في على يوم ה ב ء ko eko an val valanda valandą orakor oras tundi kello ura uri".split(
    " ",
  ),
);
/** Scripts without spaces, with words for days and hours between numbers. */
const EAST_ASIAN = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}]+/gu;
const EAST_ASIAN_DAY = /(\d{4}|\d{2})\s?([年년])\s?(\d{1,2})\s?[月월]\s?(?:(\d{1,2})\s?[日일号號]?)?/u;
const VIETNAMESE_MONTHS = "mot hai ba tu nam sau bay tam chin muoi muoi_mot muoi_hai".split(" ");
const VIETNAMESE_DAY = /(\d{1,2})[\s,]+(?:thang|thg)\s(\d{1,2})[\s,]+(?:nam\s)?(\d{4})/u;

/**
 * Reads a date without its time of day.
 * @param text in lower case
 * @param whole including its time of day, which may be the only part that shows the language
 */
export function readDay(text: string, whole: string, hints: Hints): CalendarDay | null {
  const stated = /\p{sc=Hang}/u.test(whole) ? KOREA : null;
  const east = EAST_ASIAN_DAY.test(text) || /午[前後]|[上下]午/u.test(whole);
  const numbered = text
    // The rest of a year cut off by software: `026, 26 Nov 2026`.
    .replace(/^0\d\d,?\s(?=\d{1,2}\s)/u, "")
    // Vietnamese numbers its weekdays: "thứ 3" is Tuesday.
    .replace(/(?<![\p{L}\p{M}])th[uư]\s[2-7](?!\d)/u, " ")
    .replace(EAST_ASIAN_DAY, (_, year, _mark, month, day = "1") => `${year}-${month}-${day} `)
    .replace(
      /thang (muoi (?:mot|hai)|mot|hai|ba|tu|nam|sau|bay|tam|chin|muoi)(?![\p{L}\p{M}])/u,
      (_, name: string) => `thang ${VIETNAMESE_MONTHS.indexOf(name.replace(" ", "_")) + 1}`,
    )
    .replace(VIETNAMESE_DAY, "$3-$2-$1")
    .replace(/thang\s(\d{1,2})\s(\d{1,2}),?\s(\d{4})/u, "$3-$1-$2")
    .replace(EAST_ASIAN, " ")
    .replace(/\([^()\d]*\)/gu, " ");
  const parts = partsOf(tokensOf(numbered), hints);
  if (parts === null || !/^\d+$/.test(parts.day)) return null;
  const zone = stated ?? (east ? (EAST_ASIAN_ZONES[hints.language ?? ""] ?? null) : null);
  return {
    year: fullYear(parts.year, text, hints.language),
    month: parts.month,
    day: Number(parts.day),
    zone,
    statedZone: stated,
  };
}

function tokensOf(text: string): Token[] {
  let before = "";
  const tokens: Token[] = [];
  for (const [piece] of text.matchAll(/\d+|[\p{L}\p{M}]+(?:['’.][\p{L}\p{M}]+)*|[^\d\p{L}\p{M}]+/gu)) {
    const isNumber = /^\d/.test(piece);
    if (!isNumber && !/^[\p{L}\p{M}]/u.test(piece)) {
      before += piece;
      continue;
    }
    tokens.push({ text: piece, isNumber, before });
    before = "";
  }
  return tokens;
}

/** Two digits mean 1970 to 2069; years of the Thai Buddhist era are 543 ahead. */
function fullYear(year: string, text: string, language: string | null = null): number {
  const number = Number(year);
  const isThai = language === "th" || /\p{sc=Thai}/u.test(text);
  if (year.length === 2) return isThai && number > 40 ? number + 2500 - 543 : number + (number < 70 ? 2000 : 1900);
  return isThai && number > 2400 ? number - 543 : number;
}

function partsOf(tokens: readonly Token[], hints: Hints): Parts | null {
  const named = monthIn(tokens, hints.language ?? null);
  const first = tokens.findIndex(({ isNumber }) => isNumber);
  const isOdd = (token: Token, index: number) =>
    index > first && !token.isNumber && !named?.at.includes(index) && !saysNothing(token.text);
  if (first < 0 || tokens.some(isOdd)) return null;
  const numbers = tokens.filter(({ isNumber }) => isNumber);
  if (numbers.some(({ text }) => text.length > 4)) return null;
  return named === undefined ? fromNumbers(numbers, hints) : withMonth(tokens, numbers, named);
}

function saysNothing(word: string): boolean {
  const plain = plainWord(word);
  return FILLERS.has(plain) || isZoneName(plain) || isWeekday(plain);
}

type NamedMonth = { readonly month: number; readonly at: readonly number[] };

/** The month's name: one word, or two as in Arabic's `تشرين الثاني`. */
function monthIn(tokens: readonly Token[], language: string | null): NamedMonth | undefined {
  const found = tokens.flatMap((token, index): NamedMonth[] => {
    const next = tokens[index + 1];
    if (token.isNumber || FILLERS.has(plainWord(token.text))) return [];
    const both = next === undefined || next.isNumber ? undefined : monthNumber(`${token.text} ${next.text}`, language);
    if (both !== undefined) return [{ month: both, at: [index, index + 1] }];
    const one = monthNumber(token.text, language);
    return one === undefined ? [] : [{ month: one, at: [index] }];
  });
  // A weekday in one language can be a month in another; it is ignored if three numbers make a date, or another word is
  // a month.
  const dispensable = found.length > 1 || tokens.filter(({ isNumber }) => isNumber).length > 2;
  const one = found.find(({ at }) => !dispensable || at.length > 1 || !isWeekday(tokens[at[0] ?? 0]?.text ?? ""));
  // Levantine and international names side by side: `شباط/فبراير`.
  const again = found.filter(({ month }) => month === one?.month).flatMap(({ at }) => at);
  return one && { month: one.month, at: [...one.at, ...again] };
}

function withMonth(tokens: readonly Token[], all: readonly Token[], { month, at }: NamedMonth): Parts | null {
  const [one, two] = all;
  if (one === undefined || all.length > 2) return null;
  if (two === undefined) return one.text.length === 4 ? { year: one.text, month, day: "1" } : null;
  const isYear = ({ text }: Token) => text.length === 4 || (text.length === 2 && Number(text) > 31);
  if (isYear(one) && !isYear(two)) return { year: one.text, month, day: two.text };
  const monthAtEnd = (at[0] ?? 0) > tokens.indexOf(two);
  if (two.text.length === 3 || one.text.length > 2 || (monthAtEnd && !isYear(two))) return null;
  return two.text.length === 1 ? null : { year: two.text, month, day: one.text };
}

function fromNumbers(numbers: readonly Token[], { order = null }: Hints): Parts | null {
  const [one, two, three] = numbers;
  if (one === undefined || two === undefined || numbers.length > 3) return null;
  if (three === undefined) {
    if (one.text.length === 4 && two.text.length <= 2) return { year: one.text, month: Number(two.text), day: "1" };
    return two.text.length === 4 && one.text.length <= 2 ? { year: two.text, month: Number(one.text), day: "1" } : null;
  }
  const yearFirst = { year: one.text, month: Number(two.text), day: three.text };
  if (one.text.length === 4) return two.text.length <= 2 && three.text.length <= 2 ? yearFirst : null;
  if (one.text.length > 2 || two.text.length > 2 || (three.text.length !== 4 && three.text.length !== 2)) return null;
  // ISO 8601:1988 allows years of two digits, between hyphens.
  if (three.text.length === 2 && (Number(one.text) > 31 || (two.before === "-" && order !== "day-month"))) {
    return one.text.length === 2 ? yearFirst : null;
  }
  return dayAndMonth(one, two, three.text, order);
}

/** With dots, the day comes before the month; with slashes or hyphens, a number above 12 or the feed decides. */
function dayAndMonth(one: Token, two: Token, year: string, order: DayMonthOrder | null): Parts | null {
  const [first, second] = [Number(one.text), Number(two.text)];
  const dayFirst = { year, month: second, day: one.text };
  const monthFirst = { year, month: first, day: two.text };
  if (first > 12 || first === second) return dayFirst;
  if (second > 12) return monthFirst;
  if (two.before.trim() === "." || order === "day-month") return dayFirst;
  return order === "month-day" ? monthFirst : null;
}
