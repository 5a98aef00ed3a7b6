import { expect, test } from "vitest";
import { readReceived, sentinel } from "./trial/received-mail.ts";

const site = "https://d111.cloudfront.example";

const quoted = (text: string) =>
  [...Buffer.from(text, "utf8")]
    .map((byte) =>
      byte > 126 || byte === 61 ? `=${byte.toString(16).toUpperCase().padStart(2, "0")}` : String.fromCharCode(byte),
    )
    .join("");

/** A received mail, with changes to its lines. */
const mail = (changes: { headers?: string[]; html?: string } = {}) =>
  [
    ...(changes.headers ?? [
      "DKIM-Signature: v=1; a=rsa-sha256; d=harbour.example;",
      " h=From:To:Subject:List-Unsubscribe:List-Unsubscribe-Post; b=abc",
      `List-Unsubscribe: <${site}/one-click/k1.trial.0>`,
      "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
    ]),
    "Content-Type: multipart/alternative; boundary=b",
    "",
    "--b",
    "Content-Type: text/html; charset=UTF-8",
    "Content-Transfer-Encoding: quoted-printable",
    "",
    quoted(`<p>${sentinel}</p><a href="${site}/trial">Archive</a>${changes.html ?? ""}`),
    "--b--",
  ].join("\r\n");

const refuted = (source: string) =>
  readReceived(source, site)
    .filter(({ holds }) => !holds)
    .map(({ what }) => what);

test("a mail that arrived as it was sent has nothing against it", () => {
  expect(readReceived(mail(), site)).toHaveLength(6);
  expect(refuted(mail())).toEqual([]);
});

test("lost or unsigned headers are named", () => {
  expect(refuted(mail({ headers: ["Subject: Trial"] }))).toEqual([
    expect.stringContaining("List-Unsubscribe leads to"),
    expect.stringContaining("List-Unsubscribe-Post"),
    expect.stringContaining("DKIM"),
  ]);
});

test("a lost charset, tracked links and a pixel are named", () => {
  expect(refuted(mail().replace("=C3=BC", "?"))).toEqual([expect.stringContaining("alphabets")]);
  expect(refuted(mail({ html: '<a href="https://x.awstrack.me/L0/1">Archive</a>' }))).toHaveLength(1);
  expect(refuted(mail({ html: '<img src="https://x.example/o.gif" width="1" height="1">' }))).toHaveLength(1);
});
