import type { LocalTime } from "#domain/edition/edition.ts";

/** Readers' time zones in stories of editions in local time, and how many hours they are ahead of UTC, without domain/. */
export const hoursAhead = { "Etc/GMT+1": -1, "Etc/GMT+2": -2, "Europe/Madrid": 1, "Asia/Tokyo": 9 } as const;
export const zones = Object.keys(hoursAhead) as (keyof typeof hoursAhead)[];

/** A quarter past seven: the first story begins at seven in the newsletter's zone. */
export const localTime: LocalTime = { time: "07:15", timeZone: "UTC", lateHours: 1, skipLate: false };

/** What happens within a minute in other stories is spread over all cohorts. */
export const STRETCH = 140;
