import * as z from "zod";
import { AudienceDay } from "../../audience/audience-day.ts";
import { OutcomeKind } from "../../delivery/ledger/delivery-outcome.ts";
import { LocalDate } from "../../time/instant.ts";
import { EditionState } from "../edition.ts";
import { WorthCounts } from "../worth.ts";

const count = z.number().int().min(0);

/** Results of one edition: numbers of deliveries, except `worth`, which counts answers. */
const EditionResult = z.object({
  date: LocalDate,
  state: EditionState,
  subject: z.string(),
  /** Readers it was frozen for. */
  audience: count,
  /** Those that SES accepted. */
  accepted: count,
  /** Accepted ones without a hard bounce or a later rejection. */
  delivered: count,
  /** Accepted ones with a hard bounce, a complaint, or a later rejection. */
  bounced: count,
  complained: count,
  rejected: count,
  /** Unknown deliveries, and those that wait for a person. */
  unknown: count,
  held: count,
  /** Imported readers who wait for a later edition (docs/decisions/warm-up.md). */
  waiting: count,
  worth: WorthCounts.nullable(),
  /** Changes of the audience from its date, in UTC, to the next edition's; null: not counted yet. */
  audienceChange: AudienceDay.nullable(),
});
export type EditionResult = z.infer<typeof EditionResult>;

/** The output of `edition results --json`. */
export const Results = z.object({
  newsletter: z.string(),
  /** Newest first. */
  editions: z.array(EditionResult),
  /** The edition of `causes`: the newest, unless another was chosen. */
  of: LocalDate,
  /** That edition's exceptions by cause, most frequent first. */
  causes: z.array(z.object({ kind: OutcomeKind, deliveries: count })),
});
export type Results = z.infer<typeof Results>;

/** The median; null: there are no numbers. */
export function usual(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
