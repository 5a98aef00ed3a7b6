import type { EditionKey } from "../../edition/edition.ts";
import type { Batch } from "../ledger/batch.ts";

/** What a sender left behind that stopped before it recorded the answers to its calls. */
export type LeftBehind = { readonly calls: number; readonly deliveries: number };

/**
 * Of these batches the calls that no sender at work has made: SES may have accepted them or not.
 * @param run the sender's run that is at work now; undefined: none is
 */
export function leftBehind(batches: readonly Batch[], run: string | undefined): LeftBehind {
  const orphans = batches.flatMap(({ state, call }) =>
    state === "calling" && call !== null && call.run !== run ? [call] : [],
  );
  return { calls: orphans.length, deliveries: orphans.reduce((sum, { positions }) => sum + positions.length, 0) };
}

/** What happens to deliveries whose call was left behind, and what shows more. */
export function nextOfUnknown({ newsletter, date }: EditionKey, settleSeconds: number): string {
  const minutes = Math.ceil(settleSeconds / 60);
  return (
    `SES's events resolve them within ${minutes} minute${minutes === 1 ? "" : "s"}; what they leave open is held for a decision. ` +
    `From a minute on see: npx --no-install broadsheet edition calls ${newsletter} --date ${date}`
  );
}
