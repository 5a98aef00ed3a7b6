import { fault, type Outcome } from "../outcome.ts";
import type { Instant } from "../time/instant.ts";
import { type Edition, editionName } from "./edition.ts";
import { mayBecome } from "./states.ts";

const approved = (edition: Edition) =>
  fault("wrong-state", `${editionName(edition)} is approved and about to be sent. Cancel it first to change it.`);

/**
 * Why an edition's text can't be changed; null: it can, because it is a draft, is approved for a future time, or wasn't
 * sent and is being reopened (`reopening`).
 */
export function refuseChange(
  edition: Edition | undefined,
  { reopening, now }: { reopening: boolean; now: Instant },
): Outcome<never> | null {
  if (edition === undefined || edition.state === "draft") return null;
  if (edition.state === "approved") return edition.dueAt !== null && edition.dueAt > now ? null : approved(edition);
  if (reopening && mayBecome(edition, "draft")) return null;
  const why = edition.reason === null ? "" : ` (${edition.reason.replace(/\.$/, "")})`;
  const is = (rest: string) => `${editionName(edition)} ${rest}`;
  switch (edition.state) {
    case "finished":
      return fault("already-sent", is("is sent. What was sent cannot be changed."));
    case "freezing":
    case "sending":
    case "paused":
      return fault("already-sent", is(`is being sent (${edition.state}), so it cannot be changed.`));
    case "halted":
    case "held":
      return edition.frozenAt === null
        ? fault("wrong-state", is(`is held${why}. Cancel it, then build it again.`))
        : fault("already-sent", is(`was sent to some readers and is ${edition.state}${why}; it cannot be changed.`));
    case "skipped":
      return fault("wrong-state", is(`is skipped${why}. Build it again to change it.`));
    case "cancelled":
      return edition.frozenAt === null
        ? fault("wrong-state", is(`is cancelled${why}. Build it again to change it.`))
        : fault("already-sent", is(`was cancelled while it was being sent${why}; it cannot be changed.`));
  }
}
