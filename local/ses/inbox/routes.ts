import { readFileSync } from "node:fs";
import { json, type Reply, type Request, text } from "../http.ts";
import type { Message } from "../mail/message.ts";
import type { Simulator } from "../simulator.ts";
import type { Html } from "./html.ts";
import { type List, listPane } from "./list.ts";
import { answerMessages } from "./messages.ts";
import { page } from "./page.ts";
import { createPeek } from "./peek.ts";
import { matching, type Shelf } from "./shelf.ts";
import { readTab, type Shown } from "./shown.ts";
import { emptyPane, messagePane } from "./view.ts";

/** Everything from this origin, no inline script or style; the email's own frame has a policy of its own. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; frame-src 'self'; " +
  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const assetTypes: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
};

/**
 * The inbox: pages for people, `/messages` for programs. A page is the same markup whether it comes whole or, for the
 * script that keeps it live, in parts (`/parts/list`, `/parts/message/ID`).
 */
export async function answerInbox(ses: Simulator, shelf: Shelf, request: Request): Promise<Reply> {
  const { path, method } = request;
  if (path === "/messages" || path.startsWith("/messages/")) return answerMessages(ses, shelf, request);
  if (method !== "GET" && method !== "HEAD") return text(405, "GET only.\n");
  if (path.startsWith("/assets/")) return asset(path.slice("/assets/".length));
  if (path === "/fonts/masthead.woff2") return font();
  const words = request.query.get("q") ?? "";
  const list = { found: shelf.search(words), words, count: shelf.count(), now: ses.now(), peek: createPeek(ses.store) };
  if (path === "/parts/list") return htmlReply(listPane({ ...list, open: request.query.get("open") }));
  const id = /^\/(?:parts\/)?message\/([\w-]+)$/.exec(path)?.[1];
  if (path !== "/" && id === undefined)
    return text(404, "Nothing here. The inbox is at /, its mail as JSON at /messages.\n");
  const message = id === undefined ? list.found[0]?.first : ses.store.get(id);
  const shown = message && show(ses, shelf, message, words, readTab(request.query.get("tab")));
  if (path.startsWith("/parts/"))
    return shown ? htmlReply(messagePane(shown)) : json(404, { message: "No such message." });
  return wholePage(list, shown, id);
}

type Unopened = Omit<List, "open">;

/** `id`: the message that was asked for; at `/` none was, and the newest is shown. */
function wholePage(list: Unopened, shown: Shown | undefined, id: string | undefined): Reply {
  const missing = id !== undefined && shown === undefined;
  const pane = shown ? messagePane(shown) : emptyPane(list.count, missing);
  const rows = listPane({ ...list, open: shown?.message.entry.id ?? null });
  const whole = page({ list: rows, pane, words: list.words, count: list.count, chosen: id !== undefined });
  return htmlReply(whole, missing ? 404 : 200);
}

function show(ses: Simulator, shelf: Shelf, message: Message, words: string, tab: Shown["tab"]): Shown {
  const group = shelf.groupOf(message);
  const found = group ? matching(group, words.trim().toLowerCase()) : [];
  const copies = found.includes(message) ? found : (group?.copies ?? [message]);
  return { message, copies, content: ses.store.content(message.call.content), region: ses.account.region, words, tab };
}

const htmlReply = ({ markup }: Html, status = 200): Reply => ({
  status,
  headers: {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": policy,
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
  },
  body: markup,
});

/** Read at each request: a few small files, and a change is seen at the next request. */
function asset(name: string): Reply {
  const type = assetTypes[/^[a-z-]+\.([a-z]+)$/.exec(name)?.[1] ?? ""];
  if (type === undefined) return text(404, "No such file.\n");
  try {
    const body = readFileSync(new URL(`./assets/${name}`, import.meta.url));
    return { status: 200, headers: { "content-type": type, "cache-control": "no-cache" }, body };
  } catch {
    return text(404, "No such file.\n");
  }
}

/** The masthead's face is a file of the project's own packages; without it the page takes the system's serif. */
function font(): Reply {
  try {
    const file = new URL(import.meta.resolve("@fontsource/gelasio/files/gelasio-latin-700-normal.woff2"));
    const headers = { "content-type": "font/woff2", "cache-control": "max-age=86400" };
    return { status: 200, headers, body: readFileSync(file) };
  } catch {
    return text(404, "No such file.\n");
  }
}
