import { rmSync } from "node:fs";
import { createServer } from "node:http";
import { Temporal } from "temporal-polyfill";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { headerOf, readMime } from "#adapters/email-reading/mime.ts";
import { config } from "#broadsheet.config.ts";
import { emailHash } from "#domain/edition/content/hash.ts";
import { startData } from "#local/data/start.ts";
import { closeServer, listen } from "#local/listen.ts";
import { startQueues } from "#local/queues/start.ts";
import { restorePlaceholders } from "#templates/email/put-back.ts";
import { messages, newFolder, type ReadyLine, startProgram, startUp, until } from "./up-process.ts";

const today = () => Temporal.Now.plainDateISO(config.newsletters.daily?.timeZone);

describe("up with samples", { timeout: 90_000 }, () => {
  const folder = newFolder();
  let up: Awaited<ReturnType<typeof startUp>>;
  let date: string;
  beforeAll(async () => {
    date = today().subtract({ days: 1 }).toString();
    up = await startUp(folder);
  });
  afterAll(async () => {
    await up.end("SIGTERM");
    rmSync(folder, { recursive: true });
  });

  it("sends a full first edition of yesterday to 50 readers, each once", async () => {
    const sent = await until(
      "50 messages",
      () => messages(up.ready),
      (all) => all.length >= 50,
    );
    expect(new Set(sent.map(({ to }) => to)).size).toBe(50);
    expect(sent.every(({ tags }) => tags.edition === date)).toBe(true);
    const { edition } = await up.door("show", { newsletter: "daily", date });
    expect(edition.lead.paragraphs.length).toBeGreaterThan(4);
    expect(edition.headlines).toHaveLength(17);
    expect(edition.headlines.filter(({ alsoIn }) => alsoIn.length > 0).length).toBeGreaterThan(1);
    expect(edition.counts).toMatchObject({ audience: 50 });
  });

  it("gives links that work: every headline's, view in browser and leaving by one click", async () => {
    const [message] = await messages(up.ready);
    const html = await (await fetch(`${up.ready.inbox}/messages/${message?.id}.html`)).text();
    const links = [...html.matchAll(/href="(http:[^"]+)"/g)].map(([, link = ""]) => link.replaceAll("&amp;", "&"));
    expect(links.length).toBeGreaterThan(18);
    const answers = await Promise.all([...new Set(links)].map(async (link) => [link, (await fetch(link)).status]));
    expect(answers.filter(([, status]) => status !== 200)).toEqual([]);
    const oneClick = /<(http[^>]+)>/.exec(message?.headers["List-Unsubscribe"] ?? "")?.[1] ?? "";
    const body = new URLSearchParams({ "List-Unsubscribe": "One-Click" });
    expect((await fetch(oneClick, { method: "POST", body })).status).toBe(200);
    const shown = await up.door("subscriber show", { newsletter: "daily", address: message?.to ?? "" });
    expect(shown.subscriber.status).toBe("left");
  });

  it("mails the bytes whose hash the edition shows: each message has it, its reader's own values put back", async () => {
    const { edition } = await up.door("show", { newsletter: "daily", date });
    const hashes = (await messages(up.ready)).slice(0, 5).map(async ({ id }) => {
      const source = await (await fetch(`${up.ready.inbox}/messages/${id}.eml`)).arrayBuffer();
      const { headers, html, text } = readMime(Buffer.from(source).toString("latin1"));
      const unsubscribeUrl = /https?:\/\/\S+\/unsubscribe\/\S+/.exec(text ?? "")?.[0] ?? "";
      const email = { subject: headerOf(headers, "subject") ?? "", html: html ?? "", text: text ?? "" };
      return emailHash(restorePlaceholders(email, { unsubscribeUrl }));
    });
    expect(new Set(await Promise.all(hashes))).toEqual(new Set([edition.hash]));
  });

  it("holds back enough news for today: a lead and 17 headlines, none of them of yesterday", async () => {
    const { edition: yesterday } = await up.door("show", { newsletter: "daily", date });
    const { edition } = await up.door("build", { newsletter: "daily" });
    expect(edition.date).toBe(today().toString());
    expect(edition.lead.paragraphs.length).toBeGreaterThan(4);
    expect(edition.headlines).toHaveLength(17);
    const old = new Set(yesterday.headlines.map(({ title }) => title));
    expect(edition.headlines.filter(({ title }) => old.has(title))).toEqual([]);
  });

  it("ends cleanly, and a restart keeps its addresses, sends nothing again and still can send", async () => {
    const before = await messages(up.ready);
    expect(await up.end("SIGTERM")).toBe(0);
    expect(up.stdout().trim().split("\n")).toHaveLength(1);
    const old: ReadyLine = up.ready;
    up = await startUp(folder);
    expect(up.ready).toEqual(old);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(await messages(up.ready)).toEqual(before);
    await up.door("send", { newsletter: "daily" });
    const all = await until(
      "today's edition",
      () => messages(up.ready),
      ({ length }) => length >= 99,
    );
    expect(all).toHaveLength(99);
  });
});

