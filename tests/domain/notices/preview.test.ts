import { describe, expect, test } from "vitest";
import { signatureHeaders, Webhooks } from "#domain/notices/notice.ts";
import { changeSentences, chatMessage, type Preview } from "#domain/notices/preview.ts";

const preview: Preview = {
  ...{ newsletter: "daily", date: "2026-11-30", title: "Harbour News", dueAt: "2026-11-30T07:00:00.000Z" },
  ...{ timeZone: "Europe/Berlin", isAutomatic: true, subject: "Snow" },
  lead: "Snow <!channel> & **ice** [here](https://evil.example)",
  why: ["Four sources tell it."],
  changes: ["New: Rain"],
  headlines: 17,
  link: "https://www.harbour.org/desk/daily/2026-11-30/send",
};

describe("a chat message", () => {
  test.each(["slack", "teams", "discord"] as const)(
    "%s: when, the lead, why, what changed, and the way to the page",
    (kind) => {
      const text = JSON.stringify(chatMessage(kind, preview));
      for (const part of [
        "Harbour News",
        "08:00",
        "Europe/Berlin",
        "Snow",
        "Four sources tell it",
        "Rain",
        "17",
        preview.link,
        "stop it",
      ])
        expect(text).toContain(part);
      expect(JSON.stringify(chatMessage(kind, { ...preview, isAutomatic: false }))).toContain("approve it");
    },
  );

  test("a headline can mention no one and format nothing", () => {
    const slack = JSON.stringify(chatMessage("slack", preview));
    expect(JSON.parse(slack).text).not.toContain("<!channel>");
    expect(slack).not.toContain('"mrkdwn"');
    expect(JSON.stringify(chatMessage("teams", preview))).not.toContain("[here](");
    const discord = chatMessage("discord", preview);
    expect(discord).toMatchObject({ content: "", allowed_mentions: { parse: [] } });
    expect(JSON.stringify(discord)).not.toContain("[here](");
  });

  test("an address in a headline is text, not a link that a chat makes of it", () => {
    const lead = "Approve at https://evil.example/login or WWW.evil.example";
    const hostile = { ...preview, lead, why: [lead], changes: [lead] };
    for (const kind of ["teams", "discord"] as const) {
      const texts = JSON.stringify(chatMessage(kind, hostile)).replaceAll("\\\\", "\\");
      expect(texts).not.toMatch(/https:\/\/evil|www\.evil/i);
      // Markdown shows an escaped sign as the sign alone (CommonMark §2.4).
      expect(texts.replace(/\\(?=[:.])/g, "")).toContain("https://evil.example/login");
    }
    const slack = JSON.parse(JSON.stringify(chatMessage("slack", hostile)));
    expect(slack.blocks.map((block: { text?: { type: string } }) => block.text?.type).filter(Boolean)).toEqual([
      "plain_text",
      "plain_text",
    ]);
  });

  test("long headlines stay within what each chat takes", () => {
    const long = { ...preview, lead: "x".repeat(9_000), title: "t".repeat(300) };
    const slack = JSON.parse(JSON.stringify(chatMessage("slack", long)));
    expect(slack.blocks[0].text.text.length).toBeLessThanOrEqual(150);
    expect(slack.blocks[1].text.text.length).toBeLessThanOrEqual(3_000);
    const discord = JSON.parse(JSON.stringify(chatMessage("discord", long)));
    expect(discord.embeds[0].title.length).toBeLessThanOrEqual(256);
    expect(discord.embeds[0].description.length).toBeLessThanOrEqual(4_096);
  });
});

test("what changed overnight is said in sentences", () => {
  const none = { added: [], removed: [], moved: [], edited: [] };
  expect(changeSentences(undefined)).toEqual(["It is as it was drafted."]);
  expect(changeSentences(none)).toEqual(["It is as it was drafted."]);
  const added = ["Snow", "Rain", "Sun", "Wind", "Hail"].map((title, at) => ({ title, at }));
  const edited = [{ what: "subject", before: "a", after: "b" }];
  expect(changeSentences({ ...none, added, removed: [{ title: "Fog", from: 3 }], edited })).toEqual([
    "Another story leads: Snow",
    "New: Rain; Sun; Wind; and 1 more",
    "No longer in: Fog",
    "1 text was rewritten.",
  ]);
});

test("a document is signed as in Standard Webhooks' own example", () => {
  const body = '{"test": 2432232314}';
  const at = 1_614_265_330_000;
  expect(signatureHeaders("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", body, at)).toEqual({
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  });
});

test("the secret's form is checked, and empty is fine", () => {
  expect(Webhooks.parse({})).toEqual({ finished: [], preview: [] });
  expect(Webhooks.safeParse({ finished: [{ url: "ftp://a.org", key: "k".repeat(24) }] }).success).toBe(false);
  expect(Webhooks.safeParse({ finished: [{ url: "https://a.org", key: "short" }] }).success).toBe(false);
  expect(Webhooks.safeParse({ preview: [{ kind: "irc", url: "https://a.org" }] }).success).toBe(false);
});
