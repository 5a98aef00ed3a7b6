import { readFileSync } from "node:fs";
import { json, type Reply, type Request, text } from "../http.ts";
import type { Simulator } from "../simulator.ts";
import type { Html } from "./html.ts";
import { listPane } from "./list.ts";
import { answerMessages } from "./messages.ts";
import { page } from "./page.ts";
import { type Found, matching, type Shelf } from "./shelf.ts";
import { readTab, type Shown } from "./shown.ts";
import { emptyPane, messagePane } from "./view.ts";

/** Everything from this origin, no inline script or style; the email's own frame has a policy of its own. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; " +
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
  const words = request.query.get("q") ?? "";
  const found = shelf.search(words);
  const id = /^\/(?:parts\/)?message\/([\w-]+)$/.exec(path)?.[1];
  const message = id === undefined ? undefined : ses.store.get(id);
  if (id !== undefined && message === undefined)
    return path.startsWith("/parts/") ? gone() : pageReply(ses, shelf, found, words, undefined, 404);
  const newest = found[0]?.first;
  const open = message ?? (path === "/" ? newest : undefined);
  const shown = open && show(ses, shelf, open, words, readTab(request.query.get("tab")));
  if (path === "/parts/list")
    return htmlReply(listPane(found, words, request.query.get("open"), shelf.count(), ses.now()));
  if (path.startsWith("/parts/message/") && shown) return htmlReply(messagePane(shown));
  if (path === "/" || path.startsWith("/message/"))
    return pageReply(ses, shelf, found, words, shown, 200, id !== undefined);
  return text(404, "Nothing here. The inbox is at /, its mail as JSON at /messages.\n");
}

function show(
  ses: Simulator,
  shelf: Shelf,
  message: NonNullable<ReturnType<Simulator["store"]["get"]>>,
  words: string,
  tab: Shown["tab"],
): Shown {
  const group = shelf.groupOf(message);
  const found = group ? matching(group, words.trim().toLowerCase()) : [];
  const copies = found.includes(message) ? found : (group?.copies ?? [message]);
  return { message, copies, content: ses.store.content(message.call.content), region: ses.account.region, words, tab };
}

function pageReply(
  ses: Simulator,
  shelf: Shelf,
  found: Found[],
  words: string,
  shown: Shown | undefined,
  status: number,
  chosen = false,
): Reply {
  const list = listPane(found, words, shown?.message.entry.id ?? null, shelf.count(), ses.now());
  const pane = shown ? messagePane(shown) : emptyPane(shelf.count(), status === 404);
  return htmlReply(page({ list, pane, words, count: shelf.count(), chosen }), status);
}

const gone = () => json(404, { message: "No such message." });

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

/** Read at each request: a few small files, and whoever works on them sees a change at once. */
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
