import * as z from "zod";
import type { EditionState } from "../edition/edition.ts";
import { Instant } from "../time/instant.ts";

/** Which table this is: a restored copy has another name or was created at another moment, and knows nothing of either. */
export const TableIdentity = z.strictObject({ arn: z.string(), createdAt: Instant });
export type TableIdentity = z.infer<typeof TableIdentity>;

export const isSameTable = (one: TableIdentity, other: TableIdentity): boolean =>
  one.arn === other.arn && one.createdAt === other.createdAt;

/** What has not ended by itself or by a person: nothing of it is sent from a restored table. */
export const unfinishedStates: readonly EditionState[] = ["approved", "freezing", "sending", "paused"];

/** Of a table that is not the one its items were written in. */
export const restoredReason =
  "Held because this table was restored from a backup: it does not know what was sent, and who left, since then. See " +
  'the runbook, "restore"; then accept the table with: npx --no-install broadsheet restore accept, and resume the edition.';

/** Of an edition about which SES knows more than the table. */
export const unknownCallsReason =
  "Held because SES tells of calls that this table knows nothing of. Was the table restored? Then see the runbook, " +
  '"restore", before anything is sent; then resume it with --anyway.';
