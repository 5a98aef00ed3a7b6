import { expect, test } from "vitest";
import { languages } from "#domain/language.ts";
import { weekdays } from "#domain/time/calendar.ts";
import { cadenceText } from "#templates/cadence.ts";

const london = { sendAt: "07:00", timeZone: "Europe/London" };

test.each([
  ["en-GB", weekdays, "Every day, 07:00 (Europe/London)"],
  ["en-US", weekdays, "Every day, 7:00 AM (Europe/London)"],
  ["en-GB", ["fri", "mon", "tue", "wed", "thu"], "Monday – Friday, 07:00 (Europe/London)"],
  ["en-GB", ["mon", "wed", "fri"], "Monday, Wednesday and Friday, 07:00 (Europe/London)"],
  ["en-GB", ["sat", "sun"], "Saturday and Sunday, 07:00 (Europe/London)"],
  ["en-GB", ["sat"], "Saturday, 07:00 (Europe/London)"],
  ["de", weekdays, "Täglich, 07:00 (Europe/London)"],
  ["ar", weekdays, "كل يوم، 7:00 ص (Europe/London)"],
  ["fr", ["mon", "tue"], "lundi et mardi, 07:00 (Europe/London)"],
] as const)("in %s on %s", (language, days, expected) => {
  expect(cadenceText(language, { ...london, days }).replaceAll(/[\u2009\u202f\u00a0]/g, " ")).toBe(expected);
});

test("in local time it names no zone: it is the reader's own", () => {
  expect(cadenceText("en-GB", { days: weekdays, sendAt: "07:00" })).toBe("Every day, 07:00");
});

test.each(languages)("in %s every set of days has a text of its own", (language) => {
  const sets = [weekdays, ["mon"], ["tue"], ["mon", "tue"], ["mon", "tue", "wed"], ["mon", "wed", "fri"]] as const;
  const texts = sets.map((days) => cadenceText(language, { ...london, days }));
  expect(new Set(texts).size).toBe(sets.length);
});
