import { createHash } from "node:crypto";

/** Letters of the tag: 128 bits, so two pages do not share one. */
const LENGTH = 22;

/**
 * A page that may be cached, with its ETag; or 304 without a body where the client has this one (RFC 9110 §13.1.2). The
 * tag is of the page's bytes, so whatever changes them changes it.
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

/** Compared weakly, as the header asks: caches that compress a page weaken its tag. */
const isKnown = (header: string | null, tag: string): boolean =>
  header !== null && (header.trim() === "*" || header.split(",").some((one) => one.trim().replace(/^W\//, "") === tag));
