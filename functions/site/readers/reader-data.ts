import type { Hono } from "hono";
import { sitePaths } from "#domain/site-paths.ts";
import { readerDataPage } from "#templates/pages/reader-data-page.ts";
import { stepPage } from "#templates/pages/subscribe-pages.ts";
import { readerWordsFor } from "#templates/reader-words.ts";
import {
  type DataLink,
  eraseByToken,
  type ReaderDataPorts,
  readerDataByToken,
} from "#usecases/audience/reader-data.ts";
import { type LookPorts, lookOf, newsletterAt, param, type SiteContext, type SiteEnvironment } from "../look.ts";

export type DataPorts = LookPorts & ReaderDataPorts;

/** The page of a reader's stored data. Its link is mailed, so only the owner of the address has it. */
export function addReaderData(app: Hono<SiteEnvironment>, ports: DataPorts): void {
  app.get(sitePaths.data(":token"), async (c) => dataPage(ports, c, await readerDataByToken(ports, param(c, "token"))));
  app.get(sitePaths.dataFile(":token"), async (c) => {
    const found = await readerDataByToken(ports, param(c, "token"));
    if (found.state !== "valid") return dataPage(ports, c, found);
    const file = { "Content-Disposition": 'attachment; filename="data.json"', "Content-Type": "application/json" };
    return c.body(`${JSON.stringify(found.data, null, 2)}\n`, 200, file);
  });
  app.get(sitePaths.erase(":token"), (c) => c.redirect(sitePaths.data(param(c, "token"))));
  app.post(sitePaths.erase(":token"), async (c) =>
    dataPage(ports, c, { state: await eraseByToken(ports, param(c, "token")) }),
  );
}

function dataPage(ports: DataPorts, c: SiteContext, found: DataLink) {
  const token = param(c, "token");
  const first = Object.keys(ports.config.newsletters)[0] ?? "";
  const look = lookOf(ports, c, found.state === "valid" ? found.newsletter : first, sitePaths.data(token));
  const words = readerWordsFor(look.language);
  if (found.state === "erased") return c.html(stepPage({ ...look, path: undefined }, words.erased));
  if (found.state !== "valid") return c.html(stepPage(look, words.dataExpired), found.state === "forged" ? 404 : 410);
  const { address, subscriptions } = found.data;
  return c.html(
    readerDataPage(look, {
      address,
      timeZone: newsletterAt(ports.config, found.newsletter)?.timeZone ?? "UTC",
      preferencesUrl: sitePaths.preferences(found.token),
      downloadUrl: sitePaths.dataFile(token),
      eraseAction: sitePaths.erase(token),
      subscriptions: subscriptions.map(({ newsletter, subscriber, history }) => ({
        title: newsletterAt(ports.config, newsletter)?.title ?? newsletter,
        status: subscriber.status,
        since: subscriber.addedAt,
        history,
      })),
    }),
  );
}
