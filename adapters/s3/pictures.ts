import { HeadObjectCommand, NotFound, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import * as z from "zod";
import { attemptLimit, type TimeLimits, withTimeLimit } from "../aws/time-limit.ts";

type Made = { readonly jpeg: Uint8Array; readonly width: number; readonly height: number };

const LIMITS: TimeLimits = { attempt: 10_000, call: 30_000 };
/** The prefix in the bucket and in addresses. */
const PREFIX = "pictures/";
/** A name is derived from the picture's source, so its content never changes. */
const FOREVER = "public, max-age=31536000, immutable";

const pixels = z.coerce.number().int().positive();
const Sides = z.object({ width: pixels, height: pixels });

/** Pictures as objects in a bucket, with their public addresses. */
export function s3Pictures(bucket: string, servedAt: string) {
  const client = withTimeLimit(new S3Client(attemptLimit(LIMITS)), LIMITS.call);
  return {
    addressOf: (name: string) => new URL(PREFIX + name, servedAt).href,
    shelf: {
      async find(name: string) {
        try {
          const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: PREFIX + name }));
          return { bytes: head.ContentLength ?? 0, ...Sides.parse(head.Metadata) };
        } catch (error) {
          if (error instanceof NotFound) return undefined;
          throw error;
        }
      },
      async put(name: string, { jpeg, width, height }: Made): Promise<void> {
        await client.send(
          new PutObjectCommand({
            Bucket: bucket,
            Key: PREFIX + name,
            Body: jpeg,
            ContentType: "image/jpeg",
            CacheControl: FOREVER,
            Metadata: { width: String(width), height: String(height) },
          }),
        );
      },
    },
  };
}
