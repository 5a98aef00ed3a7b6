import * as z from "zod";
import type { Edition, EditionKey, EditionState } from "../edition/edition.ts";
import { Instant } from "../instant.ts";
import type { Log } from "./log.ts";

/** Which table this is: a restored copy has another name or was created at another moment, and knows nothing of either. */
export const Birth = z.strictObject({ arn: z.string(), createdAt: Instant });
export type Birth = z.infer<typeof Birth>;

export const isSameTable = (one: Birth, other: Birth): boolean =>
  one.arn === other.arn && one.createdAt === other.createdAt;

export type BirthPorts = {
  editions: {
    update: (key: EditionKey, change: Partial<Edition>, only: { state: readonly EditionState[] }) => Promise<boolean>;
  };
  ledger: {
    /** Which table this is, as the database says. */
    tableNow: () => Promise<Birth>;
    /** Which one its items were written in, or that a person accepted. */
    tableKnown: () => Promise<Birth | undefined>;
    /** Writes that down, if it is as it was read. */
    adoptTable: (next: Birth, before: Birth | undefined) => Promise<boolean>;
  };
  log: Log;
};

/** What has not ended by itself or by a person: nothing of it is sent from a restored table. */
export const UNFINISHED: readonly EditionState[] = ["approved", "freezing", "sending", "paused"];

/** Of a table that is not the one its items were written in. */
export const restoredReason =
  "Held because this table was restored from a backup: it does not know what was sent, and who left, since then. See " +
  'the runbook, "restore"; then accept the table with: npx broadsheet restore accept, and resume the edition.';

/** Of an edition about which SES knows more than the table. */
export const unheardOfReason =
  "Held because SES tells of calls that this table knows nothing of. Was the table restored? Then see the runbook, " +
  '"restore", before anything is sent; then resume it with --anyway.';

/**
 * Whether this is the table its items were written in, or one that a person accepted; asked before anything is sent.
 * Where the database does not say, nothing is held: a restore is rarer than that.
 */
export async function isOwnTable({ ledger, log }: Pick<BirthPorts, "ledger" | "log">): Promise<boolean> {
  let now: Birth;
  try {
    now = await ledger.tableNow();
  } catch (error) {
    log.warn("the database did not say which table this is", { error });
    return true;
  }
  const known = await ledger.tableKnown();
  if (known !== undefined) return isSameTable(known, now);
  // The first one to look. Who looks at the same moment writes the same.
  await ledger.adoptTable(now, undefined);
  return true;
}

/** Holds an edition of a restored table until a person has looked. */
export async function holdRestored({ editions, log }: BirthPorts, { newsletter, date }: EditionKey): Promise<void> {
  const held = { state: "held", reason: restoredReason } as const;
  if (!(await editions.update({ newsletter, date }, held, { state: UNFINISHED }))) return;
  log.error("an edition is held", { edition: `${newsletter} ${date}`, reason: restoredReason });
}
