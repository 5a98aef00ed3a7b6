import * as z from "zod";
import { counted, number } from "../counted.ts";
import type { Counts, Edition } from "../edition/edition.ts";
import { fromInstant, Instant } from "../time/instant.ts";

/** The summary of a finished edition: time, readers, cost, and anything unusual. */
export const Heartbeat = z.strictObject({
  finishedAt: Instant,
  /** From the first call to SES to the last group's end; null: not known. */
  seconds: z.number().min(0).nullable(),
  /** Minutes between when it was due and when it was finished; null: it was sent by hand. */
  minutesAfterDue: z.number().nullable(),
  audience: z.number().int(),
  accepted: z.number().int(),
  bounced: z.number().int(),
  complained: z.number().int(),
  /** Imported readers who wait for a later edition (docs/decisions/warm-up.md). */
  waiting: z.number().int().default(0),
  /** US dollars, by published prices: SES's fee, and AWS's other costs. */
  dollars: z.number(),
  /** Sentences for people; empty: nothing unusual. */
  unusual: z.array(z.string()),
});
export type Heartbeat = z.infer<typeof Heartbeat>;

/** Limits above which something is unusual: shares of mailed readers, minutes, and the change of the audience. */
const BOUNCED = 0.02;
/** Gmail requires senders to stay below 0.1 %. */
const COMPLAINED = 0.001;
const LATE_MINUTES = 60;
const AUDIENCE_CHANGE = 0.2;
/** With fewer readers, shares aren't meaningful. */
const FEW = 20;

type Facts = {
  edition: Edition;
  counts: Counts;
  finishedAt: Instant;
  seconds: number | null;
  dollars: number;
  /** Of the edition before; null: there was none. */
  previousAudience: number | null;
};

export function heartbeatOf(facts: Facts): Heartbeat {
  const { edition, counts, finishedAt, seconds, dollars } = facts;
  const { audience, accepted } = counts;
  const { bounced = 0, complained = 0, cohorts, warmUp } = edition;
  const waiting = warmUp?.waiting ?? 0;
  // In local time, lateness is counted from the last readers' due time.
  const dueAt = cohorts?.at(-1)?.due ?? edition.dueAt;
  const minutesAfterDue = dueAt === null ? null : Math.round((fromInstant(finishedAt) - fromInstant(dueAt)) / 60_000);
  const figures = { finishedAt, seconds, minutesAfterDue, audience, accepted, bounced, complained, waiting, dollars };
  return { ...figures, unusual: unusualIn({ ...facts, minutesAfterDue }) };
}

function unusualIn({ edition, counts, minutesAfterDue, previousAudience }: Facts & { minutesAfterDue: number | null }) {
  const { bounced = 0, complained = 0, anyway, warmUp } = edition;
  const waiting = warmUp?.waiting ?? 0;
  const { audience, accepted, refused, failed, unknown } = counts;
  const change = previousAudience === null ? 0 : audience - previousAudience;
  const isMany = audience >= FEW;
  const found: [boolean, string][] = [
    [
      minutesAfterDue !== null && minutesAfterDue >= LATE_MINUTES,
      `It was finished ${counted(minutesAfterDue ?? 0, "minute")} after it was due.`,
    ],
    [
      isMany && bounced >= accepted * BOUNCED && bounced > 0,
      `Mail servers refused it for ${number(bounced)} of ${counted(accepted, "reader")} (${percent(bounced, accepted)}).`,
    ],
    [
      isMany && complained >= accepted * COMPLAINED && complained > 0,
      `${counted(complained, "reader")} called it spam (${percent(complained, accepted)}; Gmail asks for less than 0.1 %).`,
    ],
    [refused + failed > 0, `SES didn't take it for ${counted(refused + failed, "reader")}.`],
    [unknown > 0, `For ${counted(unknown, "reader")} it isn't known whether SES took it.`],
    [
      previousAudience !== null && previousAudience >= FEW && Math.abs(change) >= previousAudience * AUDIENCE_CHANGE,
      `It went to ${counted(Math.abs(change), `${change > 0 ? "more" : "fewer"} reader`)} than the edition before (${number(audience)}, not ${number(previousAudience ?? 0)}).`,
    ],
    [waiting > 0, `${counted(waiting, "imported reader")} wait${waiting === 1 ? "s" : ""} for a later edition.`],
    [anyway === true, "A person sent it although checks or first readers spoke against it."],
  ];
  return found.flatMap(([is, sentence]) => (is ? [sentence] : []));
}

const percent = (part: number, all: number): string => `${((100 * part) / Math.max(1, all)).toFixed(2)} %`;
