import * as z from "zod";

/**
 * A time as ISO 8601 UTC with milliseconds, `2026-11-23T07:00:00.000Z`. Always in this form, so they compare as
 * strings.
 */
export const Instant = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, "an instant like 2026-11-23T07:00:00.000Z");
export type Instant = string;

/** A calendar date as ISO 8601, `2026-11-23`, in the zone of its context. */
export const LocalDate = z.iso.date();
export type LocalDate = string;

export const toInstant = (epochMilliseconds: number): Instant => new Date(epochMilliseconds).toISOString();

/** Parsed digit by digit, because each edition parses thousands, and `Date.parse` takes three times as long. */
export function fromInstant(instant: Instant): number {
  const two = (at: number): number => instant.charCodeAt(at) * 10 + instant.charCodeAt(at + 1) - 528;
  if (instant.length !== 24 || instant.charCodeAt(23) !== 90) return Date.parse(instant);
  const milliseconds = two(20) * 10 + instant.charCodeAt(22) - 48;
  return Date.UTC(two(0) * 100 + two(2), two(5) - 1, two(8), two(11), two(14), two(17), milliseconds);
}

/** The calendar date at an instant in an IANA time zone. */
export function localDate(at: Instant, timeZone: string): LocalDate {
  const format = new Intl.DateTimeFormat("en", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  const parts = new Map(format.formatToParts(fromInstant(at)).map(({ type, value }) => [type, value]));
  return `${parts.get("year")?.padStart(4, "0")}-${parts.get("month")}-${parts.get("day")}`;
}

/** `2026-11-23 07:00 UTC`. */
export const utcMinute = (instant: Instant): string => `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;
