import type { Context, MiddlewareHandler } from "hono";

/** Whether a script requests JSON. */
export const wantsJson = (c: Context): boolean =>
  c.req.header("x-desk-token") !== undefined || (c.req.header("accept") ?? "").includes("application/json");

/**
 * Whether our own page sent this. Browsers send Origin with every POST; without it, Sec-Fetch-Site has to confirm it.
 */
export function isFromDesk(c: Context, ownOrigin: string): boolean {
  const origin = c.req.header("origin");
  return origin === undefined ? c.req.header("sec-fetch-site") === "same-origin" : origin === ownOrigin;
}

export const allowMethods: MiddlewareHandler = async (c, next) => {
  if (["GET", "HEAD", "POST"].includes(c.req.method)) return next();
  return c.text("This method isn't allowed here.\n", 405, { Allow: "GET, HEAD, POST" });
};

/**
 * Only our own scripts and styles run, and no other site may frame a page (CSP level 3). Articles' pictures come from
 * their publishers, without a referrer. A page with another policy, such as a preview, sets its own. The referrer is
 * sent only to our own site; without any, browsers would send forms with `Origin: null`.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' https:",
  "connect-src 'self'",
  "frame-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join("; ");

const headers = {
  "Content-Security-Policy": contentSecurityPolicy,
  "Referrer-Policy": "same-origin",
  "Cache-Control": "no-store",
  "X-Content-Type-Options": "nosniff",
  "X-Robots-Tag": "noindex",
  "Strict-Transport-Security": "max-age=31536000",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
  "Cross-Origin-Opener-Policy": "same-origin",
} as const;

export const guardHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  for (const [name, value] of Object.entries(headers)) if (!c.res.headers.has(name)) c.res.headers.set(name, value);
};
