import * as z from "zod";
import { counted, number } from "../counted.ts";
import type { Counts, Edition, EditionState } from "../edition/edition.ts";
import { HOUR } from "../time/durations.ts";
import { fromInstant, Instant } from "../time/instant.ts";
import { lastMomentOf } from "./ledger/cohorts.ts";
import { receptionOf, receptionProblem } from "./pace/canary.ts";
import { dailyCeiling } from "./pace/quota.ts";
import { isHeldForPrevious } from "./previous-edition.ts";
import { unknownCallsReason } from "./table-identity.ts";

/** What the sender may do with an edition now. */
type SendPermission =
  | { readonly may: "send" }
  | { readonly may: "stop" }
  | { readonly may: "hold" | "halt"; readonly reason: string };

/** The fields of an edition that limit until when it may be sent. */
type Timed = Pick<Edition, "latest" | "localTime" | "anyway">;

type Claiming = {
  /** Due time of the batch to claim. */
  readonly due: Instant;
  readonly now: Instant;
  readonly quota: number | null;
  /** Outcomes of the readers mailed so far. */
  readonly mailed: { readonly accepted: number; readonly refused: number };
};

/** Checked before every claim, so pausing, cancelling, lateness and bounces take effect at once. */
export function sendPermission(
  edition: Timed & Pick<Edition, "state" | "frozen" | "bounced" | "complained" | "rejected">,
  { due, now, quota, mailed }: Claiming,
): SendPermission {
  if (edition.state !== "sending") return { may: "stop" };
  const late = lateProblem(edition, due, now);
  if (late !== undefined) return { may: "hold", reason: late };
  if (edition.frozen !== null && edition.frozen > dailyCeiling(quota)) {
    const reason =
      `Held because the edition has ${counted(edition.frozen, "reader")} and SES allows this account ` +
      `${counted(quota ?? 0, "recipient")} in ` +
      "24 hours, of which 95 % are used. Ask AWS for a higher quota, then send it again.";
    return { may: "hold", reason };
  }
  const problem = edition.anyway ? undefined : receptionProblem(receptionOf(edition, mailed));
  return problem === undefined ? { may: "send" } : { may: "halt", reason: problem };
}

export const isLate = (edition: Pick<Edition, "latest">, now: Instant): boolean =>
  edition.latest !== null && now > edition.latest;

const TOO_LATE = "Held because it is too late";

export const lateReason = (edition: Pick<Edition, "latest">): string =>
  `${TOO_LATE}: the last moment to send was ${edition.latest}. Send it by hand if it should go now.`;

/** Why readers due at that time no longer get it, as a sentence; undefined: they still do. */
export function lateProblem(edition: Timed, due: Instant, now: Instant): string | undefined {
  const latest = lastMomentOf(edition, due);
  if (latest === null || now <= latest) return undefined;
  if (latest === edition.latest) return lateReason(edition);
  return (
    `${TOO_LATE} for the readers who were due at ${due}: their last moment was ${latest}. Resume it ` +
    "anyway to send it to them now and to the others at their own time."
  );
}

/** Whether to remind an operator of a paused edition in this round of watch: after an hour, and each day. */
export function isReminderDue(pausedAt: Instant, now: Instant, roundSeconds = 60): boolean {
  const age = fromInstant(now) - fromInstant(pausedAt);
  const hours = Math.floor(age / HOUR);
  const begun = age - hours * HOUR < roundSeconds * 1000;
  return begun && (hours === 1 || (hours > 0 && hours % 24 === 0));
}

/**
 * The pointer to an approved edition, so watch finds it whatever its date (`APPROVED`). Written before the state, and
 * kept until the edition has left it.
 */
export const ApprovedPointer = z.strictObject({ newsletter: z.string(), date: z.string(), at: Instant });
export type ApprovedPointer = z.infer<typeof ApprovedPointer>;

/** From these states on, the freeze's pointer finds the edition, or a person has to act. */
const NOT_FROZEN_YET: readonly EditionState[] = ["approved", "freezing"];
/** Longer than the time between writing the pointer and the state, plus the difference between clocks. */
const POINTER_GRACE_MS = 15 * 60_000;

/** Whether an approved pointer can be deleted. */
export const isPointerObsolete = (
  pointer: ApprovedPointer,
  edition: Pick<Edition, "state"> | undefined,
  now: Instant,
): boolean =>
  (edition === undefined || !NOT_FROZEN_YET.includes(edition.state)) &&
  fromInstant(now) - fromInstant(pointer.at) > POINTER_GRACE_MS;

/** Margin for a due time that was set by a clock slightly ahead of ours. */
const DUE_TOLERANCE_MS = 5_000;
export const isDue = (edition: Pick<Edition, "dueAt">, now: Instant): boolean =>
  edition.dueAt === null || fromInstant(edition.dueAt) <= fromInstant(now) + DUE_TOLERANCE_MS;

const FREEZE_STALLED_MS = 2 * 60_000;
const FREEZE_GIVEN_UP_MS = 30 * 60_000;

/** What watch does about a freeze, by the time of its last progress. */
export function freezeAction(frozenAt: Instant, lastCommit: Instant | undefined, now: Instant) {
  const at = fromInstant(now);
  if (at - fromInstant(frozenAt) > FREEZE_GIVEN_UP_MS) return "hold";
  const progressed = lastCommit !== undefined && lastCommit > frozenAt ? lastCommit : frozenAt;
  return at - fromInstant(progressed) > FREEZE_STALLED_MS ? "dispatch" : "wait";
}

export const refusedReason = (last: string): string =>
  `Held because SES has refused it for half an hour (last: ${last}). See whether SES is well, then send it again.`;

/** Held only because a person has to decide about deliveries. */
export const isHeldForDecisions = ({ state, reason }: Pick<Edition, "state" | "reason">): boolean =>
  state === "held" && /^Held because [\d,]+ of [\d,]+ deliver/.test(reason ?? "");

/** How an edition ends once every group is closed. */
export function endStateOf(counts: Counts): Pick<Edition, "state" | "reason"> {
  if (counts.held === 0) return { state: "finished", reason: null };
  const reason =
    `Held because ${number(counts.held)} of ${counted(counts.audience, "delivery", "deliveries")} ${counts.held === 1 ? "needs" : "need"} a decision: SES gave no answer to their call, ` +
    "or rejected them three times with a transient error.";
  return { state: "held", reason };
}

/**
 * How a stopped edition can be resumed: at once; once its cause is gone, which is checked again; or only by a person who
 * overrides the cause, because it can't go away: a time that is over, or how readers' servers took the email.
 */
export function resumingOf(
  edition: Pick<Edition, "state" | "reason" | "latest">,
  now: Instant,
): "at-once" | "once-fixed" | "only-anyway" {
  const { state, reason } = edition;
  const isOver = isLate(edition, now) || (reason ?? "").startsWith(TOO_LATE);
  if (isOver || state === "halted" || reason === unknownCallsReason || isHeldForPrevious(edition)) return "only-anyway";
  return state === "paused" ? "at-once" : "once-fixed";
}
