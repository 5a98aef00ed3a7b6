import { createHash } from "node:crypto";
import * as z from "zod";
import { parseJson } from "../../json.ts";
import { fromInstant, type Instant } from "../../time/instant.ts";
import { hmac, keysFor, purposeKey, type SigningKeys } from "../tokens/keys.ts";
import { sameText } from "../tokens/token.ts";

/**
 * Proof of work in altcha's format (https://altcha.org/docs/v1/proof-of-work): find the number whose hash with the salt
 * is the challenge. It costs a browser a second or two, and a program that sends thousands of requests hours.
 */
export type WorkChallenge = {
  algorithm: "SHA-256";
  challenge: string;
  maxnumber: number;
  salt: string;
  signature: string;
};

/** The highest number. Half as many hashes are needed on average. */
export const MOST_WORK = 100_000;
/** How long a challenge is valid, in milliseconds: a form may stay open for a while. */
const VALID_MS = 30 * 60_000;
const LONGEST_SOLUTION = 1000;

const Solution = z.object({
  algorithm: z.literal("SHA-256"),
  challenge: z.string(),
  number: z.number().int().min(0).max(MOST_WORK),
  salt: z.string(),
  signature: z.string(),
});

/** Only the hash of salt and number is signed, so no digit of the number may be taken for one of the time before it. */
const SALT_END = "&";

const challengeOf = (salt: string, number: number) => createHash("sha256").update(`${salt}${number}`).digest("hex");
const signatureOf = ({ key }: { key: string }, challenge: string) => hmac(purposeKey(key, "work"), challenge);

/** @param random a random salt, and a random number from 0 to `MOST_WORK` */
export function workChallenge(
  keys: SigningKeys,
  random: { salt: string; number: number },
  now: Instant,
): WorkChallenge {
  const salt = `${random.salt}?expires=${Math.floor((fromInstant(now) + VALID_MS) / 1000)}${SALT_END}`;
  const challenge = challengeOf(salt, random.number);
  const signature = signatureOf(keysFor(keys, "link")[0], challenge);
  return { algorithm: "SHA-256", challenge, maxnumber: MOST_WORK, salt, signature };
}

/** The challenge that a solution solves, to take it once. Undefined: it isn't one of ours, or too old. */
export function solvedChallenge(keys: SigningKeys, solution: string, now: Instant): string | undefined {
  const parsed = Solution.safeParse(parseJson(textOf(solution)));
  if (!parsed.success) return undefined;
  const { challenge, number, salt, signature } = parsed.data;
  const expires = Number(/\?expires=(\d{1,12})&$/.exec(salt)?.[1] ?? 0) * 1000;
  const isOurs = keysFor(keys, "link").some((key) => sameText(signatureOf(key, challenge), signature));
  return isOurs && expires > fromInstant(now) && challengeOf(salt, number) === challenge ? challenge : undefined;
}

const textOf = (solution: string): string =>
  Buffer.from(solution.slice(0, LONGEST_SOLUTION), "base64").toString("utf8");
