import { createHash } from "node:crypto";
import { toInstant } from "../time/instant.ts";

/**
 * Tells whether a source's answer is the one it gave last, for servers without validators. It changes with the UTC day:
 * each day an unchanged feed is read once, so its articles are kept, and those over yesterday's limit land.
 */
export const answerHash = (
  answer: { bytes: Uint8Array; url: string | null; contentType: string | null },
  now: number,
): string =>
  createHash("sha256")
    .update([toInstant(now).slice(0, 10), answer.url, answer.contentType, ""].join("\n"))
    .update(answer.bytes)
    .digest("base64url");
