import * as z from "zod";
import { Subscriber } from "../subscriber.ts";

/** A reader's status in the other system. */
export const ImportedStatus = z.enum(["active", "unsubscribed", "bounced", "complained", "unconfirmed", "unknown"]);
export type ImportedStatus = z.infer<typeof ImportedStatus>;

/** A line of an imported list, with our field names. */
export const ImportRow = z.strictObject({
  /** Line number in the file, from 1. */
  line: z.number().int(),
  address: z.string().max(1000),
  status: ImportedStatus,
  /** The file's own status, if it is unknown to us. */
  statusText: z.string().max(60).nullable(),
  /** The line of the same address that ends its subscription; null: it is this one, or none. */
  endedOn: z.number().int().nullable(),
  /** Time and network address of consent, according to the file. */
  evidence: z.string().max(200).nullable(),
  /** The reader's choices, in a list that Broadsheet exported. */
  preferences: Subscriber.pick({ zone: true, language: true, pausedUntil: true }),
});
export type ImportRow = z.infer<typeof ImportRow>;

/** A line of a file: its number and its cells. */
export const ListLine = z.strictObject({
  line: z.number().int(),
  cells: z.array(z.string()),
  /** Another line of the file about this address that ends its subscription. */
  endedOn: z
    .strictObject({ line: z.number().int(), status: ImportedStatus, statusText: z.string().nullable() })
    .optional(),
});
export type ListLine = z.infer<typeof ListLine>;

/** The outcome of a line. */
export const ImportOutcome = z.enum(["new", "unchanged", "leftAlone", "asked", "refused"]);
export type ImportOutcome = z.infer<typeof ImportOutcome>;
