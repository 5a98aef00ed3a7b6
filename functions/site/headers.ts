import { personalPaths } from "#domain/site-paths.ts";

/** Pages in the reader's own language, with a form that contains its time. */
const negotiated = /^\/[^/]+\/(subscribe|subscribed|search)$/;

/** Headers of every response. */
export function headersFor(path: string, status: number, policy: string): Record<string, string> {
  const always = {
    "Content-Security-Policy": policy,
    "X-Content-Type-Options": "nosniff",
    "Strict-Transport-Security": "max-age=31536000",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
  };
  // The address contains a token, which must not leak by a Referer, a cache or a search engine.
  if (personalPaths.some((start) => path === start || (start.endsWith("/") && path.startsWith(start)))) {
    return { ...always, "Referrer-Policy": "no-referrer", "Cache-Control": "no-store", "X-Robots-Tag": "noindex" };
  }
  const referrer = { "Referrer-Policy": "strict-origin-when-cross-origin" };
  if (negotiated.test(path) || path.startsWith("/api/")) {
    return { ...always, ...referrer, "Cache-Control": "no-store", Vary: "Accept-Language" };
  }
  const cache = status === 200 ? "public, max-age=60, stale-while-revalidate=600" : "no-store";
  return { ...always, ...referrer, "Cache-Control": cache };
}
