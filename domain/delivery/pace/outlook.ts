import { counted } from "../../counted.ts";
import type { Edition } from "../../edition/edition.ts";
import { fromInstant, type Instant, utcMinute } from "../../time/instant.ts";
import { cohortsAt } from "../ledger/cohorts.ts";
import { slownessAt } from "./pace.ts";
import { type Forecast, forecast } from "./quota.ts";
import type { Sender } from "./sender.ts";

/** Recipients a second that may be sent now; null: SES's rate isn't known yet. */
export const rateNow = (sender: Sender | undefined, share: number, now: Instant): number | null =>
  sender === undefined || sender.rate === null ? null : sender.rate * share * slownessAt(sender.slow, fromInstant(now));

/** When this many readers would be done, by what is known about the account; null: nothing is known. */
export function forecastFor(readers: number, sender: Sender | undefined, share: number, now: Instant): Forecast | null {
  const rate = rateNow(sender, share, now);
  return sender === undefined || rate === null ? null : forecast(readers, rate, sender, now);
}

/** Why an edition would finish too late, or has more readers than a day allows; undefined: neither. */
export function forecastProblem(
  { latest, anyway }: Pick<Edition, "latest" | "anyway">,
  readers: number,
  { sender, share, now }: { sender: Sender | undefined; share: number; now: Instant },
): string | undefined {
  const expected = anyway ? null : forecastFor(readers, sender, share, now);
  if (expected?.is === "never") {
    return (
      "Held because others use so much of SES's daily quota that it would take more than two days. See who sends in " +
      "this account, or ask AWS for a higher quota; then resume it, or resume it anyway as far as it goes."
    );
  }
  if (expected?.is !== "through" || latest === null || expected.at <= latest) return undefined;
  const quota = expected.waitsForQuota ? " and its daily quota frees" : "";
  return (
    `Held because it would finish too late: its send window ends at ${utcMinute(latest)}, and as fast as SES allows${quota}, ` +
    `it would finish at ${utcMinute(expected.at)}. Resume it anyway to send it despite that.`
  );
}

/** Facts about an edition being sent, besides its counts. */
type ProgressFacts = {
  readonly edition: Pick<Edition, "state" | "reason" | "stage" | "cohorts">;
  readonly sender: Sender | undefined;
  /** Waiting readers, finished ones, and recipients in calls in flight. */
  readonly waiting: number;
  readonly called: number;
  readonly onTheirWay: number;
  /** Since when SES has refused every call of a batch, with its last message. */
  readonly refused: { readonly since: Instant; readonly why: string } | null;
};

/** Refused calls are retried at once, so this is only mentioned if it lasts. */
const REFUSED_MS = 5_000;

/** Why there is no progress, as a sentence; null: there is. */
export function sendingNotice(
  { edition, sender, waiting, called, onTheirWay, refused }: ProgressFacts,
  now: Instant,
): string | null {
  if (edition.state !== "sending") return edition.reason;
  if (waiting === 0) return null;
  const { toCome, readersToCome } = cohortsAt(edition, now);
  const [next] = toCome;
  if (next && waiting <= readersToCome) {
    return `Everyone who is due has it; the next ${counted(next.readers, "reader gets", "readers get")} it at their own time, ${utcMinute(next.due)}.`;
  }
  if (sender?.wakeAt != null && sender.wakeAt > now) {
    return `SES's daily quota is used up. Sending continues as the quota frees up, next at ${utcMinute(sender.wakeAt)}.`;
  }
  if (refused && fromInstant(now) - fromInstant(refused.since) > REFUSED_MS) {
    return `SES has accepted nothing since ${utcMinute(refused.since)} (${refused.why}). Sending is retried, and held after half an hour.`;
  }
  if (edition.stage === "canary" && called > 0 && onTheirWay === 0) {
    return "The first readers have it; the rest follow once their mail servers have responded.";
  }
  if (onTheirWay === 0 && (sender === undefined || sender.until < now)) {
    return "No sender is running right now; one starts within a minute.";
  }
  return null;
}
