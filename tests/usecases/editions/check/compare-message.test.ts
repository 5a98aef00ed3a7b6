import { describe, expect, test } from "vitest";
import type { RenderedEmail } from "#domain/edition/edition.ts";
import { mime } from "#local/ses/mail/mime.ts";
import { fill, readerValues } from "#templates/email/digest.ts";
import { articles } from "../../../testing/editions/edition-fixtures.ts";
import { system, value } from "../../../testing/editions/editions-system.ts";

const news = () => articles(40, (n) => ({ sourceId: ["gazette", "herald", "courier", "mercury"][n % 4] ?? "gazette" }));
const key = { newsletter: "daily", date: "2026-11-23" };
const unsubscribeUrl = "https://news.example/unsubscribe/k1.a-token_of-a-reader";
const list = [
  { name: "List-Unsubscribe", value: "<https://news.example/one-click/k1.a-token_of-a-reader>" },
  { name: "List-Unsubscribe-Post", value: "List-Unsubscribe=One-Click" },
  { name: "List-Id", value: "Daily <daily.news.example>" },
  { name: "List-Archive", value: "<https://news.example/daily>" },
];

/** An edition of two revisions, and its message as SES makes it for one reader. */
async function sent() {
  const app = system(news());
  value(await app.build());
  value(await app.decide({ do: "rewrite", story: "2", title: "Braces {in} a headline, naïvely \\{told}" }));
  const emailOf = async (rev: number): Promise<RenderedEmail> => {
    const revision = await app.editions.revision(key, rev);
    if (revision === undefined) throw new Error("no revision");
    return revision.email;
  };
  const messageOf = (email: RenderedEmail, url = unsubscribeUrl, headers = list) => {
    const { subject, html, text } = fill(email, readerValues({ unsubscribeUrl: url }));
    const all = [{ name: "To", value: "ann@reader.example" }, { name: "Subject", value: subject }, ...headers];
    return Buffer.from(mime(all, { html, text }, "boundary"), "utf8").toString("latin1");
  };
  const check = async (message: string) => value(await app.ports.check({ ...key, links: false, message })).message;
  return { emailOf, messageOf, check };
}

describe("a message", () => {
  test("is the edition, to the byte, whichever reader's values were in it", async () => {
    const { emailOf, messageOf, check } = await sent();
    expect(await check(messageOf(await emailOf(2)))).toMatchObject({ rev: 2, differs: [], findings: [] });
    expect(await check(messageOf(await emailOf(2), "https://news.example/unsubscribe/other"))).toMatchObject({
      rev: 2,
    });
  });

  test("is known as an older revision", async () => {
    const { emailOf, messageOf, check } = await sent();
    expect(await check(messageOf(await emailOf(1)))).toMatchObject({ rev: 1, differs: ["html", "text"] });
  });

  test("is none of them when a letter was changed on its way", async () => {
    const { emailOf, messageOf, check } = await sent();
    const email = await emailOf(2);
    const changed = { ...email, html: email.html.replace("</h1>", ".</h1>") };
    expect(await check(messageOf(changed))).toMatchObject({ rev: null, differs: ["html"] });
    expect(await check("not a message")).toMatchObject({ rev: null });
  });

  test("that was sent as a test is the edition too", async () => {
    const { emailOf, messageOf, check } = await sent();
    const email = await emailOf(2);
    const test = { ...email, subject: `[TEST] ${email.subject}` };
    expect(await check(messageOf(test, "https://news.example/unsubscribe"))).toMatchObject({ rev: 2, differs: [] });
  });

  test("shows what only a sent message can: its headers, its parts and their charsets, its reader's address", async () => {
    const { emailOf, messageOf, check } = await sent();
    const good = messageOf(await emailOf(2));
    const points = async (message: string) => (await check(message))?.findings.map(({ point }) => point);
    expect(await points(messageOf(await emailOf(2), unsubscribeUrl, [...list, ...list.slice(2, 3)]))).toEqual(["B3"]);
    expect(await points(good.replace("charset=UTF-8", "charset=ISO-8859-1"))).toEqual(["B4"]);
    expect(await points(good.replace("text/plain", "text/enriched"))).toEqual(["B4"]);
    const email = await emailOf(2);
    expect(await points(messageOf({ ...email, text: `${email.text}\nFor ann@reader.example\n` }))).toEqual(["B35"]);
  });
});
