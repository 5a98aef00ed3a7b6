import { createHmac } from "node:crypto";
import * as z from "zod";
import { idKey, purposeKey, type SigningKeys } from "../audience/keys.ts";
import { fromInstant, type Instant } from "../time/instant.ts";
import type { EditionKey } from "./edition.ts";

/** What a reader answers when asked whether an edition was worth reading. */
export const WorthAnswer = z.enum(["yes", "no"]);
export type WorthAnswer = z.infer<typeof WorthAnswer>;

/** How many readers of an edition gave each answer. */
export const WorthCounts = z.strictObject({ yes: z.number().int().min(0), no: z.number().int().min(0) });
export type WorthCounts = z.infer<typeof WorthCounts>;

/** How long after an edition was sent answers are counted, and their marks kept. */
export const ANSWERED_MS = 30 * 24 * 3_600_000;

/** The end of that time, of an edition that was frozen then; the same for every reader, so it tells nothing of when. */
export const answeredUntil = (frozenAt: Instant): number => fromInstant(frozenAt) + ANSWERED_MS;

/**
 * What says that a reader has answered, and not what: a hash whose key is the edition's own, so marks of two editions
 * can't be told to be one reader's. Made with the key that is never replaced, or a new one would let readers answer twice.
 */
export const answerMark = (keys: SigningKeys, { newsletter, date }: EditionKey, id: string): string =>
  createHmac("sha256", purposeKey(idKey(keys).key, `worth ${newsletter} ${date}`))
    .update(id, "utf8")
    .digest("hex")
    .slice(0, 32);
