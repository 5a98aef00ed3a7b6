import { DAY } from "../time/durations.ts";
import { type Instant, type LocalDate, localDate, toInstant } from "../time/instant.ts";
import { laterThan, type Subscriber } from "./subscriber.ts";

/** A reader's choices. Undefined: the newsletter's default. */
export type Preferences = Pick<Subscriber, "zone" | "pausedUntil" | "language">;

const names = ["zone", "pausedUntil", "language"] as const;

/** Whether the reader has paused mail for the edition of this date. */
export const isPaused = ({ pausedUntil }: Pick<Subscriber, "pausedUntil">, date: LocalDate): boolean =>
  pausedUntil !== undefined && date < pausedUntil;

/** Longest pause, in days. */
const LONGEST_PAUSE = 366;

/** The days until which mail can be paused: from tomorrow in the reader's time zone, for a year. */
export function pauseRange(now: Instant, timeZone: string): { first: LocalDate; last: LocalDate } {
  const today = Date.parse(`${localDate(now, timeZone)}T00:00:00Z`);
  const inDays = (days: number) => toInstant(today + days * DAY).slice(0, 10);
  return { first: inDays(1), last: inDays(LONGEST_PAUSE) };
}

/** The subscriber with new preferences, and the changes as evidence for the history. Undefined: nothing changed. */
export function changePreferences(
  before: Subscriber,
  wanted: Preferences,
  at: Instant,
): { after: Subscriber; evidence: string } | undefined {
  const changed = names.filter((name) => before[name] !== wanted[name]);
  if (changed.length === 0) return undefined;
  const { zone: _, pausedUntil: __, language: ___, ...rest } = before;
  const chosen = Object.fromEntries(
    names.flatMap((name) => (wanted[name] === undefined ? [] : [[name, wanted[name]]])),
  );
  const evidence = changed.map((name) => `${name}: ${wanted[name] ?? "the newsletter's"}`).join(", ");
  return { after: { ...rest, ...chosen, changedAt: laterThan(before, at) }, evidence };
}

/** A subscription's preferences, to keep them under another address or in another newsletter. */
export const preferencesOf = ({ zone, pausedUntil, language }: Subscriber): Preferences => ({
  zone,
  pausedUntil,
  language,
});
