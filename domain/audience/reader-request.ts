import * as z from "zod";
import { DAY } from "../time/durations.ts";
import { Instant } from "../time/instant.ts";

const who = { newsletter: z.string(), at: Instant, language: z.string() };
const from = {
  /** Where it was made: "web form", "API", "link in an email". */
  source: z.string(),
  /** Its network, as evidence; null: unknown. */
  network: z.string().nullable(),
};

/** A reader's request from the website that is answered by mail, as stored in the queue `requests`. */
export const ReaderRequest = z.discriminatedUnion("do", [
  z.strictObject({ do: z.literal("subscribe"), address: z.string(), ...who, ...from }),
  /** By the signed link of an email, for a reader who left, bounced or complained since. */
  z.strictObject({ do: z.literal("subscribe again"), id: z.string(), ...who, ...from }),
  /** The newest edition, for a reader who has just confirmed. */
  z.strictObject({ do: z.literal("welcome"), newsletter: z.string(), id: z.string(), at: Instant }),
  /** A link to the page of the reader's stored data. */
  z.strictObject({ do: z.literal("show data"), id: z.string(), ...who }),
  /** A change of address, to be confirmed at the new one. */
  z.strictObject({ do: z.literal("change address"), id: z.string(), address: z.string(), ...who, ...from }),
  /** The address changed: the old one is notified. */
  z.strictObject({ do: z.literal("notify old address"), id: z.string(), ...who }),
]);
export type ReaderRequest = z.infer<typeof ReaderRequest>;

/** An unconfirmed reader, to be reminded once. */
export const Reminder = z.strictObject({
  newsletter: z.string(),
  id: z.string(),
  dueAt: Instant,
  language: z.string(),
});
export type Reminder = z.infer<typeof Reminder>;

/** Milliseconds after the request. */
export const REMIND_AFTER_MS = DAY;
