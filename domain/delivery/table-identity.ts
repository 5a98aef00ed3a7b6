import * as z from "zod";
import type { EditionState } from "../edition/edition.ts";
import { Instant } from "../time/instant.ts";

/** A table's identity. A restored copy has another name or creation time, and its items still have the original's. */
export const TableIdentity = z.strictObject({ arn: z.string(), createdAt: Instant });
export type TableIdentity = z.infer<typeof TableIdentity>;

export const isSameTable = (one: TableIdentity, other: TableIdentity): boolean =>
  one.arn === other.arn && one.createdAt === other.createdAt;

/** States of unfinished editions, which a restored table doesn't send. */
export const unfinishedStates: readonly EditionState[] = ["approved", "freezing", "sending", "paused"];

/** Reason for holding: this isn't the table its items were written in. */
export const restoredReason =
  "Held because this table was restored from a backup: it does not know what was sent, and who left, since then. See " +
  'the runbook, "restore"; then accept the table with: npx --no-install broadsheet restore accept, and resume the edition.';

/** Reason for holding: it was due between the backup and the acceptance. */
export const maybeSentReason =
  "Held because it was due before this restored table was accepted, so readers may have it already. Look in an inbox: if " +
  "they have it, cancel it; if they don't, send it.";

/** Reason for holding: SES's events show more about an edition than the table has. */
export const unknownCallsReason =
  "Held because SES tells of calls that this table knows nothing of. Was the table restored? Then see the runbook, " +
  '"restore", before anything is sent; then resume it anyway.';
