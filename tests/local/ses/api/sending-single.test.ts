import { createHash } from "node:crypto";
import { SendEmailCommand } from "@aws-sdk/client-sesv2";
import { afterEach, describe, expect, it } from "vitest";
import { readMime } from "#adapters/email-reading/mime.ts";
import { from, simple, startTrial } from "../../ses-client.ts";

let trial: Awaited<ReturnType<typeof startTrial>>;
afterEach(() => trial.stop());

describe("a single mail", () => {
  it("is sent as Simple content, which is never a template", async () => {
    trial = await startTrial();
    const { MessageId } = await trial.client.send(simple(["a@example.org"], "Grüße {{x}}"));
    const mail = await trial.mail(MessageId);
    expect(mail).toMatchObject({ subject: "Grüße {{x}}", text: "Hello {{you}}", html: null });
  });

  it("is sent as inline template", async () => {
    trial = await startTrial();
    const Template = { TemplateContent: { Subject: "Hi {{who}}", Text: "{{who}}!" }, TemplateData: '{"who":"Ann"}' };
    const Destination = { ToAddresses: ["a@example.org"] };
    await trial.client.send(new SendEmailCommand({ FromEmailAddress: from, Destination, Content: { Template } }));
    expect((await trial.mails())[0]).toMatchObject({ subject: "Hi Ann" });
  });

  it("is sent as Raw MIME, which is read as a client reads it", async () => {
    trial = await startTrial();
    const Data = Buffer.from(
      [
        "From: =?UTF-8?Q?Zeitung_f=C3=BCr?= <daily@example.com>",
        "To: a@example.org",
        "Subject: =?utf-8?B?R3LDvMOfZQ==?=\r\n =?utf-8?Q?_an_alle?=",
        "Message-ID: <mine@example.com>",
        'Content-Type: multipart/mixed; boundary="outer"',
        "",
        "--outer",
        "Content-Type: multipart/alternative; boundary=inner",
        "",
        "--inner",
        "Content-Type: text/plain; charset=iso-8859-1",
        "Content-Transfer-Encoding: quoted-printable",
        "",
        "Gr=FC=DFe, eine lange=\r\n Zeile",
        "--inner",
        "Content-Type: text/html; charset=utf-8",
        "Content-Transfer-Encoding: base64",
        "",
        Buffer.from("<p>Grüße</p>").toString("base64"),
        "--inner--",
        "--outer--",
      ].join("\r\n"),
    );
    const { MessageId } = await trial.client.send(new SendEmailCommand({ Content: { Raw: { Data } } }));
    const mail = await trial.mail(MessageId);
    expect(mail).toMatchObject({ subject: "Grüße an alle", to: "a@example.org", html: "<p>Grüße</p>" });
    expect(mail.text?.trim()).toBe("Grüße, eine lange Zeile");
    expect(mail.headers["Message-ID"]).toBe(`<${MessageId}@email.amazonses.com>`);
  });
});

describe("what SES and the reader's provider add", () => {
  it("comes above the message's own headers: the path, the checks' results, and two signatures", async () => {
    trial = await startTrial();
    const { MessageId } = await trial.client.send(
      new SendEmailCommand({
        FromEmailAddress: '"Ann <ann@b.example>, \\"Editor\\"" <editor@News.example>',
        Destination: { ToAddresses: ["reader@inbox.example"] },
        Content: {
          Simple: {
            Subject: { Data: "News" },
            Body: { Html: { Data: "<p>News</p>" }, Text: { Data: "News" } },
            Headers: [
              { Name: "List-Unsubscribe", Value: "<https://news.example/one-click/t>" },
              { Name: "List-Unsubscribe-Post", Value: "List-Unsubscribe=One-Click" },
            ],
          },
        },
      }),
    );
    const source = await (await fetch(`${trial.url}/messages/${MessageId}.eml`)).text();
    const { headers } = readMime(source);
    expect(headers.map(({ name }) => name).slice(0, 6)).toEqual([
      ...["Return-Path", "Received", "Authentication-Results", "DKIM-Signature", "DKIM-Signature", "From"],
    ]);
    const every = (wanted: string) => headers.filter(({ name }) => name === wanted).map(({ value }) => value);
    expect(every("From")).toEqual(['"Ann <ann@b.example>, \\"Editor\\"" <editor@News.example>']);
    expect(every("Received")[0]).toMatch(
      /^from a8-1\.smtp-out\.amazonses\.com .* by mx\.inbox\.example .* for <reader@inbox\.example>; /,
    );
    expect(every("Authentication-Results")[0]).toMatch(
      /dkim=pass header\.d=news\.example; .*spf=pass .*dmarc=pass header\.from=news\.example/,
    );
    expect(every("Message-ID")).toEqual([`<${MessageId}@email.amazonses.com>`]);
    const [sender = "", ses = ""] = every("DKIM-Signature");
    expect(sender).toContain("d=news.example");
    expect(sender).toMatch(
      /h=From:To:Subject:Date:Message-ID:List-Unsubscribe:List-Unsubscribe-Post:MIME-Version:Content-Type;/,
    );
    expect(ses).toContain("d=amazonses.com");
    const body = source.slice(source.indexOf("\r\n\r\n") + 4);
    expect(sender).toContain(`bh=${createHash("sha256").update(body).digest("base64")};`);
    expect(Math.max(...source.split("\r\n").map(({ length }) => length))).toBeLessThan(400);
  });
});

describe("the signature", () => {
  it("must be there and younger than five minutes", async () => {
    trial = await startTrial();
    const unsigned = await fetch(`${trial.url}/v2/email/account`);
    expect([unsigned.status, unsigned.headers.get("x-amzn-errortype")]).toEqual([
      403,
      "MissingAuthenticationTokenException",
    ]);
    const old = new Date(Date.now() - 6 * 60_000).toISOString().replaceAll(/[-:]|\.\d+/g, "");
    const headers = { authorization: "AWS4-HMAC-SHA256 Credential=local", "x-amz-date": old };
    const expired = await fetch(`${trial.url}/v2/email/account`, { headers });
    expect(expired.status).toBe(403);
    expect(await expired.text()).toMatch(/"Signature expired: .*5 min\.\)"/);
  });
});
