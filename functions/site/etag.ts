import { createHash } from "node:crypto";

/** Length of the tag: 128 bits, so two pages don't share one. */
const LENGTH = 22;

/**
 * A cacheable page with its ETag, or 304 without a body if the client has this version (RFC 9110 §13.1.2). The tag is a
 * hash of the page's bytes.
 */
export async function withEtag(request: Request, response: Response): Promise<Response> {
  if (response.status !== 200 || response.headers.get("cache-control")?.startsWith("public") !== true) return response;
  const body = new Uint8Array(await response.arrayBuffer());
  const tag = `"${createHash("sha256").update(body).digest("base64url").slice(0, LENGTH)}"`;
  response.headers.set("etag", tag);
  if (isKnown(request.headers.get("if-none-match"), tag)) {
    response.headers.delete("content-type");
    return new Response(null, { status: 304, headers: response.headers });
  }
  return new Response(body, { status: 200, headers: response.headers });
}

/** A weak comparison, as the header requires, because caches that compress a page weaken its tag. */
const isKnown = (header: string | null, tag: string): boolean =>
  header !== null && (header.trim() === "*" || header.split(",").some((one) => one.trim().replace(/^W\//, "") === tag));
