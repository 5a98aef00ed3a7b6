import type { LocalDate } from "../time/instant.ts";
import type { Subscriber } from "./subscriber.ts";

/** Whether the reader asked for no mail until after the edition of this date. */
export const isPaused = ({ pausedUntil }: Pick<Subscriber, "pausedUntil">, date: LocalDate): boolean =>
  pausedUntil !== undefined && date < pausedUntil;
