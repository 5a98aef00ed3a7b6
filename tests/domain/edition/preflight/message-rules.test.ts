import { describe, expect, test } from "vitest";
import { type Message, messageRules } from "#domain/edition/preflight/message-rules.ts";

const headers = ["List-Unsubscribe", "List-Unsubscribe-Post", "List-Id", "List-Archive"].map((name) => ({
  name,
  value: "x",
}));
const to = { name: "To", value: "Ann Lee <ann@example.com>" };
const message: Message = {
  headers: [...headers, to],
  html: "<p>Hello</p>",
  text: "Hello",
  kinds: [
    { type: "text/plain", charset: "utf-8" },
    { type: "text/html", charset: "UTF-8" },
  ],
};
const found = (change: Partial<Message>) =>
  messageRules({ ...message, ...change }).map((one) => `${one.point} ${one.message}`);

describe("a message as it arrived in an inbox", () => {
  test("is right with each list header once, text before HTML in UTF-8, and no reader's address", () => {
    expect(found({})).toEqual([]);
  });

  test.each<[string, Partial<Message>, string]>([
    [
      "a header twice",
      { headers: [...headers, { name: "list-id", value: "y" }] },
      "B3 The message has 2 List-Id headers, and should have one.",
    ],
    [
      "a header missing",
      { headers: headers.slice(1) },
      "B3 The message has 0 List-Unsubscribe headers, and should have one.",
    ],
    [
      "HTML before text",
      { kinds: message.kinds.toReversed() },
      "B4 The message’s parts are text/html, text/plain, and should be text, then HTML.",
    ],
    ["no parts", { kinds: [] }, "B4 The message’s parts are none, and should be text, then HTML."],
    [
      "another charset",
      {
        kinds: [
          { type: "text/plain", charset: "utf-8" },
          { type: "text/html", charset: "iso-8859-1" },
        ],
      },
      "B4 A part of the message is in iso-8859-1, and Gmail clips it.",
    ],
    [
      "no charset",
      {
        kinds: [
          { type: "text/plain", charset: null },
          { type: "text/html", charset: "utf-8" },
        ],
      },
      "B4 A part of the message is in no charset, and Gmail clips it.",
    ],
    [
      "its reader's address in HTML",
      { html: "<p>ann@example.com</p>" },
      "B35 The message has its reader’s address in it, which a forward would show.",
    ],
    [
      "its reader's address in the text",
      { text: "To ann@example.com" },
      "B35 The message has its reader’s address in it, which a forward would show.",
    ],
  ])("%s is found", (_, change, finding) => {
    expect(found(change)).toEqual([finding]);
  });
});
