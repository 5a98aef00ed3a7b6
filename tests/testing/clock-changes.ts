/** A date on which a zone's clocks change at the time when an edition is due. */
export type ClockChange = {
  zone: string;
  kind: "gap" | "overlap";
  sendAt: string;
  date: string;
  /** The right instant: moved by the length of a gap, or the first of an overlap. */
  dueAt: string;
  local: string;
  /** An instant that a wrong computation gives: the second of an overlap, or the time before the gap. */
  wrong: string;
};

const HOUR = 3_600_000;

const change = (
  zone: string,
  kind: ClockChange["kind"],
  [sendAt, date, dueAt, local]: [sendAt: string, date: string, dueAt: string, local: string],
  shift = HOUR,
): ClockChange => ({
  ...{ zone, kind, sendAt, date, local },
  dueAt: `${dueAt}:00.000Z`,
  wrong: new Date(Date.parse(`${dueAt}Z`) + (kind === "gap" ? -shift : shift)).toISOString(),
});

/** Each kind in each zone; Lord Howe's clocks change by half an hour, Troll's by two hours. */
export const clockChanges: readonly ClockChange[] = [
  change("Europe/London", "gap", ["01:30", "2027-03-28", "2027-03-28T01:30", "2027-03-28T02:30:00+01:00"]),
  change("America/New_York", "gap", ["02:30", "2027-03-14", "2027-03-14T07:30", "2027-03-14T03:30:00-04:00"]),
  change("Africa/Cairo", "gap", ["00:30", "2027-04-30", "2027-04-29T22:30", "2027-04-30T01:30:00+03:00"]),
  change("America/Santiago", "gap", ["00:15", "2027-09-05", "2027-09-05T04:15", "2027-09-05T01:15:00-03:00"]),
  change(
    "Australia/Lord_Howe",
    "gap",
    ["02:15", "2027-10-03", "2027-10-02T15:45", "2027-10-03T02:45:00+11:00"],
    HOUR / 2,
  ),
  change("Africa/Casablanca", "gap", ["02:30", "2026-03-22", "2026-03-22T02:30", "2026-03-22T03:30:00+01:00"]),
  change("Antarctica/Troll", "gap", ["01:30", "2027-03-28", "2027-03-28T01:30", "2027-03-28T03:30:00+02:00"], 2 * HOUR),
  change("Europe/London", "overlap", ["01:30", "2027-10-31", "2027-10-31T00:30", "2027-10-31T01:30:00+01:00"]),
  change("America/New_York", "overlap", ["01:30", "2027-11-07", "2027-11-07T05:30", "2027-11-07T01:30:00-04:00"]),
  change("Africa/Cairo", "overlap", ["23:30", "2027-10-28", "2027-10-28T20:30", "2027-10-28T23:30:00+03:00"]),
  change("America/Santiago", "overlap", ["23:30", "2027-04-03", "2027-04-04T02:30", "2027-04-03T23:30:00-03:00"]),
  change(
    "Australia/Lord_Howe",
    "overlap",
    ["01:45", "2027-04-04", "2027-04-03T14:45", "2027-04-04T01:45:00+11:00"],
    HOUR / 2,
  ),
  change("Africa/Casablanca", "overlap", ["02:30", "2026-02-15", "2026-02-15T01:30", "2026-02-15T02:30:00+01:00"]),
  change(
    "Antarctica/Troll",
    "overlap",
    ["01:30", "2027-10-31", "2027-10-30T23:30", "2027-10-31T01:30:00+02:00"],
    2 * HOUR,
  ),
];

/** A date that doesn't exist in its zone, because Samoa moved across the date line. */
export const missingDate = { zone: "Pacific/Apia", date: "2011-12-30" } as const;