describe("up --empty", { timeout: 60_000 }, () => {
  const folder = newFolder();
  const programs: Awaited<ReturnType<typeof startUp>>[] = [];
  const start = async (...args: Parameters<typeof startUp>) => {
    const up = await startUp(...args);
    programs.push(up);
    return up;
  };
  afterEach(async () => {
    await Promise.all(programs.splice(0).map((up) => up.end("SIGTERM")));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("has the newsletter and nothing else, and prints one line", async () => {
    const up = await start(folder, ["--empty"]);
    expect((await up.door("source list", {})).sources).toEqual([]);
    expect((await up.door("subscriber list", { newsletter: "daily" })).subscribers).toEqual([]);
    expect((await up.door("list", { newsletter: "daily" })).editions).toEqual([]);
    expect(await messages(up.ready)).toEqual([]);
    expect(await up.end("SIGINT")).toBe(0);
    expect(up.stdout().trim().split("\n")).toHaveLength(1);
    expect(up.stderr()).toBe("");
  });

  it("says of given endpoints what is wrong with them, and ends", async () => {
    const other = newFolder();
    const run = (env: Record<string, string>) =>
      startProgram(["cli/broadsheet.ts", "up", "--empty", "--port", "0", "--data", other], env);
    const wrong = run({ AWS_ENDPOINT_URL_SESV2: "nonsense" });
    expect(await wrong.ended).toBe(1);
    expect(wrong.stderr()).toMatch(/AWS_ENDPOINT_URL_SESV2=nonsense is not an address/);
    const dead = run({ AWS_ENDPOINT_URL_DYNAMODB: "http://127.0.0.1:1" });
    expect(await dead.ended).toBe(1);
    expect(dead.stderr()).toMatch(/AWS_ENDPOINT_URL_DYNAMODB=http:.*nothing answers there/);
    rmSync(other, { recursive: true });
  });

  it("refuses a folder that is in use and a port that is taken, in words", async () => {
    const up = await start(folder, ["--empty"]);
    const run = (...args: string[]) => startProgram(["cli/broadsheet.ts", "up", "--empty", ...args]);
    const second = run("--port", "0", "--data", folder);
    expect(await second.ended).toBe(1);
    expect(second.stderr()).toMatch(/already runs on .*--data/);
    const other = newFolder();
    const third = run("--port", new URL(up.ready.site).port, "--data", other);
    expect(await third.ended).toBe(1);
    expect(third.stderr()).toMatch(/Port \d+ is in use.*--port/);
    const taken = createServer();
    const port = Number(new URL(await listen(taken, 0)).port);
    // Data's port: the queues start beside it, and must not keep the process alive.
    const fourth = run("--port", String(port - 1), "--data", other);
    expect(await fourth.ended).toBe(1);
    expect(fourth.stderr()).toMatch(/Port \d+ is in use.*--port/);
    await closeServer(taken);
    rmSync(other, { recursive: true });
  });

  it("uses an SES it is given, and starts none", async () => {
    const seen: string[] = [];
    const server = createServer((request, response) => {
      seen.push(`${request.method} ${request.url}`);
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
    });
    const sesv2 = await listen(server, 0);
    const up = await start(folder, ["--empty"], { AWS_ENDPOINT_URL_SESV2: sesv2 });
    expect(up.ready.inbox).toBeNull();
    expect(up.ready.endpoints.sesv2).toBe(sesv2);
    await up.door("subscriber add", { newsletter: "daily", addresses: ["reader@example.com"] });
    const text = "One paragraph.\n\nA headline";
    await up.door("draft", { newsletter: "daily", text });
    await up.door("test", { newsletter: "daily", to: "editor@broadsheet.example" }).catch(() => undefined);
    expect(seen.some((line) => line.includes("/v2/email/"))).toBe(true);
    await closeServer(server);
  });

  it("uses a table and queues it is given, and starts none", async () => {
    const [data, queues] = await Promise.all([startData({ port: 0, table: "other" }), startQueues({ port: 0 })]);
    const given = { AWS_ENDPOINT_URL_DYNAMODB: data.url, AWS_ENDPOINT_URL_SQS: queues.url };
    const up = await start(folder, ["--empty"], given);
    expect(up.ready.endpoints).toMatchObject({ dynamodb: data.url, sqs: queues.url });
    expect(new URL(up.ready.queues.feedback).origin).toBe(queues.url);
    await up.door("subscriber add", { newsletter: "daily", addresses: ["reader@example.com"] });
    await up.door("draft", { newsletter: "daily", text: "One paragraph.\n\nA headline" });
    await up.door("send", { newsletter: "daily" });
    await until(
      "the message",
      () => messages(up.ready),
      ({ length }) => length === 1,
    );
    expect(await up.end("SIGTERM")).toBe(0);
    await data.close();
    await queues.close();
  });

  it("lets the fetch guard through to the configured origins, and to no other", async () => {
    const feed = `<rss version="2.0"><channel><title>T</title><link>https://t.example</link><description>d</description>
      <item><title>One thing happened</title><link>https://t.example/1</link></item></channel></rss>`;
    const server = createServer((_request, response) => response.writeHead(200).end(feed));
    const origin = await listen(server, 0);
    const other = createServer((_request, response) => response.writeHead(200).end(feed));
    const refused = await listen(other, 0);
    const up = await start(folder, ["--empty", "--allow-origin", origin]);
    await up.door("source add", { url: `${origin}/feed`, id: "allowed" });
    await expect(up.door("source add", { url: `${refused}/feed`, id: "refused" })).rejects.toThrow("--allow-origin");
    const { reports } = await up.door("ingest", {});
    expect(reports).toMatchObject([{ source: "allowed", outcome: "polled", fresh: 1 }]);
    await closeServer(server);
    await closeServer(other);
  });
});
