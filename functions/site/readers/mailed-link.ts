import { sitePaths } from "#domain/site-paths.ts";
import { stepPage } from "#templates/pages/subscribe-pages.ts";
import { readerWordsFor } from "#templates/reader-words.ts";
import { type LookPorts, lookOf, type SiteContext, urlOf } from "../look.ts";

type Found =
  | { state: "forged" }
  | { state: "expired"; newsletter: string | undefined }
  | { state: "waiting" | "subscribed" | "moved"; newsletter: string; address: string };

/** Pages of a mailed link: its question, the outcome, or why the link doesn't work and what helps. */
export function mailedLinkPage(
  ports: LookPorts,
  c: SiteContext,
  path: string,
  found: Found,
  { ask, done }: { ask: "confirm" | "move"; done: "subscribed" | "moved" },
) {
  const first = Object.keys(ports.config.newsletters)[0] ?? "";
  const newsletter = found.state === "forged" ? first : (found.newsletter ?? first);
  const look = lookOf(ports, c, newsletter, path);
  const words = readerWordsFor(look.language);
  const link = { url: urlOf(ports, sitePaths.subscribe(newsletter)), label: words.subscribe };
  if (found.state === "forged") return c.html(stepPage(look, { ...words.badConfirm, link }), 404);
  if (found.state === "expired") return c.html(stepPage(look, { ...words.expired, link }), 410);
  const { address } = found;
  if (found.state === done) return c.html(stepPage(look, { ...words[done], address }));
  const { title, text, button } = words[ask];
  return c.html(stepPage(look, { title, text, address, button: { action: path, label: button } }));
}
