import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dayMonthOrder, parseDate, readDates } from "#domain/article/dates/dates.ts";

const read = (raw: string) => {
  const date = parseDate(raw);
  return date === null ? null : new Date(date.at).toISOString();
};

describe("forms of dates", () => {
  test.each([
    ["Mon, 23 Nov 2026 07:05:09 GMT", "2026-11-23T07:05:09.000Z"],
    ["23 Νοέμβριος 2026 07:05", "2026-11-23T07:05:00.000Z"],
    ["23 mars 2026 à 7 heures", "2026-03-23T07:00:00.000Z"],
    ["2026-11-23 07:05:09 -0300 -03", "2026-11-23T10:05:09.000Z"],
    ["026, 23 Mar 2026 07:05:09 +0100", "2026-03-23T06:05:09.000Z"],
    ["23 Nov 2026 07:05:09 +0100", "2026-11-23T06:05:09.000Z"],
    ["Mon, 23 Nov 26 07:05 EST", "2026-11-23T12:05:00.000Z"],
    ["Monday, 23-Nov-26 07:05:09 GMT", "2026-11-23T07:05:09.000Z"],
    ["Mon, 23 November 2026 07:05:09 Z", "2026-11-23T07:05:09.000Z"],
    ["Sun, 23 Nov 2026 07:05:09 GMT", "2026-11-23T07:05:09.000Z"],
    ["2026-11-23T07:05:09Z", "2026-11-23T07:05:09.000Z"],
    ["2026-11-23T07:05:09.123456789+05:30", "2026-11-23T01:35:09.123Z"],
    ["2026-11-23 07:05:09 -0800", "2026-11-23T15:05:09.000Z"],
    ["2026-11-23T07:05-08", "2026-11-23T15:05:00.000Z"],
    ["23/11/26 07.05", "2026-11-23T07:05:00.000Z"],
    ["23.11.26, 07.05", "2026-11-23T07:05:00.000Z"],
    ["20261123T070509Z", "2026-11-23T07:05:09.000Z"],
    ["2026/11/23 07:05:09 UTC", "2026-11-23T07:05:09.000Z"],
    ["Montag, den 23. Nov. 2026 um 07:05 Uhr MEZ", "2026-11-23T06:05:00.000Z"],
    ["23 Nop 2026 07:05 WIB", "2026-11-23T00:05:00.000Z"],
    ["Nov 23, 2026 7:05 PM EST", "2026-11-24T00:05:00.000Z"],
    ["November 23rd, 2026 at 7:05 p.m. GMT", "2026-11-23T19:05:00.000Z"],
    ["Mon Nov 23 07:05:09 2026", "2026-11-23T07:05:09.000Z"],
    ["Mon Nov 23 07:05:09 CET 2026", "2026-11-23T06:05:09.000Z"],
    ["Mon Nov 23 2026 07:05:09 GMT+0100 (Central European Standard Time)", "2026-11-23T06:05:09.000Z"],
    ["23.11.2026 07:05", "2026-11-23T07:05:00.000Z"],
    ["23/11/2026 07:05", "2026-11-23T07:05:00.000Z"],
    ["11/23/2026 07:05", "2026-11-23T07:05:00.000Z"],
    ["23 de novembro de 2026 07:05", "2026-11-23T07:05:00.000Z"],
    ["Seg, 23 Nov 2026 07:05:09 -0300", "2026-11-23T10:05:09.000Z"],
    ["lun., 23 févr. 2026 07:05:09 +0100", "2026-02-23T06:05:09.000Z"],
    ["Mo, 23 Mär 2026 07:05:09 +0100", "2026-03-23T06:05:09.000Z"],
    ["Пн, 23 ноября 2026 07:05:09 +0300", "2026-11-23T04:05:09.000Z"],
    ["2026年11月23日 07:05", "2026-11-23T07:05:00.000Z"],
    ["2026-11-23", "2026-11-23T00:00:00.000Z"],
    ["Mon, 23 Nov 2026 24:00:00 GMT", "2026-11-24T00:00:00.000Z"],
    ["Mon, 23 Nov 2026 23:59:60 GMT", "2026-11-23T23:59:59.000Z"],
    ["\n  Mon, 23 Nov 2026\t07:05:09 GMT ", "2026-11-23T07:05:09.000Z"],
    ["۲/۹/۱۴۰۵ ۰۷:۰۵", "2026-11-23T07:05:00.000Z"],
    ["23 Nov 26 1907 EST", "2026-11-24T00:07:00.000Z"],
    ["2026-11-23T1907Z", "2026-11-23T19:07:00.000Z"],
    ["2026-11-23T19:07:09ZZ", "2026-11-23T19:07:09.000Z"],
    ["Mon, 23 Nov 2026 19:07:09 +0000&nbsp;", "2026-11-23T19:07:09.000Z"],
    ["23-AUG-26 07.05.09.120000 PM +02:00", "2026-08-23T17:05:09.120Z"],
    ["August 23, 2026 7:05 p.m. ET", "2026-08-23T23:05:00.000Z"],
    ["November 23, 2026 7:05 p.m. Eastern Time", "2026-11-24T00:05:00.000Z"],
    ["August 23, 2026 7:05 p.m. Pacific Time", "2026-08-24T02:05:00.000Z"],
    ["23 mars 2026 à 7 heures 05", "2026-03-23T07:05:00.000Z"],
    ["二〇二六年三月廿三日", "2026-03-23T00:00:00.000Z"],
    ["二零二六年十二月三十一日", "2026-12-31T00:00:00.000Z"],
    ["2026-11-23 19:07 val.", "2026-11-23T19:07:00.000Z"],
    ["Thứ 2, 23/11/2026 19:07", "2026-11-23T19:07:00.000Z"],
    ["২৩ নভেম্বর ২০২৬, ৭:০৫ পিএম", "2026-11-23T19:05:00.000Z"],
    ["23 نومبر 2026ء", "2026-11-23T00:00:00.000Z"],
  ])("%s", (raw, utc) => {
    expect(read(raw)).toBe(utc);
  });

  test.each([
    "",
    "now",
    "yesterday",
    "Monday",
    "2026",
    "31 Feb 2026 07:00 GMT",
    "Mon, 23 Foo 2026 07:00 GMT",
    "2026-13-01",
    "2026-11-23T25:00:00Z",
    "2026-11-23T07:61:00Z",
    "2026-11-23T07:00:00+15:00",
    "Mon, 23 Nov 2026 07:00 +00:zz",
    "0000-00-00 00:00:00",
    "0001-01-01T00:00:00Z",
    "1970-01-01T00:00:00Z",
    "04/05/2026 10:00",
    "9999-12-31T00:00:00Z",
    "x".repeat(100_000),
    "1".repeat(79),
  ])("%.30s isn't a date, and none is invented", (raw) => {
    expect(read(raw)).toBeNull();
  });

  test("any instant in the two standard forms is read back", () => {
    const instant = fc.date({ min: new Date("1990-01-02"), max: new Date("2900-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(instant, (date) => {
        expect(read(date.toISOString())).toBe(date.toISOString());
        expect(read(date.toUTCString())).toBe(new Date(Math.floor(date.getTime() / 1000) * 1000).toISOString());
      }),
    );
  });

  test("any text gives a date or none, quickly", () => {
    const piece = fc.constantFrom(
      "Mon",
      ",",
      " ",
      "23",
      "Nov",
      "2026",
      ":",
      "07",
      "GMT",
      "+",
      "-",
      "T",
      "Z",
      "/",
      ".",
      "de",
      "am",
    );
    fc.assert(fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => void parseDate(pieces.join(""))));
  });
});

