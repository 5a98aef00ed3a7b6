import { json, type Reply, type Request, text } from "../http.ts";
import type { Message } from "../mail/message.ts";
import { headersOf, recipientOf, render, renderMime, senderOf, subjectOf } from "../mail/render.ts";
import type { Simulator } from "../simulator.ts";
import type { Shelf } from "./shelf.ts";
import { reached } from "./shelf.ts";
import { unsubscribe, unsubscribeByMail } from "./unsubscribe.ts";

/**
 * Mail as data.
 *
 * - `GET /messages`: a JSON array, newest first; `?to=ADDRESS` leaves one reader's, `?limit=N` the newest N.
 * - `GET /messages/ID.json|.html|.txt|.eml`: one message; `.json` has the bodies too, `.eml` is the complete MIME.
 * - `DELETE /messages`: empties the inbox.
 * - `POST /messages/ID/unsubscribe`: does what a mail client's unsubscribe button does (RFC 8058).
 * - `POST /messages/ID/unsubscribe-mail`: what one does that only sends mail (RFC 2369).
 *
 * `to` and `from` are plain addresses (several recipients of one message are joined by a comma); display names stand
 * in `headers`, which is an object of decoded values. `tags` is an object, too.
 */
export async function answerMessages(ses: Simulator, shelf: Shelf, request: Request): Promise<Reply> {
  const { method, path } = request;
  if (path === "/messages" && method === "GET") return list(ses, request.query);
  if (path === "/messages" && method === "DELETE") {
    ses.store.clear();
    shelf.clear();
    ses.arrived([]);
    return json(200, []);
  }
  const one = /^\/messages\/([\w-]+)(?:\.(html|txt|eml|json)|\/(unsubscribe|unsubscribe-mail))$/.exec(path);
  const message = one ? ses.store.get(one[1] ?? "") : undefined;
  if (!one || !message) return text(404, "No such message. GET /messages lists them.\n");
  if (one[3] === "unsubscribe" && method === "POST")
    return json(200, await unsubscribe(rendered(ses, message).headers));
  if (one[3] === "unsubscribe-mail" && method === "POST") {
    const reader = { from: recipientOf(message), receive: ses.receive, now: ses.now() };
    return json(200, await unsubscribeByMail(rendered(ses, message).headers, reader));
  }
  return method === "GET" ? body(ses, message, one[2] ?? "json") : text(405, "GET only.\n");
}

const rendered = (ses: Simulator, message: Message) =>
  render(message, ses.store.content(message.call.content), ses.account.region);

function list(ses: Simulator, query: URLSearchParams): Reply {
  const wanted = query.get("to")?.toLowerCase();
  const limit = query.has("limit") ? Number(query.get("limit")) : Number.POSITIVE_INFINITY;
  if (!(limit >= 0)) return json(400, { message: "limit: a number of messages" });
  const chosen = ses.store
    .all()
    .filter((message) => reached(message) && (wanted === undefined || recipientOf(message).toLowerCase() === wanted))
    .reverse()
    .slice(0, limit);
  return json(
    200,
    chosen.map((message) => summary(ses, message)),
  );
}

function summary(ses: Simulator, message: Message) {
  const headers = headersOf(message, ses.store.content(message.call.content), ses.account.region);
  return {
    id: message.entry.id,
    to: recipientOf(message),
    from: senderOf(message),
    subject: subjectOf(message),
    receivedAt: new Date(message.call.at).toISOString(),
    headers: Object.fromEntries(headers.map(({ name, value }) => [name, value])),
    tags: message.entry.tags,
  };
}

/**
 * The email's page runs no scripts, even opened alone, and loads only pictures and fonts. It stays on this origin,
 * because the viewer measures its height; without scripts, it gains no rights.
 */
const emailPolicy =
  "default-src 'none'; img-src * data:; font-src * data:; style-src 'unsafe-inline'; frame-ancestors 'self'; " +
  "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox";

function body(ses: Simulator, message: Message, form: string): Reply {
  if (form === "eml") {
    const mail = renderMime(message, ses.store.content(message.call.content), ses.account.region);
    return { status: 200, headers: { "content-type": "message/rfc822" }, body: mail };
  }
  const { html, text: plain } = rendered(ses, message);
  if (form === "json") return json(200, { ...summary(ses, message), html, text: plain });
  const part = form === "html" ? html : plain;
  if (part === null) return text(404, `This message has no ${form === "html" ? "HTML" : "text"} part.\n`);
  const type = form === "html" ? "text/html" : "text/plain";
  return {
    status: 200,
    headers: { "content-type": `${type}; charset=utf-8`, "content-security-policy": emailPolicy },
    body: part,
  };
}
