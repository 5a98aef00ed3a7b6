import type { Batch } from "#domain/delivery/ledger/batch.ts";
import type { BatchCondition } from "../ports/ledger.ts";

/** The condition that a batch hasn't changed since it was read. */
export const asRead = ({ attempts, state, outcomes }: Batch): BatchCondition => ({
  attempts,
  states: [state],
  outcomes,
});
