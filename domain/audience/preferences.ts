import { type Instant, type LocalDate, localDate, toInstant } from "../time/instant.ts";
import { laterThan, type Subscriber } from "./subscriber.ts";

/** What a reader chose. Undefined: as the newsletter has it. */
export type Preferences = Pick<Subscriber, "zone" | "pausedUntil" | "language">;

const names = ["zone", "pausedUntil", "language"] as const;

/** Whether the reader asked for no mail until after the edition of this date. */
export const isPaused = ({ pausedUntil }: Pick<Subscriber, "pausedUntil">, date: LocalDate): boolean =>
  pausedUntil !== undefined && date < pausedUntil;

/** Days for which mail may be paused at most. */
const LONGEST_PAUSE = 366;

/** The days until which mail may be paused: from tomorrow, where the reader is, for a year. */
export function pauseRange(now: Instant, timeZone: string): { first: LocalDate; last: LocalDate } {
  const today = Date.parse(`${localDate(now, timeZone)}T00:00:00Z`);
  const inDays = (days: number) => toInstant(today + days * 86_400_000).slice(0, 10);
  return { first: inDays(1), last: inDays(LONGEST_PAUSE) };
}

/**
 * The subscriber with other preferences, and what changed, as evidence for the history. Undefined: nothing did.
 */
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

/** What a subscription has, to be kept under another address or in another newsletter. */
export const preferencesOf = ({ zone, pausedUntil, language }: Subscriber): Preferences => ({
  zone,
  pausedUntil,
  language,
});
