import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Folder } from "../folder.ts";
import { requestUrl } from "../guard.ts";
import {
  dateOf,
  escapeXml,
  feedOf,
  feedPath,
  htmlOf,
  picturePath,
  pieceAt,
  piecesOf,
  type Shelf,
  samplesPath,
} from "./feeds.ts";
import { reached, readSamples } from "./note.ts";
import { type OutletId, outletIds, outlets, type PictureName, type Piece, pictureNames } from "./outlets.ts";

export { samplesPath } from "./feeds.ts";

const startedAt = Date.now();

type Page = { status: number; title: string; body: string };

/** Serves the invented outlets: each one's feed, with conditional GET, and a page for each article. */
export function serveSamples(folder: Folder, request: IncomingMessage, response: ServerResponse): void {
  const path = requestUrl(request).pathname;
  const shelf = shelfOf(folder, request);
  const outlet = outletIds.find((id) => path === feedPath(id));
  const picture = pictureNames.find((name) => path === picturePath(name));
  if (outlet !== undefined) sendFeed(outlet, shelf, request, response);
  else if (picture !== undefined) response.writeHead(200, { "content-type": "image/png" }).end(pictureFile(picture));
  else sendPage(pageAt(path.slice(samplesPath.length), shelf), response);
}

const pictureFile = (name: PictureName) => readFileSync(new URL(`./pictures/${name}.png`, import.meta.url));

function pageAt(path: string, shelf: Shelf): Page {
  const [id = "", slug = ""] = path.split("/");
  const piece = pieceAt(id, slug);
  if (piece !== undefined) return { status: 200, title: piece.title, body: article(piece, shelf) };
  const known = outletIds.find((other) => other === id && slug === "");
  if (known !== undefined) return { status: 200, title: outlets[known].title, body: frontPage(known, shelf) };
  if (path === "") return { status: 200, title: "Sample sources", body: allOutlets() };
  return { status: 404, title: "Not found", body: "<h1>Not found</h1><p>No invented outlet has printed this.</p>" };
}

function shelfOf(folder: Folder, request: IncomingMessage): Shelf {
  const note = readSamples(folder);
  const site = note?.site ?? `http://${request.headers.host ?? "127.0.0.1"}`;
  return { anchor: note?.anchor ?? startedAt, released: note === undefined || reached(note, "released"), site };
}

function sendFeed(id: OutletId, shelf: Shelf, request: IncomingMessage, response: ServerResponse): void {
  const { type, body } = feedOf(id, shelf);
  const etag = `"${createHash("sha256").update(body).digest("hex").slice(0, 16)}"`;
  if (request.headers["if-none-match"] === etag) response.writeHead(304, { etag }).end();
  else response.writeHead(200, { "content-type": type, etag, "cache-control": "no-cache" }).end(body);
}

const article = (
  piece: Piece,
  shelf: Shelf,
) => `<p class="kicker">${escapeXml(outlets[piece.in].title)} · ${escapeXml(piece.section)}</p>
<h1>${escapeXml(piece.title)}</h1>
<p class="by">${piece.by === undefined ? "" : `${escapeXml(piece.by)} · `}<time>${dateOf(piece, shelf.anchor).toUTCString()}</time></p>
${htmlOf(piece, "")}`;

const frontPage = (id: OutletId, shelf: Shelf) => `<h1>${escapeXml(outlets[id].title)}</h1>
<p>${escapeXml(outlets[id].about)} · <a href="${feedPath(id)}">feed</a></p>
<ul>${piecesOf(id, shelf)
  .map((piece) => `<li><a href="${samplesPath}${id}/${piece.slug}">${escapeXml(piece.title)}</a></li>`)
  .join("\n")}</ul>`;

const allOutlets = () => `<h1>Sample sources</h1>
<ul>${outletIds.map((id) => `<li><a href="${samplesPath}${id}">${escapeXml(outlets[id].title)}</a></li>`).join("\n")}</ul>`;

function sendPage({ status, title, body }: Page, response: ServerResponse): void {
  response.writeHead(status, { "content-type": "text/html; charset=utf-8" }).end(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeXml(title)}</title>
<style>
  :root { color-scheme: light dark; }
  body { font: 1.1rem/1.6 Georgia, serif; max-width: 38rem; margin: 3rem auto; padding: 0 1.25rem; }
  img { width: 100%; height: auto; }
  h1 { font-size: 1.9rem; line-height: 1.2; text-wrap: balance; }
  .kicker, .by, footer { font: 0.85rem/1.5 system-ui, sans-serif; opacity: 0.75; }
  footer { border-top: 1px solid; margin-top: 3rem; padding-top: 0.75rem; }
</style>
${body}
<footer>Invented news from an invented place, served by this machine for a first edition.</footer>
</html>
`);
}
