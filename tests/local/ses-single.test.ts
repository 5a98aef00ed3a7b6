import { SendEmailCommand } from "@aws-sdk/client-sesv2";
import { afterEach, describe, expect, it } from "vitest";
import { from, simple, startTrial } from "./ses-client.ts";

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
