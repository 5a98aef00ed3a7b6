import * as z from "zod";
import { AudienceDay } from "../audience/audience-day.ts";
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
  /** Of the accepted: those that neither came back for good nor were rejected by SES. */
  delivered: count,
  /** Of the accepted: refused for good by the reader's server, called spam, or rejected by SES afterwards. */
  bounced: count,
  complained: count,
  rejected: count,
  /** What SES may or may not have accepted, and what waits for a person. */
  unknown: count,
  held: count,
  worth: WorthCounts.nullable(),
  /** How the audience changed from its date, in UTC, to the next edition's; null: that wasn't counted yet. */
  audienceChange: AudienceDay.nullable(),
});
export type EditionResult = z.infer<typeof EditionResult>;

/** What `edition results --json` prints. */
export const Results = z.object({
  newsletter: z.string(),
  /** Newest first. */
  editions: z.array(EditionResult),
  /** The edition that `causes` are of: the newest, unless another was chosen. */
  of: LocalDate,
  /** Of that edition: deliveries with an exception, by what SES told last. The most frequent first. */
  causes: z.array(z.object({ kind: OutcomeKind, deliveries: count })),
});
export type Results = z.infer<typeof Results>;

/** What is usual for these numbers: their median; null: there is none. */
export function usual(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
