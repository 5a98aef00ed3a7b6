import * as z from "zod";
import { OutcomeKind } from "../delivery/ledger/delivery-outcome.ts";
import { LocalDate } from "../time/instant.ts";
import { EditionState } from "./edition.ts";
import { WorthCounts } from "./worth.ts";

const count = z.number().int().min(0);

/** What came of one edition. Deliveries, except `worth`, which counts answers. */
const EditionResult = z.object({
  date: LocalDate,
  state: EditionState,
  subject: z.string(),
  /** Readers it was frozen for. */
  audience: count,
  /** Those that SES accepted. */
  accepted: count,
  /** Of the accepted: refused for good by the reader's server, called spam, or rejected by SES afterwards. */
  bounced: count,
  complained: count,
  rejected: count,
  /** What SES may or may not have accepted, and what waits for a person. */
  unknown: count,
  held: count,
  worth: WorthCounts.nullable(),
});
export type EditionResult = z.infer<typeof EditionResult>;

/** What `edition results --json` prints. */
export const Results = z.object({
  newsletter: z.string(),
  /** Newest first. */
  editions: z.array(EditionResult),
  /** Of the newest of them: deliveries with an exception, by what SES told last. The most frequent first. */
  causes: z.array(z.object({ kind: OutcomeKind, deliveries: count })),
});
export type Results = z.infer<typeof Results>;
