import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetAccountCommand } from "@aws-sdk/client-sesv2";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { decodedText, unquoted } from "#adapters/email-reading/decoding.ts";
import { readMime } from "#adapters/email-reading/mime.ts";
import { encodedText, headerLine, quotedPrintable } from "#local/ses/mail/encoding.ts";
import { mime } from "#local/ses/mail/mime.ts";
import { startSes } from "#local/ses/start.ts";
import { createPace } from "#local/ses/state/pace.ts";
import { bulk, entryTo, readers, startTrial } from "../ses-client.ts";

const text = fc.string({ unit: "grapheme", maxLength: 300 });

describe("the encodings of mail", () => {
  it("quoted-printable keeps every character, in lines of at most 76 ASCII characters", () => {
    fc.assert(
      fc.property(text, (given) => {
        const encoded = quotedPrintable(given);
        expect(unquoted(encoded).toString("utf8")).toBe(given.replaceAll(/\r\n|\r|\n/g, "\r\n"));
        for (const line of encoded.split("\r\n")) {
          expect(line).toMatch(/^[\t\x20-\x7e]{0,76}$/);
          expect(line).not.toMatch(/[ \t]$/);
        }
      }),
    );
  });

  it("encoded words keep every character of a header, in words of at most 75", () => {
    fc.assert(
      fc.property(text, (given) => {
        const single = given.replaceAll(/[\r\n]+/g, " ");
        const encoded = encodedText(given);
        expect(encoded).toMatch(/^[\x20-\x7e]*$/);
        expect(decodedText(encoded)).toBe(single);
        if (encoded.startsWith("=?"))
          for (const word of encoded.split(" ")) expect(word.length).toBeLessThanOrEqual(75);
      }),
    );
  });

  it("folded headers unfold to what they were", () => {
    const value = Array.from({ length: 40 }, (_, at) => `word${at}`).join(" ");
    const line = headerLine("X-Long", value);
    expect(Math.max(...line.split("\r\n").map(({ length }) => length))).toBeLessThanOrEqual(78);
    expect(line.replaceAll(/\r\n(?=[ \t])/g, "")).toBe(`X-Long: ${value}`);
  });

  it("a whole message reads back as it was written", () => {
    fc.assert(
      fc.property(text, text, text, (subject, html, plain) => {
        const headers = [{ name: "Subject", value: encodedText(subject) }];
        const read = readMime(mime(headers, { html, text: plain }, "boundary"));
        const unix = (value: string | null) => value?.replaceAll(/\r\n|\r/g, "\n").replace(/\n$/, "");
        expect(unix(read.html)).toBe(unix(html));
        expect(unix(read.text)).toBe(unix(plain));
        expect(read.headers[0]?.value.trim()).toBe(subject.replaceAll(/[\r\n]+/g, " ").trim());
      }),
      { numRuns: 50 },
    );
  });
});

describe("pace", () => {
  const limits = { rate: 10, quota: 100, burstSeconds: 1 };

  it("lets its rate pass indefinitely, and no more", () => {
    const pace = createPace();
    let passed = 0;
    for (let ms = 0; ms < 60_000; ms += 10) {
      if (pace.refusal({ ...limits, quota: -1 }, 1, ms) !== null) continue;
      pace.count(1, ms);
      passed++;
    }
    expect(passed).toBeGreaterThanOrEqual(600);
    expect(passed).toBeLessThanOrEqual(611);
  });

  it("frees the quota as the sends of a day ago leave it, not at midnight", () => {
    const pace = createPace();
    const start = Date.UTC(2026, 0, 1, 23, 59);
    const hour = 3_600_000;
    const wide = { ...limits, rate: 1000 };
    pace.count(60, start);
    pace.count(40, start + 2 * hour);
    expect(pace.refusal(wide, 1, start + 12 * hour)).toBe("quota");
    expect(pace.refusal(wide, 60, start + 24.01 * hour)).toBe(null);
    expect(pace.refusal(wide, 61, start + 24.01 * hour)).toBe("quota");
    expect(pace.last24Hours(start + 27 * hour)).toBe(0);
  });
});

