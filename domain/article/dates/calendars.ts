/** Years and dates of other calendars, where they can't be anything else. */

/** Years before the first year of an era: Japan's Reiwa and Heisei, and the Republic of China. */
const ERAS: Readonly<Record<string, number>> = { 令和: 2018, 平成: 1988, 民國: 1911, 民国: 1911 };
const ERA = /(令和|平成|民[國国])\s?(元|\d{1,3})\s?年/u;

/** `令和8年` → `2026年`. */
export const withoutEra = (text: string): string =>
  text.replace(ERA, (_, era: string, year: string) => `${(ERAS[era] ?? 0) + (year === "元" ? 1 : Number(year))}年`);

const HAN_DIGITS = "〇一二三四五六七八九";
const HAN_NUMBER = /[〇零一二三四五六七八九十廿卅]{1,4}(?=\s?[年月日號号時时點点分秒])/gu;

/** `二〇二六年十一月二十八日` → `2026年11月28日`. */
export const withoutHanNumbers = (text: string): string =>
  text.replace(HAN_NUMBER, (number) => String(hanNumber(number)));

function hanNumber(text: string): string | number {
  const plain = text.replaceAll("零", "〇").replace("廿", "二十").replace("卅", "三十");
  if (!plain.includes("十")) return [...plain].map((digit) => HAN_DIGITS.indexOf(digit)).join("");
  const [tens = "", ones = ""] = plain.split("十");
  return 10 * (tens === "" ? 1 : HAN_DIGITS.indexOf(tens)) + (ones === "" ? 0 : HAN_DIGITS.indexOf(ones));
}

const PERSIAN_MONTHS = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split(" ");
const PERSIAN_NAMED = new RegExp(
  `(\\d{1,2})\\s(${PERSIAN_MONTHS.join("|")})\\s?(?:ماه)?[\\s,]+(1[34]\\d{2})(?!\\d)`,
  "u",
);
/** Years from 2001 to 2030; the Islamic calendar's years of our time are higher. */
const PERSIAN_REVERSED = /(?<![\d/.-])(\d{1,2})[/-](\d{1,2})[/-](1(?:3[89]|40)\d)(?!\d)/u;
const PERSIAN_NUMBERED = /(?<!\d)(1(?:3[89]|40)\d)[/-](\d{1,2})[/-](\d{1,2})(?!\d)/u;

/** `۷ آذر ۱۴۰۵` and `1405/09/07` → `2026-11-28`. @param text with ASCII digits */
export function withoutPersian(text: string): string {
  return text
    .replace(PERSIAN_NAMED, (whole, day: string, month: string, year: string) =>
      gregorian(Number(year), PERSIAN_MONTHS.indexOf(month) + 1, Number(day), whole),
    )
    .replace(PERSIAN_REVERSED, "$3/$2/$1")
    .replace(PERSIAN_NUMBERED, (whole, year: string, month: string, day: string) =>
      gregorian(Number(year), Number(month), Number(day), whole),
    );
}

let persian: Intl.DateTimeFormat | undefined;

/** The Persian year begins on one of three days in March, so ICU says which. */
function gregorian(year: number, month: number, day: number, otherwise: string): string {
  persian ??= new Intl.DateTimeFormat("en-u-ca-persian-nu-latn", {
    year: "numeric",
    month: "numeric",
    day: "numeric",
    timeZone: "UTC",
  });
  const ofYear = (month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30) + day - 1;
  for (let first = 19; first <= 22; first += 1) {
    const date = new Date(Date.UTC(year + 621, 2, first + ofYear));
    const parts = persian.formatToParts(date);
    const value = (type: string) => Number(parts.find((part) => part.type === type)?.value.replace(/\D/g, ""));
    if (value("year") === year && value("month") === month && value("day") === day)
      return ` ${date.toISOString().slice(0, 10)} `;
  }
  return otherwise;
}
