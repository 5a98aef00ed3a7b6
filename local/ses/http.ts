import type { IncomingMessage, ServerResponse } from "node:http";
import { requestUrl } from "../guard.ts";

/** A request for routes, without a socket, so routes are plain functions. */
export type Request = {
  method: string;
  path: string;
  query: URLSearchParams;
  header: (name: string) => string | undefined;
  body: Buffer;
};

/** `drop` closes the connection without an answer, like a network failure. */
export type Reply = { status: number; headers?: Record<string, string>; body?: string | Buffer } | "drop";

/** A raw email may have 40 MB in SESv2, encoded in base64; larger requests are refused before they fill memory. */
const largest = 56 * 1024 * 1024;

export class TooLarge extends Error {
  override readonly name = "TooLarge";
}

/** Reads a request to its end. @throws TooLarge beyond 56 MB. */
export async function readRequest(incoming: IncomingMessage): Promise<Request> {
  const url = requestUrl(incoming);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    size += chunk.length;
    if (size > largest) throw new TooLarge("The request is larger than 56 MB.");
    chunks.push(chunk);
  }
  return {
    method: incoming.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    header: (name) => {
      const value = incoming.headers[name];
      return Array.isArray(value) ? value.join(", ") : value;
    },
    body: Buffer.concat(chunks),
  };
}

export function answer(outgoing: ServerResponse, reply: Reply): void {
  if (reply === "drop") {
    outgoing.destroy();
    return;
  }
  const body = reply.body ?? "";
  outgoing.writeHead(reply.status, { "content-length": Buffer.byteLength(body), ...reply.headers });
  outgoing.end(body);
}

export const json = (status: number, value: unknown, headers: Record<string, string> = {}): Reply => ({
  status,
  headers: { "content-type": "application/json", ...headers },
  body: JSON.stringify(value),
});

export const text = (status: number, body: string, type = "text/plain; charset=utf-8"): Reply => ({
  status,
  headers: { "content-type": type },
  body,
});

/** A JSON body, or undefined where it cannot be read. An empty body is an empty object. */
export function readJson(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}
