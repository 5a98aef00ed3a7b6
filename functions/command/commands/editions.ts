import * as z from "zod";
import { KEPT_CANDIDATES } from "#domain/edition/choosing/candidates-record.ts";
import { Explanation } from "#domain/edition/choosing/explanation.ts";
import { DecisionInput } from "#domain/edition/decisions/decision-input.ts";
import { EditionState, EditionView, RenderedEmail } from "#domain/edition/edition.ts";
import { Check } from "#domain/edition/preflight/finding.ts";
import { EditionOutlook } from "#domain/edition/timing/outlook.ts";
import { Board } from "#domain/edition/views/board.ts";
import { Results } from "#domain/edition/views/results.ts";
import { StoryDetail } from "#domain/edition/views/story-detail.ts";
import { Other, Workbench } from "#domain/edition/views/workbench.ts";
import { WeightsReport } from "#domain/edition/weighing/learn.ts";
import { WorthCounts } from "#domain/edition/worth.ts";
import { Instant, LocalDate } from "#domain/time/instant.ts";
import { by, byId, edition, since } from "./fields.ts";

/** Commands to make and show editions. */
export const editionCommands = {
  build: {
    input: z.object({ ...edition, since, by, byId }),
    output: z.object({ edition: EditionView, workbench: Workbench }),
  },
  draft: {
    input: z.object({
      ...edition,
      text: z.string(),
      subject: z.string().optional(),
      replace: z.boolean().default(false),
      by,
      byId,
    }),
    output: z.object({ edition: EditionView }),
  },
  /**
   * Applies one decision, and drafts the edition first if there is none. `key` identifies the request, so a repeated
   * request decides nothing twice.
   */
  decide: {
    input: z.object({
      ...edition,
      decision: DecisionInput,
      key: z.string().max(100).optional(),
      since,
      by,
      byId,
    }),
    output: z.object({ edition: EditionView, workbench: Workbench }),
  },
  /** Why a story is in the edition or not; without one, for all stories in it and the best of the others. */
  why: {
    input: z.object({ ...edition, story: z.string().optional() }),
    output: z.object({ newsletter: z.string(), date: LocalDate, stories: z.array(Explanation) }),
  },
  /** Leads and lists of the last editions under other weights, compared with what editors decided. */
  weights: {
    input: z.object({
      newsletter: z.string(),
      editions: z.number().int().min(1).max(KEPT_CANDIDATES).default(KEPT_CANDIDATES),
    }),
    output: WeightsReport,
  },
  /**
   * Results of the last editions that have an audience. `date`: the edition whose causes of bounces are shown; absent:
   * the newest.
   */
  results: {
    input: z.object({ ...edition, editions: z.number().int().min(1).max(60).default(14) }),
    output: Results,
  },
  /** One story with its articles and pictures; if the edition isn't drafted, as it would be now. */
  story: {
    input: z.object({ ...edition, story: z.string() }),
    output: z.object({ story: StoryDetail }),
  },
  /** Everything an editor sees of an edition; null if it still matches `unless`. */
  workbench: {
    input: z.object({
      ...edition,
      since,
      unless: z.object({ decisions: z.number().int(), rev: z.number().int(), state: EditionState }).optional(),
    }),
    output: z.object({ workbench: Workbench.nullable() }),
  },
  /** Articles of the last two weeks by words of their title. */
  find: { input: z.object({ ...edition, words: z.string() }), output: z.object({ stories: z.array(Other) }) },
  show: {
    input: z.object({
      ...edition,
      email: z.boolean().default(false),
      /** For an edition that isn't drafted: as it would be now. */
      undrafted: z.boolean().default(false),
    }),
    /**
     * email: the exact bytes a reader gets, except for personal links. outlook: what happens next; null from an older
     * system.
     */
    output: z.object({
      edition: EditionView,
      outlook: EditionOutlook.nullable().default(null),
      email: RenderedEmail.nullable(),
    }),
  },
  /** Checks the exact bytes that would be sent; links: also tries each link. */
  check: {
    input: z.object({
      ...edition,
      links: z.boolean().default(true),
      /** A complete message as saved from an inbox, one character for each byte, to compare with this edition. */
      message: z.string().max(2_000_000).optional(),
    }),
    output: z.object({ check: Check }),
  },
  /** The board: today, tomorrow, the last 14 days, the days ahead, and faults. */
  board: { input: z.object({}), output: Board },
  list: {
    input: z.object({ newsletter: z.string() }),
    output: z.object({
      editions: z.array(
        z.object({
          date: LocalDate,
          state: EditionState,
          subject: z.string(),
          audience: z.number().int(),
          accepted: z.number().int(),
          worth: WorthCounts.nullable(),
        }),
      ),
    }),
  },
  /** When the newsletter's next editions are due, skipped dates with the reason. Without `from`, from today. */
  calendar: {
    input: z.object({
      newsletter: z.string(),
      from: LocalDate.optional(),
      days: z.number().int().min(1).max(60).default(14),
    }),
    output: z.object({
      timeZone: z.string(),
      days: z.array(
        z.object({
          date: LocalDate,
          draftAt: Instant.nullable(),
          gateAt: Instant.nullable(),
          dueAt: Instant.nullable(),
          local: z.string().nullable(),
          note: z.string().nullable(),
          skipped: z.boolean(),
          /** What happens next with the date's edition, which may be cancelled or scheduled for another time. */
          outlook: EditionOutlook,
        }),
      ),
    }),
  },
} as const;
