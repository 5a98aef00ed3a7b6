import { isPaused } from "../../audience/preferences.ts";
import type { Subscriber } from "../../audience/subscriber.ts";
import type { LocalDate } from "../../time/instant.ts";

/** Most steps for which a chain of changed addresses is followed. */
export const MOVES_FOLLOWED = 3;

/** What to do about a frozen reader, by the subscriber's current status. */
export type ReaderStatus =
  | { readonly is: "mail"; readonly subscriber: Subscriber }
  | { readonly is: "skip" }
  /** The address changed: continue at `to`, which must name `from` as its origin. */
  | { readonly is: "follow"; readonly from: string; readonly to: string };

/** The action for a frozen reader's item, for the edition of a date; undefined: erased. */
export function readerStatusOf(subscriber: Subscriber | undefined, date: LocalDate): ReaderStatus {
  if (subscriber === undefined || isPaused(subscriber, date)) return { is: "skip" };
  if (subscriber.status === "active") return { is: "mail", subscriber };
  if (subscriber.status === "moved" && subscriber.movedTo !== null) {
    return { is: "follow", from: subscriber.id, to: subscriber.movedTo };
  }
  return { is: "skip" };
}

/**
 * The next item of a chain. If it doesn't name the last one as its origin, it existed before: it was frozen itself or
 * joined since, and isn't a successor.
 */
export function successorOf(from: string, next: Subscriber | undefined, date: LocalDate): ReaderStatus {
  return next?.origin === from ? readerStatusOf(next, date) : { is: "skip" };
}
