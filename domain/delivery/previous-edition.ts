import type { WarmUp, Reception as WarmUpReception } from "../audience/warm-up.ts";
import { counted, number } from "../counted.ts";
import type { Counts, Edition } from "../edition/edition.ts";
import { receptionOf, receptionProblem } from "./pace/canary.ts";

/** Number of a newsletter's newest editions that are read to find the last sent one. */
export const EDITIONS_LOOKED_AT = 30;

/** The edition of the newsletter that was sent before the one of `date`; undefined: there is none. */
export const previouslySent = (editions: readonly Edition[], date: string): Edition | undefined =>
  editions
    .filter((one) => one.date !== date && one.frozenAt !== null && hasEnded(one))
    .toSorted((a, b) => ((a.frozenAt ?? "") < (b.frozenAt ?? "") ? 1 : -1))[0];

/** A halted or cancelled edition has had a person's attention; the rule itself handles one that is being sent. */
const hasEnded = ({ state }: Edition): boolean => state === "finished" || state === "held";

const START = "Held because the edition before it";

/**
 * Why the next edition is held for a person: too many bounces or complaints about the previous one, and the rule that
 * halts an edition couldn't act, because all calls had left before the bounces arrived, or fewer than five readers were
 * mailed. Undefined: the results were good, or a person overrode the rule.
 */
export function previousProblem(previous: Edition, counts: Pick<Counts, "accepted" | "refused">): string | undefined {
  if (previous.anyway) return undefined;
  const reception = receptionOf(previous, counts);
  const mailed = reception.accepted + reception.refused;
  const failed = reception.refused + reception.bounced;
  const isMostOfFew = mailed > 0 && failed * 2 > mailed;
  if (receptionProblem(reception) === undefined && !isMostOfFew) return undefined;
  const { date } = previous;
  return (
    `${START} (${date}) was not taken well: of ${counted(mailed, "reader")} mailed, ${number(failed)} bounced or were refused and ` +
    `${number(reception.complained)} called it spam. Find out why ` +
    "before you cancel this one or resume it anyway."
  );
}

export const isHeldForPrevious = ({ state, reason }: Pick<Edition, "state" | "reason">): boolean =>
  state === "held" && (reason ?? "").startsWith(START);

/**
 * The edition by which a warm-up is judged before its limit rises: the newest one frozen with the current limit. An
 * edition in local time is judged while its last cohorts still wait. Undefined: none.
 */
export const lastAdmitted = (
  editions: readonly Edition[],
  date: string,
  { admitted, rises }: Pick<WarmUp, "admitted" | "rises">,
): Edition | undefined =>
  editions
    .filter((one) => one.date !== date && one.frozen !== null)
    .filter(({ warmUp }) => rises === 0 || (warmUp?.below ?? 0) >= admitted)
    .toSorted((a, b) => ((a.frozenAt ?? "") < (b.frozenAt ?? "") ? 1 : -1))[0];

/** Judged by the rule that halts an edition, even if a person overrode it. */
export function receptionOfLast(last: Edition, counts: Pick<Counts, "accepted" | "refused">): WarmUpReception {
  const reception = receptionOf(last, counts);
  const mailed = reception.accepted + reception.refused;
  if (receptionProblem(reception) !== undefined) {
    const failed = reception.refused + reception.bounced;
    const why =
      `Of ${counted(mailed, "reader")} mailed on ${last.date}, ${number(failed)} bounced or were refused and ` +
      `${number(reception.complained)} called ` +
      "it spam, so the warm-up admits no one new until an edition is taken well.";
    return { is: "bad", why };
  }
  return { is: mailed * 2 >= (last.frozen ?? 0) ? "well" : "unsent" };
}
