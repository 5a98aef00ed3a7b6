import { randomBytes, randomInt } from "node:crypto";
import { limitKey } from "#domain/audience/limits/client-address.ts";
import {
  MOST_WORK,
  solvedChallenge,
  type WorkChallenge,
  workChallenge,
} from "#domain/audience/limits/proof-of-work.ts";
import { tokenBuckets } from "#domain/audience/limits/token-buckets.ts";
import { verifyTimedToken } from "#domain/audience/tokens/timed-token.ts";
import { fromInstant } from "#domain/time/instant.ts";
import type { RequestPorts } from "#usecases/audience/request.ts";
import { addressOf, type SiteContext } from "../look.ts";

/** Requests of a client whose mails are sent at once; further ones are accepted, but their mails are delayed. */
const PROMPT_LIMIT = { rate: 0.1, burst: 60 };
const DELAY_SECONDS = 600;
/** A form submitted faster than this (milliseconds), or without its signed time, counts as several requests. */
const QUICK_MS = 1_000;
const SUSPECT_COST = 5;
/** Solved challenges that are remembered, so each counts once. */
const KEPT = 10_000;

/**
 * What happens when one client asks for many subscriptions: their mails are delayed, unless the form brings proof of
 * work. Readers are never asked to do anything, and without scripts nothing is blocked.
 */
export function escalation(ports: Pick<RequestPorts, "keys" | "now">) {
  const prompt = tokenBuckets(PROMPT_LIMIT);
  const solved = new Set<string>();
  const isNew = (challenge: string) => {
    if (solved.has(challenge)) return false;
    solved.add(challenge);
    const [oldest] = solved;
    if (solved.size > KEPT && oldest !== undefined) solved.delete(oldest);
    return true;
  };
  return {
    /** Work for the form of a client beyond the limit. Undefined: none. */
    async challenge(c: SiteContext): Promise<WorkChallenge | undefined> {
      if (prompt.wait(limitKey(addressOf(c.env)), fromInstant(ports.now())) === 0) return undefined;
      const random = { salt: randomBytes(12).toString("hex"), number: randomInt(MOST_WORK + 1) };
      return workChallenge(await ports.keys(), random, ports.now());
    },

    /**
     * Delay of the mail in seconds; none for a person.
     * @param made the form's signed time; undefined: it didn't come from the form
     */
    async delay(c: SiteContext, { made, altcha = "" }: { made?: string | undefined; altcha?: string }) {
      const now = ports.now();
      const keys = await ports.keys();
      const verified = made === undefined ? undefined : verifyTimedToken(keys, "form", made, now);
      const isQuick =
        verified !== undefined &&
        (verified.state !== "valid" || fromInstant(now) - fromInstant(verified.claim.issuedAt) < QUICK_MS);
      const client = limitKey(addressOf(c.env));
      const waits = Array.from({ length: isQuick ? SUSPECT_COST : 1 }, () => prompt.take(client, fromInstant(now)));
      if ((waits[0] ?? 0) === 0) return 0;
      const challenge = altcha === "" ? undefined : solvedChallenge(keys, altcha, now);
      return challenge !== undefined && isNew(challenge) ? 0 : DELAY_SECONDS;
    },
  };
}
export type Escalation = ReturnType<typeof escalation>;
