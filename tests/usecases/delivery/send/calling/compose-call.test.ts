import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { headerOf, readMime } from "#adapters/email-reading/mime.ts";
import { bulkClient, sesBulk } from "#adapters/ses/bulk.ts";
import { verifyToken } from "#domain/audience/tokens/token.ts";
import type { Edition, EditionContent } from "#domain/edition/edition.ts";
import { toInstant } from "#domain/time/instant.ts";
import { type RunningSes, startSes } from "#local/ses/start.ts";
import { renderDigest } from "#templates/email/digest.ts";
import { bulkCallComposer } from "#usecases/delivery/send/calling/compose-call.ts";
import {
  approved,
  config,
  key,
  keys,
  revision,
  siteUrl,
  subscriber,
} from "../../../../testing/delivery/delivery-system.ts";
import { look, plain, usual } from "../../../../testing/editions/editions.ts";

/** The message as a reader's mail program gets it: the sender's own call, put together as SES puts it together. */
let ses: RunningSes;
const client = () =>
  bulkClient({ endpoint: ses.url, region: "us-east-1", credentials: { accessKeyId: "a", secretAccessKey: "b" } });
beforeAll(async () => {
  ses = await startSes({ port: 0 });
});
afterAll(() => ses.close());

async function sourceOf(content: EditionContent, sent = config): Promise<string> {
  const reader = subscriber(1);
  const at = toInstant(1_700_000_000_000);
  const batch = { ...key, group: "0", run: "run", due: at, first: reader.id };
  const call = bulkCallComposer(sent, siteUrl, keys)(approved(), { ...revision, email: renderDigest(content, look) }, [
    { key: batch, attempt: 1, position: 0, subscriber: reader },
  ]);
  if ("problem" in call) throw new Error(call.problem);
  const ours = client();
  const answer = await sesBulk(ours, "broadsheet", 5)(call, () => "go");
  ours.destroy();
  const id = answer.is === "results" ? answer.results[0]?.messageId : undefined;
  return (await fetch(`${ses.url}/messages/${id}.eml`)).text();
}

const said = (text: string): EditionContent => ({
  ...plain,
  subject: text,
  lead: { ...plain.lead, paragraphs: [text] },
  headlines: [],
});

describe("a message", () => {
  test("offers mail after one click, with the same token, where the deployment receives mail", async () => {
    const listOf = async (sent = config) => headerOf(readMime(await sourceOf(plain, sent)).headers, "list-unsubscribe");
    const list = (await listOf({ ...config, inbound: { address: "leave@in.news.example" } })) ?? "";
    const [, oneClick = "", mail = ""] = /^<(https?:[^>]+)>,\s<(mailto:[^>]+)>$/.exec(list) ?? [];
    const url = new URL(mail);
    expect(url.pathname).toBe("leave@in.news.example");
    const token = oneClick.slice(oneClick.lastIndexOf("/") + 1);
    expect(url.searchParams.get("subject")).toBe(`unsubscribe ${token}`);
    expect(verifyToken(keys, "unsubscribe", token)).toMatchObject({ id: subscriber(1).id });
    expect(await listOf()).toMatch(/^<https?:[^>]+>$/);
  });

  test.each([
    ["ASCII alone", said("Tide mill to turn again")],
    ["é alone beyond ASCII", said("Une marée de papier se retire, et le café rouvre")],
    ["Chinese", said("潮汐磨坊将再次转动")],
    ["a whole edition", usual],
  ])("B4: is text first, then HTML, both named UTF-8, and reads back whole: %s", async (_, content) => {
    const source = await sourceOf(content);
    expect(source).toMatch(/^Content-Type: multipart\/alternative;/m);
    expect(source.match(/^Content-Type: text\/.*$/gm)?.map((line) => line.trim())).toEqual([
      "Content-Type: text/plain; charset=UTF-8",
      "Content-Type: text/html; charset=UTF-8",
    ]);
    const { html, text, headers } = readMime(source);
    const paragraph = content.lead.paragraphs[0] ?? "";
    expect(html).toContain(paragraph);
    expect(text?.replace(/\s+/g, "")).toContain(paragraph.replace(/\s+/g, ""));
    expect(headerOf(headers, "subject")).toBe(content.subject);
  });

  test("B1, B3: is from the newsletter, is answered by a person, and has each list header once", async () => {
    const { headers } = readMime(await sourceOf(usual));
    const every = (name: string) =>
      headers.filter((header) => header.name.toLowerCase() === name).map(({ value }) => value);
    expect(every("from")).toEqual(["The Daily Trial <editor@news.example>"]);
    expect(every("reply-to")).toEqual(["editor@news.example"]);
    expect(every("list-unsubscribe")).toEqual([
      expect.stringMatching(/^<https:\/\/news\.example\/one-click\/[\w.-]+>$/),
    ]);
    expect(every("list-unsubscribe-post")).toEqual(["List-Unsubscribe=One-Click"]);
    expect(every("list-id")).toEqual([expect.stringContaining("<daily.news.example>")]);
    expect(every("list-post")).toEqual(["NO"]);
    const names = headers.map(({ name }) => name.toLowerCase());
    expect(names.indexOf("list-unsubscribe-post")).toBe(names.indexOf("list-unsubscribe") + 1);
    expect(every("list-archive")).toEqual(["<https://news.example/daily>"]);
  });

  test("has the List-Id that its edition was made with, or one of its sender where that has none", () => {
    const listIdOf = (edition: Edition) => {
      const call = bulkCallComposer(config, siteUrl, keys)(edition, revision, []);
      return "problem" in call ? call.problem : call.headers.find(({ name }) => name === "List-Id")?.value;
    };
    expect(listIdOf({ ...approved(), listId: "daily.first.example" })).toContain("<daily.first.example>");
    expect(listIdOf(approved())).toContain("<daily.news.example>");
  });

  test("is not tracked: no pixel, no link that is not the story's own, no address of the reader", async () => {
    const { html } = readMime(await sourceOf(usual));
    expect(html).not.toMatch(/<img|awstrack|url\(/);
    const own = [usual.lead.url, ...usual.headlines.map(({ url }) => url), look.archiveUrl, look.editionUrl];
    const links = [...(html ?? "").matchAll(/href="([^"]*)"/g)].map(([, href]) => href?.replaceAll("&amp;", "&"));
    const others = links.filter((href) => !own.includes(href ?? ""));
    expect(others).toEqual([
      expect.stringMatching(/^https:\/\/news\.example\/unsubscribe\/[\w.-]+$/),
      // The reader's own page, by the same token.
      expect.stringMatching(/^https:\/\/news\.example\/unsubscribe\/[\w.-]+\/preferences$/),
      // For readers that it is forwarded to; it names no reader.
      "https://news.example/daily/subscribe",
      `mailto:${look.contact}`,
    ]);
    expect(html).not.toContain(subscriber(1).address);
  });

  test("B36: ends one and the same subscription by its link and by its header", async () => {
    const { headers, html, text } = readMime(await sourceOf(usual));
    const tokens = [html, text, headerOf(headers, "list-unsubscribe")].map(
      (part) => part?.match(/https:\/\/news\.example\/(?:unsubscribe|one-click)\/([\w.-]+)/)?.[1] ?? "",
    );
    const claims = tokens.map((token) => verifyToken(keys, "unsubscribe", token));
    expect(claims).toEqual(Array(3).fill({ newsletter: "daily", id: subscriber(1).id }));
  });
});
