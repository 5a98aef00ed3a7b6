import { counted } from "../../counted.ts";
import type { EditionKey } from "../../edition/edition.ts";
import type { Batch } from "../ledger/batch.ts";

/** Calls of a sender that stopped before recording their answers. */
type LeftBehind = { readonly calls: number; readonly deliveries: number };

/**
 * The calls of these batches that no running sender has made: SES may have accepted them or not.
 * @param runs the current runs of the senders
 */
export function leftBehind(batches: readonly Batch[], runs: readonly string[]): LeftBehind {
  const orphans = batches.flatMap(({ state, call }) =>
    state === "calling" && call !== null && !runs.includes(call.run ?? "") ? [call] : [],
  );
  return { calls: orphans.length, deliveries: orphans.reduce((sum, { positions }) => sum + positions.length, 0) };
}

/** What happens with deliveries of such calls, and which command shows more. */
export function nextOfUnknown({ newsletter, date }: EditionKey, settleSeconds: number): string {
  const minutes = Math.ceil(settleSeconds / 60);
  return (
    `SES's events resolve them within ${counted(minutes, "minute")}; what they leave open is held for a decision. ` +
    `From a minute on see: npx --no-install broadsheet edition calls ${newsletter} --date ${date}`
  );
}
