import { Logger } from "@aws-lambda-powertools/logger";
import { openFetcher } from "#adapters/fetch/feed.ts";
import { s3Pictures } from "#adapters/s3/pictures.ts";
import { resize } from "#adapters/sharp/resize.ts";
import type { KeepPorts } from "#usecases/editions/making/copy-picture.ts";
import { Environment, name } from "./contract.ts";

/** Most bytes of a source's picture. */
const LIMIT = 15 * 1024 * 1024;
const ACCEPT = "image/avif, image/webp, image/jpeg, image/png, image/gif;q=0.8";

export const logger = new Logger({ serviceName: name });

export function open(): KeepPorts {
  const { PICTURES_BUCKET, PICTURES_URL, ALLOW_ORIGINS: allowOrigins } = Environment.parse(process.env);
  return {
    fetch: openFetcher({ allowOrigins, limit: LIMIT, accept: ACCEPT }),
    resize,
    ...s3Pictures(PICTURES_BUCKET, PICTURES_URL),
  };
}
