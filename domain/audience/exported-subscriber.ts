import * as z from "zod";
import { LocalDate } from "../time/instant.ts";
import { ConsentEvent } from "./consent/consent-event.ts";
import { Subscriber } from "./subscriber.ts";

/** A subscriber in an exported list, with the reader's choices and the history of consent, oldest first. */
export const ExportedSubscriber = Subscriber.pick({
  address: true,
  status: true,
  consent: true,
  addedAt: true,
  changedAt: true,
}).extend({
  zone: z.string().nullable().default(null),
  language: z.string().nullable().default(null),
  pausedUntil: LocalDate.nullable().default(null),
  history: z.array(ConsentEvent).default([]),
});
export type ExportedSubscriber = z.infer<typeof ExportedSubscriber>;
