import * as z from "zod";
import { Instant } from "../time/instant.ts";

const who = { newsletter: z.string(), at: Instant, language: z.string() };
const from = {
  /** Where it was made: "web form", "API", "link in an email". */
  source: z.string(),
  /** The network it came from, as evidence; null: not known. */
  network: z.string().nullable(),
};

/** What a reader asks for on the web and is answered by mail, as it waits in the queue `requests`. */
export const ReaderRequest = z.discriminatedUnion("do", [
  z.strictObject({ do: z.literal("subscribe"), address: z.string(), ...who, ...from }),
  /** By the signed link of an email to the reader, who left, bounced or complained since. */
  z.strictObject({ do: z.literal("subscribe again"), id: z.string(), ...who, ...from }),
  /** The newest edition, for who has just confirmed. */
  z.strictObject({ do: z.literal("welcome"), newsletter: z.string(), id: z.string(), at: Instant }),
  /** A link to the page of what is stored about the reader. */
  z.strictObject({ do: z.literal("show data"), id: z.string(), ...who }),
  /** To get it at another address: asked of the new one. */
  z.strictObject({ do: z.literal("change address"), id: z.string(), address: z.string(), ...who, ...from }),
  /** The address changed: the old one is notified. */
  z.strictObject({ do: z.literal("notify old address"), id: z.string(), ...who }),
]);
export type ReaderRequest = z.infer<typeof ReaderRequest>;

/** A reader who has not confirmed, to be reminded once. */
export const Reminder = z.strictObject({
  newsletter: z.string(),
  id: z.string(),
  dueAt: Instant,
  language: z.string(),
});
export type Reminder = z.infer<typeof Reminder>;

/** Milliseconds after the request. */
export const REMIND_AFTER_MS = 24 * 3_600_000;
