import type { LocalTime } from "#domain/edition/edition.ts";

/** Readers' time zones in stories in local time, with their hours ahead of UTC, computed without domain/. */
export const hoursAhead = { "Etc/GMT+1": -1, "Etc/GMT+2": -2, "Europe/Madrid": 1, "Asia/Tokyo": 9 } as const;
export const zones = Object.keys(hoursAhead) as (keyof typeof hoursAhead)[];

/** A quarter past seven; the story begins at seven in the newsletter's zone. */
export const localTime: LocalTime = { time: "07:15", timeZone: "UTC", lateHours: 1, skipLate: false };

/** Stretches what happens within a minute in other stories over all cohorts. */
export const STRETCH = 140;
