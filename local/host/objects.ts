import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { dirname, join } from "node:path";
import * as z from "zod";
import { config } from "#broadsheet.config.ts";
import type { Folder } from "../folder.ts";
import { readBody } from "./http.ts";

export const bucket = `${config.name}-pictures`;

/** The public path of the bucket's pictures, like CloudFront's. */
export const picturesPath = "/pictures/";

const LIMIT = 1024 * 1024;
const key = /^pictures\/[\w-]+\.jpg$/;
const Kept = z.object({ type: z.string(), metadata: z.record(z.string(), z.string()) });

/** The key in a request to the S3 API; undefined: none. */
export function objectKey(request: IncomingMessage, { pathname }: URL): string | undefined {
  const isS3 = /\/s3\/aws4_request/.test(request.headers.authorization ?? "");
  return isS3 && pathname.startsWith(`/${bucket}/`) ? pathname.slice(bucket.length + 2) : undefined;
}

/**
 * S3's PutObject, HeadObject and GetObject for the one bucket, kept as files of the data folder.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
 */
export async function serveObject(folder: Folder, name: string, request: IncomingMessage, response: ServerResponse) {
  if (!key.test(name)) return refuse(response, 403, "AccessDenied");
  if (request.method === "PUT") return put(folder, name, request, response);
  if (request.method !== "GET" && request.method !== "HEAD") return refuse(response, 405, "MethodNotAllowed");
  const found = read(folder, name);
  if (!found) return refuse(response, 404, "NoSuchKey");
  const metadata = Object.entries(found.metadata).map(([field, value]) => [`x-amz-meta-${field}`, value]);
  const headers = { "content-type": found.type, "content-length": found.bytes.byteLength };
  response.writeHead(200, { ...headers, ...Object.fromEntries(metadata) });
  response.end(request.method === "HEAD" ? undefined : found.bytes);
}

/** Serves the bucket's pictures publicly. */
export function servePicture(folder: Folder, { pathname }: URL, response: ServerResponse): void {
  const name = pathname.slice(1);
  const found = key.test(name) ? read(folder, name) : undefined;
  if (!found) return void response.writeHead(404, { "content-type": "text/plain" }).end("There is no such picture.\n");
  response.writeHead(200, {
    "content-type": found.type,
    "cache-control": "public, max-age=31536000, immutable",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "cross-origin",
  });
  response.end(found.bytes);
}

async function put(folder: Folder, name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const bytes = await readBody(request, LIMIT);
  if (bytes === undefined) return refuse(response, 400, "EntityTooLarge");
  const path = join(folder.path, name);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const kept: z.infer<typeof Kept> = { type: request.headers["content-type"] ?? "", metadata: metadataOf(request) };
  // The metadata is written before the picture, so a picture always has its metadata.
  writeFileSync(`${path}.json`, JSON.stringify(kept), { mode: 0o600 });
  writeFileSync(`${path}.new`, bytes, { mode: 0o600 });
  renameSync(`${path}.new`, path);
  response.writeHead(200).end();
}

const metadataOf = ({ headers }: IncomingMessage) =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      name.startsWith("x-amz-meta-") ? [[name.slice("x-amz-meta-".length), String(value)]] : [],
    ),
  );

function read(folder: Folder, name: string) {
  const path = join(folder.path, name);
  if (!existsSync(path)) return undefined;
  return { bytes: readFileSync(path), ...Kept.parse(JSON.parse(readFileSync(`${path}.json`, "utf8"))) };
}

const refuse = (response: ServerResponse, status: number, code: string): void =>
  void response.writeHead(status, { "content-type": "application/xml" }).end(`<Error><Code>${code}</Code></Error>`);