describe("rarer forms", () => {
  test.each([
    ["Mon,23 Nov 2026 07:05:09 GMT", "2026-11-23T07:05:09.000Z"],
    ["Mon Nov 23 07:05:09 +0200 2026", "2026-11-23T05:05:09.000Z"],
    ["2026-11", "2026-11-01T00:00:00.000Z"],
    ["2026-11-23 07:05:09 +0000 UTC", "2026-11-23T07:05:09.000Z"],
    ["2026-11-23 07:05:09.5 +0100 CET m=+12.5", "2026-11-23T06:05:09.500Z"],
    ["1795417509", "2026-11-23T07:05:09.000Z"],
    ["1795417509123", "2026-11-23T07:05:09.123Z"],
    ["23/11/2026 7:05 p. m.", "2026-11-23T19:05:00.000Z"],
    ["026, 23 Nov 2026 07:05:09 GMT", "2026-11-23T07:05:09.000Z"],
    ["2026-07-23T07:05:09+01:00[Europe/London]", "2026-07-23T06:05:09.000Z"],
    ["2026-07-23 07:05 Europe/London", "2026-07-23T06:05:00.000Z"],
    ["2026-11-23 07:05 Europe/London", "2026-11-23T07:05:00.000Z"],
    ["23 Nov 2026 07:05 Central European Summer Time", "2026-11-23T05:05:00.000Z"],
    ["lundi 23 novembre 2026 à 07:05", "2026-11-23T07:05:00.000Z"],
    ["23 novembre 2026 à 7h05", "2026-11-23T07:05:00.000Z"],
    ["Montag, 23. November 2026, 7 Uhr", "2026-11-23T07:00:00.000Z"],
    ["mandag 23. november 2026 kl. 07.05", "2026-11-23T07:05:00.000Z"],
    ["23. 11. 2026", "2026-11-23T00:00:00.000Z"],
    ["2026. 11. 23.", "2026-11-23T00:00:00.000Z"],
    ["2026. november 23., hétfő 07:05", "2026-11-23T07:05:00.000Z"],
    ["23/11/2026, 07:05 (GMT+7)", "2026-11-23T00:05:00.000Z"],
    ["Thứ hai, 23 tháng 11, 2026", "2026-11-23T00:00:00.000Z"],
    ["23 ноября 2026 г., 07:05", "2026-11-23T07:05:00.000Z"],
    ["23 تشرين الثاني 2026", "2026-11-23T00:00:00.000Z"],
    ["٢٣ نوفمبر ٢٠٢٦ ٧:٠٥ م", "2026-11-23T19:05:00.000Z"],
    ["Δευ, 23 Νοε 2026 07:05:09 +0200", "2026-11-23T05:05:09.000Z"],
    ["23 Kasım 2026 Pazartesi 07:05", "2026-11-23T07:05:00.000Z"],
    ["23 พฤศจิกายน 2569 07:05 น.", "2026-11-23T07:05:00.000Z"],
    ["2026년 11월 23일 07:05:09", "2026-11-22T22:05:09.000Z"],
    ["2026. 11. 23. 오후 7:05", "2026-11-23T10:05:00.000Z"],
    ["2026年11月23日(月) 7時5分", "2026-11-23T07:05:00.000Z"],
    ["2026年11月23日 星期一 下午7:05", "2026-11-23T19:05:00.000Z"],
    ["23/Nov/2026:07:05:09 +0000", "2026-11-23T07:05:09.000Z"],
    ["07:05 23/11/2026", "2026-11-23T07:05:00.000Z"],
    ["23NOV2026", "2026-11-23T00:00:00.000Z"],
    ["2026-11-23-05:00", "2026-11-23T05:00:00.000Z"],
    ["2026-11-23T07:05:09+01:00[Europe/Berlin][u-ca=gregory]", "2026-11-23T06:05:09.000Z"],
    ["2026-07-23 07:05 EST5EDT", "2026-07-23T11:05:00.000Z"],
    ["23 ноября 2026, 07:05 (МСК)", "2026-11-23T04:05:00.000Z"],
    ["23 ноября 2026 07:05 по мск", "2026-11-23T04:05:00.000Z"],
    ["2026-W48-1", "2026-11-23T00:00:00.000Z"],
    ["2026W481T070509Z", "2026-11-23T07:05:09.000Z"],
    ["2027-W01-1", "2027-01-04T00:00:00.000Z"],
    ["2026-327T07:05:09Z", "2026-11-23T07:05:09.000Z"],
    ["@1795417509", "2026-11-23T07:05:09.000Z"],
    ["1795417509123.0", "2026-11-23T07:05:09.123Z"],
    ["1795417509123456789", "2026-11-23T07:05:09.123Z"],
    ["1.795417509E9", "2026-11-23T07:05:09.000Z"],
    ["/Date(1795417509123+0100)/", "2026-11-23T07:05:09.123Z"],
    ["23-NOV-26 07.05.09.000000 PM", "2026-11-23T19:05:09.000Z"],
    ["November 23, 2026, 12 noon", "2026-11-23T12:00:00.000Z"],
    ["23. november 2026 klokken 07:05", "2026-11-23T07:05:00.000Z"],
    ["23 noiembrie 2026, ora 07:05", "2026-11-23T07:05:00.000Z"],
    ["23. 11. 2026 7.05 hod.", "2026-11-23T07:05:00.000Z"],
    ["23 Ağustos 2026 saat 07:05", "2026-08-23T07:05:00.000Z"],
    ["23 نوامبر 2026 ساعت 7:05", "2026-11-23T07:05:00.000Z"],
    ["23 נובמבר 2026 בשעה 07:05", "2026-11-23T07:05:00.000Z"],
    ["٢٣ تشرين الثاني/نوفمبر ٢٠٢٦، الساعة ٧:٠٥ مساءً", "2026-11-23T19:05:00.000Z"],
    ["23 नवम्बर 2026 शाम 7:05", "2026-11-23T19:05:00.000Z"],
    ["२३ नवंबर २०२६ सुबह ७:०५", "2026-11-23T07:05:00.000Z"],
    ["২৩ নভেম্বর ২০২৬ রাত্রি ১১:০৫", "2026-11-23T23:05:00.000Z"],
    ["23 de noviembre de 2026, 7:05 de la tarde", "2026-11-23T19:05:00.000Z"],
    ["23 November 2026 at 7:05 in the evening", "2026-11-23T19:05:00.000Z"],
    ["23 Ogos 2026 3:05 petang", "2026-08-23T15:05:00.000Z"],
    ["2026年11月23日 晚上7:05", "2026-11-23T19:05:00.000Z"],
    ["23. studenog 2026.", "2026-11-23T00:00:00.000Z"],
    ["Tháng Mười Một 23, 2026", "2026-11-23T00:00:00.000Z"],
    ["23 พ.ย. 69 07:05", "2026-11-23T07:05:00.000Z"],
    ["令和8年11月23日 午後7時5分", "2026-11-23T19:05:00.000Z"],
    ["民國115年11月23日", "2026-11-23T00:00:00.000Z"],
    ["۲ آذر ۱۴۰۵ - ۰۷:۰۵", "2026-11-23T07:05:00.000Z"],
    ["1405/09/02 07:05", "2026-11-23T07:05:00.000Z"],
    ["30 اسفند 1403", "2025-03-20T00:00:00.000Z"],
  ])("%s", (raw, utc) => {
    expect(read(raw)).toBe(utc);
  });

  test.each([
    "23 Nov 2026 07:05:09:10 GMT",
    "Chapter 3 of 23 Nov 2026",
    "23 Nov 07:05",
    "2026-11-23-05",
    "2026-367",
    "2026-W54-1",
    "31/04/2026",
    "30 اسفند 1404",
    "1448/06/13",
    "version 1.2.3",
    "99999999999",
  ])("%s isn't a date", (raw) => {
    expect(read(raw)).toBeNull();
  });

  test.each(
    "ar bg bn ca cs da de el en es et fa fi fil fr he hi hr hu id it ka lt lv ml mr ms nb nl pl pt ro ru sk sl sr sv sw ta te th tr uk ur vi".split(
      " ",
    ),
  )("every day of a year as %s writes it", (language) => {
    for (const month of ["long", "short"] as const) {
      const options = { day: "numeric", month, year: "numeric", timeZone: "UTC" } as const;
      const format = new Intl.DateTimeFormat(`${language}-u-ca-gregory`, options);
      for (let at = Date.UTC(2026, 0, 3); at < Date.UTC(2027, 0, 1); at += 9 * 86_400_000) {
        const written = format.format(at);
        expect([written, parseDate(written, { language, order: "day-month" })?.at]).toEqual([written, at]);
      }
    }
  });

  test.each([
    ["lundi 23 novembre 2026, 7h05 (heure de Paris)", "06:05"],
    ["23 juillet 2026 7h05, heure de Paris", "05:05", "2026-07-23"],
    ["23 nov. 2026 7:05 a. m. (hora de Bogotá)", "12:05"],
    ["23.11.2026 às 07h05 (horário de Brasília)", "10:05"],
    ["23 novembre 2026 7h05 heure locale", "07:05"],
    ["23 نوفمبر 2026 07:05 بتوقيت غرينتش", "07:05"],
    ["23 نوفمبر 2026 07:05 بتوقيت مكة المكرمة", "04:05"],
    ["23 בנובמבר 2026 07:05 שעון ישראל", "05:05"],
    ["23 ноября 2026, 07:05 по московскому времени", "04:05"],
    ["23 ноября 2026, 07:05 по Москве", "04:05"],
    ["23 novembre 2026 alle 07:05 (ora italiana)", "06:05"],
    ["2026年11月23日07:05 北京时间", "23:05", "2026-11-22"],
    ["23 Nov 2026 7:05 am London time", "07:05"],
    ["2026-11-23 07:05:00 GMT Standard Time", "07:05"],
    ["2026-07-23 07:05:00 W. Europe Daylight Time", "05:05", "2026-07-23"],
    ["7:05 am, 23 Nov 2026 AEDT", "20:05", "2026-11-22"],
    ["Mon Nov 23 07:05:09 2026 -0500", "12:05"],
    ["7.05 Uhr am 23. November 2026, MEZ", "06:05"],
    ["23. Nov. 2026, 7 Uhr 05", "07:05"],
    ["Nov 23 2026 07:05:00:000PM", "19:05"],
    ["noon, 23 November 2026", "12:00"],
    ["23. November 2026, Mitternacht", "00:00"],
    ["23 नवंबर 2026, अपराह्न 7:05 बजे", "19:05"],
    ["२३ नोव्हेंबर २०२६, सकाळी ७:०५", "07:05"],
    ["23 நவம்பர் 2026, முற்பகல் 7:05", "07:05"],
    ["23 نومبر 2026 7:05 صبح", "07:05"],
    ["Nobyembre 23, 2026 7:05 n.u.", "07:05"],
    ["نشر في 23 نونبر 2026 على الساعة 07:05", "07:05"],
  ])("times of places and of parts of the day: %s", (raw, time, date = "2026-11-23") => {
    expect(read(raw)?.slice(0, 16)).toBe(`${date}T${time}`);
  });

  test("a name that is October in one language and November in another needs the feed's language", () => {
    const at = (language: string | null) => parseDate("23 listopada 2026", { language })?.at;
    expect(at("pl")).toBe(Date.UTC(2026, 10, 23));
    expect(at("hr")).toBe(Date.UTC(2026, 9, 23));
    expect(at(null)).toBeUndefined();
  });

  test.each([
    ["2026ko uztailaren 3a", "eu", "2026-07-03T00:00:00.000Z"],
    ["23/11/2569", "th", "2026-11-23T00:00:00.000Z"],
    ["3. huhtikuuna 2026", "fi", "2026-04-03T00:00:00.000Z"],
    ["2026. augusztusban 3", "hu", "2026-08-03T00:00:00.000Z"],
  ])("a month or a year as the feed's language has it: %s", (raw, language, utc) => {
    expect(new Date(parseDate(raw, { language })?.at ?? 0).toISOString()).toBe(utc);
  });

  test("a half of the day in Japanese is in Japan's time in a Japanese feed", () => {
    expect(parseDate("2026/11/23 午後7:05", { language: "ja" })?.at).toBe(Date.UTC(2026, 10, 23, 10, 5));
  });

  test("an English month stays English in a feed of another language", () => {
    expect(parseDate("Tue, 03 Mar 2026 07:00:00 GMT", { language: "fi" })?.at).toBe(Date.UTC(2026, 2, 3, 7));
  });
});

