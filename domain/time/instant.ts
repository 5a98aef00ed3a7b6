import * as z from "zod";

/**
 * An instant as ISO 8601 UTC with milliseconds, `2026-11-23T07:00:00.000Z`. One form everywhere: two of them compare
 * as strings.
 */
export const Instant = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, "an instant like 2026-11-23T07:00:00.000Z");
export type Instant = string;

/** A calendar date as ISO 8601, `2026-11-23`, in whatever zone its owner says. */
export const LocalDate = z.iso.date();
export type LocalDate = string;

export const toInstant = (epochMilliseconds: number): Instant => new Date(epochMilliseconds).toISOString();
export const fromInstant = (instant: Instant): number => Date.parse(instant);

/** The calendar date at an instant in an IANA time zone. */
export function localDate(at: Instant, timeZone: string): LocalDate {
  const format = new Intl.DateTimeFormat("en", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  const parts = new Map(format.formatToParts(fromInstant(at)).map(({ type, value }) => [type, value]));
  return `${parts.get("year")?.padStart(4, "0")}-${parts.get("month")}-${parts.get("day")}`;
}
