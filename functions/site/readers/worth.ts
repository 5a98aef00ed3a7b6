import type { Hono } from "hono";
import { WorthAnswer } from "#domain/edition/worth.ts";
import { sitePaths } from "#domain/site-paths.ts";
import { stepPage } from "#templates/pages/subscribe-pages.ts";
import { worthPage } from "#templates/pages/worth-page.ts";
import { readerWordsFor } from "#templates/reader-words.ts";
import { answerWorthByToken, type WorthPorts, worthLinkByToken } from "#usecases/audience/answer-worth.ts";
import { type LookPorts, lookOf, param, type SiteContext, type SiteEnvironment } from "../look.ts";
import type { ShowMessage } from "../message.ts";

export type WorthPagePorts = LookPorts & WorthPorts;

/** The page for an email's two feedback links. Only the buttons count, because scanners open every link. */
export function addWorth(app: Hono<SiteEnvironment>, ports: WorthPagePorts, showMessage: ShowMessage): void {
  const path = sitePaths.worth(":token", ":date", ":answer");
  app.get(sitePaths.sampleWorth, (c) => showMessage(c, "sample", 200));
  app.get(path, async (c) => {
    const [token, date, answer] = [param(c, "token"), param(c, "date"), param(c, "answer")];
    const link = await worthLinkByToken(ports, token, date);
    if (link === undefined || !WorthAnswer.safeParse(answer).success) return showMessage(c, "badLink", 404);
    const look = lookOf(ports, c, link.newsletter, sitePaths.worth(token, date, answer));
    const words = readerWordsFor(look.language).worth;
    if (link.state === "closed") return c.html(stepPage(look, words.closed), 410);
    return c.html(
      worthPage(look, {
        date,
        first: answer === "no" ? "no" : "yes",
        actions: { yes: sitePaths.worth(token, date, "yes"), no: sitePaths.worth(token, date, "no") },
      }),
    );
  });
  app.post(path, (c) => count(ports, c, showMessage));
}

async function count(ports: WorthPagePorts, c: SiteContext, showMessage: ShowMessage) {
  const [token, date] = [param(c, "token"), param(c, "date")];
  const answer = WorthAnswer.safeParse(param(c, "answer"));
  const counted = answer.success ? await answerWorthByToken(ports, { token, date, answer: answer.data }) : undefined;
  if (counted === undefined) return showMessage(c, "badLink", 404);
  const look = lookOf(ports, c, counted.newsletter);
  const words = readerWordsFor(look.language).worth;
  if (counted.state === "closed") return c.html(stepPage(look, words.closed), 410);
  return c.html(stepPage(look, counted.state === "counted" ? words.thanks : words.again));
}