describe("day or month first", () => {
  const now = Date.parse("2026-11-23T07:00:00Z");

  test.each([
    ["a number beyond 12 tells", ["04/05/2026", "23/05/2026"], "en-US", "day-month"],
    ["so it does in second place", ["04/05/2026", "05/23/2026"], "de", "month-day"],
    ["no date lies in the future", ["11/12/2026"], undefined, "month-day"],
    ["Americans write the month first", ["04/05/2026"], "en-us", "month-day"],
    ["the British do not", ["04/05/2026"], "en_GB", "day-month"],
    ["nor do the French", ["04/05/2026"], "fr", "day-month"],
    ["English may be either", ["04/05/2026"], "en", null],
    ["neighbouring days, not months", ["04/08/2026 07:00", "05/08/2026 07:00", "06/08/2026"], "en", "day-month"],
    ["neighbouring days in the other order", ["08/04/2026", "08/06/2026 07:00"], undefined, "month-day"],
    ["no neighbours in either order", ["04/05/2026", "05/04/2026"], "en", null],
    ["other forms tell nothing", ["2026-05-04", "soon"], "fr", null],
  ])("%s", (_, dates, language, order) => {
    expect(dayMonthOrder(dates, language, now)).toBe(order);
  });

  test("decides how a date of the feed is read", () => {
    expect(readDates(["04/05/2026"], now, { order: "day-month" }).published).toBe("2026-05-04T00:00:00.000Z");
    expect(readDates(["04/05/2026"], now, { order: "month-day" }).published).toBe("2026-04-05T00:00:00.000Z");
    expect(readDates(["04/05/2026"], now)).toEqual({ published: null, doubts: ["date-unparseable"] });
  });
});

describe("a doubtful date", () => {
  const now = Date.parse("2026-11-23T07:00:00Z");

  test.each([
    [[], ["date-missing"], null],
    [["", undefined, null], ["date-missing"], null],
    [["soonish, perhaps"], ["date-unparseable"], null],
    [["2026-11-23T06:00:00Z"], [], "2026-11-23T06:00:00.000Z"],
    [["nonsense!", "2026-11-23T06:00:00Z"], [], "2026-11-23T06:00:00.000Z"],
    [["2026-11-23 06:00:00"], ["date-without-zone"], "2026-11-23T06:00:00.000Z"],
    [["2026-11-23"], ["date-without-zone"], "2026-11-23T00:00:00.000Z"],
    [["2026-11-23T07:10:00Z"], [], "2026-11-23T07:10:00.000Z"],
    [["2026-11-23T08:00:00Z"], ["date-in-future"], "2026-11-23T08:00:00.000Z"],
    [["2027-01-01 00:00"], ["date-in-future", "date-without-zone"], "2027-01-01T00:00:00.000Z"],
  ])("%j", (raw, doubts, published) => {
    expect(readDates(raw, now)).toEqual({ published, doubts });
  });
});
