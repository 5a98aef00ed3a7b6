import * as z from "zod";

/** How the other system has a reader. */
export const ImportedStatus = z.enum(["active", "unsubscribed", "bounced", "complained", "unconfirmed", "unknown"]);
export type ImportedStatus = z.infer<typeof ImportedStatus>;

/** A line of a list from elsewhere, in our words. */
export const ImportRow = z.strictObject({
  /** In the file, from 1. */
  line: z.number().int(),
  address: z.string().max(1000),
  status: ImportedStatus,
  /** The status as the file has it, where we don't know it. */
  statusText: z.string().max(60).nullable(),
  /** When and from where consent was given, as the file says. */
  evidence: z.string().max(200).nullable(),
});
export type ImportRow = z.infer<typeof ImportRow>;

/** A line of a file: its number and its cells. */
export const ListLine = z.strictObject({ line: z.number().int(), cells: z.array(z.string()) });
export type ListLine = z.infer<typeof ListLine>;

/** The outcome of a line. */
export const ImportOutcome = z.enum(["new", "unchanged", "leftAlone", "asked", "refused"]);
export type ImportOutcome = z.infer<typeof ImportOutcome>;
