import * as z from "zod";
import { hmac, idKey, purposeKey, type SigningKeys } from "../audience/tokens/keys.ts";
import { DAY } from "../time/durations.ts";
import { fromInstant, type Instant } from "../time/instant.ts";
import type { EditionKey } from "./edition.ts";

/** A reader's answer to whether an edition was worth reading. */
export const WorthAnswer = z.enum(["yes", "no"]);
export type WorthAnswer = z.infer<typeof WorthAnswer>;

/** Number of readers by answer. */
export const WorthCounts = z.strictObject({ yes: z.number().int().min(0), no: z.number().int().min(0) });
export type WorthCounts = z.infer<typeof WorthCounts>;

/** How long after sending answers are counted and their marks kept. */
const ANSWERED_MS = 30 * DAY;

/**
 * The end of that time for an edition frozen then; the same for every reader, so it doesn't reveal when one answered.
 */
export const answeredUntil = (frozenAt: Instant): number => fromInstant(frozenAt) + ANSWERED_MS;

/**
 * The mark that a reader has answered, without the answer: a hash keyed for the edition, so marks of two editions can't
 * be linked to one reader. It uses the key that is never replaced, because a new key would let readers answer twice.
 */
export const answerMark = (keys: SigningKeys, { newsletter, date }: EditionKey, id: string): string =>
  hmac(purposeKey(idKey(keys).key, `worth ${newsletter} ${date}`), id).slice(0, 32);