describe("mail on disk", () => {
  const folders: string[] = [];
  const folder = () => {
    const made = mkdtempSync(join(tmpdir(), "broadsheet-ses-"));
    folders.push(made);
    return made;
  };
  afterEach(() => {
    for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true });
  });

  it("survives a restart, with the quota it used and a line torn by a kill", async () => {
    const dataDir = folder();
    const first = await startTrial({ dataDir });
    const sent = await first.client.send(bulk([entryTo("a@example.org"), entryTo("bounce@simulator.amazonses.com")]));
    await first.stop();
    appendFileSync(join(dataDir, "ses", "mail.jsonl"), '{"v":1,"at":17');
    const second = await startTrial({ dataDir });
    expect((await second.mails()).map(({ id }) => id)).toEqual([sent.BulkEmailEntryResults?.[0]?.MessageId]);
    expect((await second.mail(sent.BulkEmailEntryResults?.[0]?.MessageId)).html).toBe("<p>Hello a@example.org</p>");
    expect((await second.client.send(new GetAccountCommand({}))).SendQuota?.SentLast24Hours).toBe(2);
    await second.client.send(bulk(readers(1)));
    await second.stop();
    const third = await startTrial({ dataDir });
    expect(await third.mails()).toHaveLength(2);
    await third.ask("DELETE", "/messages");
    await third.stop();
    expect(readFileSync(join(dataDir, "ses", "mail.jsonl"), "utf8")).toBe("");
  });

  it("keeps the body of 10,000 copies once", async () => {
    const dataDir = folder();
    const trial = await startTrial({ dataDir, account: { rate: 1_000_000 } });
    for (let call = 0; call < 200; call++) await trial.client.send(bulk(readers(50)));
    const mails = await trial.mails();
    expect(mails).toHaveLength(10_000);
    expect(new Set(mails.map(({ id }) => id)).size).toBe(10_000);
    expect(await trial.mails("?to=reader7@example.org")).toHaveLength(200);
    expect(await trial.mails("?limit=3")).toEqual(mails.slice(0, 3));
    expect(readdirSync(join(dataDir, "ses", "bodies"))).toHaveLength(1);
    await trial.stop();
  });

  it("of another version is refused with what to do", async () => {
    const dataDir = folder();
    await (await startSes({ port: 0, dataDir })).close();
    writeFileSync(join(dataDir, "ses", "version"), "9\n");
    await expect(startSes({ port: 0, dataDir })).rejects.toThrow(/another version.*\(9; this one reads 1\).*delete/s);
  });

  it("tells who holds its port", async () => {
    const one = await startSes({ port: 0 });
    await expect(startSes({ port: one.port })).rejects.toMatchObject({ code: "EADDRINUSE" });
    await one.close();
  });
});

describe("the complete message", () => {
  it("is what a mail client gets: text first, both parts UTF-8, CRLF, every header once", async () => {
    const trial = await startTrial();
    const entry = {
      ...entryTo("ann@example.org"),
      Destination: { ToAddresses: ["=?UTF-8?B?w4RubmU=?= <ann@example.org>"] },
      ReplacementHeaders: [
        { Name: "List-Unsubscribe", Value: `<https://example.com/u/${"x".repeat(200)}>` },
        { Name: "List-Unsubscribe-Post", Value: "List-Unsubscribe=One-Click" },
      ],
    };
    const Template = {
      TemplateContent: { Subject: "Grüße, {{name}} 🗞", Html: "<p>é</p>", Text: "é\nzwei" },
      TemplateData: "{}",
    };
    const sent = await trial.client.send(
      bulk([entry], { DefaultContent: { Template }, ReplyToAddresses: ["re@example.com"] }),
    );
    const answer = await fetch(`${trial.url}/messages/${sent.BulkEmailEntryResults?.[0]?.MessageId}.eml`);
    expect(answer.headers.get("content-type")).toBe("message/rfc822");
    const source = await answer.text();
    await trial.stop();
    expect(source.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    expect(source).toMatch(/^[\r\n\t\x20-\x7e]*$/);
    const names = source.split("\r\n\r\n")[0]?.match(/^[\w-]+(?=:)/gm) ?? [];
    expect(names?.filter((name) => name === "DKIM-Signature")).toHaveLength(2);
    const others = names?.filter((name) => name !== "DKIM-Signature");
    expect(others).toEqual([...new Set(others)]);
    expect(names).toEqual(
      expect.arrayContaining([
        "From",
        "To",
        "Reply-To",
        "Subject",
        "Date",
        "Message-ID",
        "MIME-Version",
        "List-Unsubscribe",
        "List-Unsubscribe-Post",
      ]),
    );
    expect(source.match(/Content-Type: text\/\w+; charset=UTF-8/g)).toEqual([
      "Content-Type: text/plain; charset=UTF-8",
      "Content-Type: text/html; charset=UTF-8",
    ]);
    expect(readMime(source)).toMatchObject({ html: "<p>é</p>", text: "é\nzwei" });
    expect(readMime(source).headers).toContainEqual({ name: "Subject", value: "Grüße, ann@example.org 🗞" });
    expect(readMime(source).headers).toContainEqual({ name: "To", value: "Änne <ann@example.org>" });
  });
});
