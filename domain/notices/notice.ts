import { createHmac } from "node:crypto";
import * as z from "zod";
import { Instant, LocalDate } from "../time/instant.ts";

/** Kinds of notices: an edition is finished, or due in an hour. */
export const NoticeKind = z.enum(["finished", "preview"]);
export type NoticeKind = z.infer<typeof NoticeKind>;

/** A message of the queue `notices`. Without a target, it is split into one message for each target of its kind. */
export const NoticeMessage = z.strictObject({
  v: z.literal(1),
  kind: NoticeKind,
  newsletter: z.string(),
  date: LocalDate,
  /** When a preview's edition is due. */
  dueAt: Instant.optional(),
  /** A target by a hash of its address, because an address is a secret. */
  target: z.string().optional(),
});
export type NoticeMessage = z.infer<typeof NoticeMessage>;

const SecretUrl = z.url({ protocol: /^https?$/ }).max(2_000);

/**
 * Content of the secret `webhooks` (docs/guides/notices.md). Anyone with an address can post, so addresses are secret
 * too.
 */
export const Webhooks = z.strictObject({
  /** Receivers of a signed document for each finished edition. */
  finished: z
    .array(z.strictObject({ url: SecretUrl, key: z.string().min(24) }))
    .max(10)
    .default([]),
  /** Receivers of a message an hour before an edition is due. */
  preview: z
    .array(
      z.strictObject({
        kind: z.enum(["slack", "teams", "discord"]),
        url: SecretUrl,
        /** Default: all. */
        newsletters: z.array(z.string()).optional(),
      }),
    )
    .max(10)
    .default([]),
});
export type Webhooks = z.infer<typeof Webhooks>;

/**
 * Headers that authenticate a document, by Standard Webhooks: a receiver computes the same signature over
 * `id.timestamp.body`, compares it, and refuses old timestamps.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 * @param now epoch milliseconds
 */
export function signatureHeaders(key: string, id: string, body: string, now: number): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000));
  const secret = key.startsWith("whsec_") ? Buffer.from(key.slice("whsec_".length), "base64") : Buffer.from(key);
  const signature = createHmac("sha256", secret).update(`${id}.${timestamp}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${signature}` };
}
