import type { IncomingMessage, ServerResponse } from "node:http";

/**
 * Clients of a local server. `programs`: AWS clients, which don't send a browser's headers. `pages`: also browsers, on
 * the server's own pages. `anyone`: also browsers on other sites, for what any site may send, such as a form to
 * subscribe.
 */
type Visitors = "programs" | "pages" | "anyone";

const loopbackHost = /^(127\.0\.0\.1|\[::1\]|([a-z0-9-]+\.)*localhost)(:\d+)?$/i;

/**
 * Why a request to a server of the local system is refused, or undefined. Every web page that a developer opens can
 * send requests to their machine; none of them may read or change what is on it.
 *
 * - Host: only names of this machine. A stranger's domain that resolves to 127.0.0.1 (DNS rebinding) is not one.
 * - Origin: only the server's own. Chromium sends `null` with forms of pages that have `Referrer-Policy: no-referrer`;
 *   that is accepted only where the browser itself calls the request same-origin.
 * - Sec-Fetch-Site (https://www.w3.org/TR/fetch-metadata/): pages of other sites may link here and nothing else.
 */
export function refusalOf(request: IncomingMessage, visitors: Visitors): string | undefined {
  const { host = "", origin } = request.headers;
  const site = headerOf(request, "sec-fetch-site");
  if (!loopbackHost.test(host))
    return "Unknown Host. The local system answers to 127.0.0.1 and localhost only: open it by one of these names.";
  if (visitors === "anyone") return undefined;
  if (visitors === "programs" && (origin !== undefined || site !== undefined))
    return "Refused: this address is for AWS clients, not for web pages.";
  if (origin !== undefined && origin !== `http://${host}` && !(origin === "null" && site === "same-origin"))
    return "Refused: a page of another origin sent this request. Use the local system's own pages.";
  if (site === "cross-site" && !isLink(request))
    return "Refused: a page of another site sent this request. Use the local system's own pages.";
  return undefined;
}

/** Whether a person followed a link; the linking page can't read the answer. */
const isLink = (request: IncomingMessage): boolean =>
  request.method === "GET" &&
  headerOf(request, "sec-fetch-mode") === "navigate" &&
  headerOf(request, "sec-fetch-dest") === "document";

/**
 * A request's path and query. A target such as `//[` isn't an address that can be resolved against another, and one such
 * as `*` isn't a path, so neither may reach a parser that throws.
 */
export const requestUrl = ({ url = "/" }: Pick<IncomingMessage, "url">): URL =>
  new URL(url.startsWith("/") ? `http://localhost${url}` : "http://localhost/*");

const headerOf = ({ headers }: IncomingMessage, name: string): string | undefined => headers[name]?.toString();

/** Whether a request comes from a form or a script that subscribes readers on another site. */
export const isPublicForm = ({ method = "" }: IncomingMessage, { pathname }: URL): boolean =>
  ["POST", "OPTIONS"].includes(method) && /^\/([^/]+\/subscribe|api\/[^/]+\/subscribers)\/?$/.test(pathname);

/** Answers a refused request. @returns whether it was refused. */
export function refuse(request: IncomingMessage, response: ServerResponse, visitors: Visitors): boolean {
  const message = refusalOf(request, visitors);
  if (message === undefined) return false;
  // The body isn't read, so the connection can't be reused.
  response.writeHead(403, { "content-type": "application/json", connection: "close" });
  response.end(`${JSON.stringify({ message })}\n`);
  return true;
}
