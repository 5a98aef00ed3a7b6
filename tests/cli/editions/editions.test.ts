import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { bench } from "../../testing/editions/workbench-fixture.ts";
import { type Answers, ask, counts, edition, gives, json, newFolder } from "../command-line.ts";

describe("editions", () => {
  test("show prints the edition for a person, without control characters", async () => {
    const outlook = {
      kind: "sent",
      at: null,
      latest: null,
      needsPerson: false,
      isUrgent: false,
      text: "Sent. 9 accepted.",
    };
    const { out, code } = await ask(gives({ edition: edition(), outlook, email: null }), ["edition", "show", "daily"]);
    expect(out).toMatch(/^The edition of daily for 2026-11-23: Sent\. 9 accepted\.\n/);
    expect(code).toBe(0);
    expect(out).toContain("  0  Snow [31mat last\n     The News · 1 paragraph\n");
    expect(out).toContain("  1  Rain\n     developing · The News · also in The Other\n     It is new.");
    expect(out).not.toContain("\u001b");
  });

  test("show --html and --text write the very bytes", async () => {
    const email = { subject: "s", html: "<p>ü\r\n</p>", text: "ü {{x}}" };
    const folder = newFolder();
    const files = ["--html", join(folder, "e.html"), "--text", join(folder, "e.txt")];
    const { requests, code } = await ask(gives({ edition: edition(), email }), ["edition", "show", "daily", ...files]);
    expect(requests).toMatchObject([{ do: "show", email: true }]);
    expect(code).toBe(0);
    expect(readFileSync(join(folder, "e.html"), "utf8")).toBe(email.html);
    expect(readFileSync(join(folder, "e.txt"), "utf8")).toBe(email.text);
  });

  test("add --fetch reads the page first; options override it", async () => {
    const page = {
      url: "https://g.example/1",
      title: "Ferry",
      source: "The Gull",
      summary: "",
      image: null,
      language: "en",
    };
    const answers: Answers = ({ do: name }) =>
      name === "page" ? { ok: true, page } : { ok: true, edition: edition(), workbench: bench };
    const { requests } = await ask(answers, [
      "edition",
      "add",
      "daily",
      page.url,
      "--fetch",
      "--source",
      "Gull",
      "--json",
    ]);
    expect(requests).toEqual([
      { do: "page", url: page.url },
      {
        do: "decide",
        newsletter: "daily",
        decision: { do: "add", story: page.url, title: "Ferry", source: "Gull" },
        by: "ed",
      },
    ]);
  });

  test("story lists articles and pictures by the numbers that picture and split take", async () => {
    const image = { url: "https://g.example/1.jpg", alt: "", width: null, height: null };
    const one = { id: "a".repeat(24), title: "Ferry", url: null, source: "The Gull", at: "2026-11-23T06:00:00.000Z" };
    const story = {
      ...{ storyId: one.id, place: 3, title: "Ferry", source: "The Gull", image, isChosen: false, showsPicture: true },
      ...{ articles: [{ ...one, isShown: true }], pictures: [{ image, source: "The Gull" }], others: [] },
    };
    const { out } = await ask(gives({ story }), ["edition", "story", "daily", "3"]);
    expect(out).toMatch(/Ferry: headline 3/);
    expect(out).toMatch(/1 +The Gull +Ferry \(shown\)/);
    expect(out).toMatch(/1 +The Gull +no text \(shown\) +https:\/\/g.example\/1.jpg/);
  });

  test("draft reads the file as it is, byte order mark and line ends apart", async () => {
    const file = join(newFolder(), "digest.txt");
    writeFileSync(file, "\ufeffLëad\r\n\r\nOne\n");
    const args = ["edition", "draft", "daily", "--from", file, "--subject", "S", "--replace", "--json"];
    const { requests } = await ask(gives({ edition: edition() }), args);
    expect(requests).toEqual([
      { do: "draft", newsletter: "daily", text: "Lëad\r\n\r\nOne\n", subject: "S", replace: true, by: "ed" },
    ]);
  });

  test("draft says what is wrong with a file, and asks nothing", async () => {
    const folder = newFolder();
    writeFileSync(join(folder, "latin1.txt"), Buffer.from([0x4c, 0xe9, 0x61, 0x64]));
    for (const [file, message] of [
      [join(folder, "none.txt"), "no such file or folder"],
      [folder, "it is a folder"],
      [join(folder, "latin1.txt"), "is not UTF-8"],
    ] as const) {
      const { requests, code, err } = await ask(gives({}), ["edition", "draft", "daily", "--from", file]);
      expect(err).toContain(message);
      expect(code).toBe(1);
      expect(requests).toEqual([]);
    }
  });

  test("list is a table, or JSON", async () => {
    const line = {
      date: "2026-11-23",
      state: "finished",
      subject: "Snow",
      audience: 1200,
      accepted: 1200,
      worth: null,
    };
    const { out } = await ask(gives({ editions: [line] }), ["edition", "list", "daily"]);
    expect(out).toBe(
      "DATE        STATE     READERS  ACCEPTED  SUBJECT\n2026-11-23  finished  1,200    1,200     Snow\n",
    );
    expect(json(await ask(gives({ editions: [line] }), ["edition", "list", "daily", "--json"]))).toEqual({
      editions: [line],
    });
  });

  test("cancel says who got it, who may have and who will not", async () => {
    const cancelled = (change: object) => gives({ edition: edition({ state: "cancelled", counts: counts(change) }) });
    const of = async (change: object) => (await ask(cancelled(change), ["edition", "cancel", "daily"])).out;
    expect(await of({ audience: 90, accepted: 70, unknown: 14, waiting: 6 })).toContain(
      "SES accepted it for 70 readers, 14 are unknown and may have it, 6 won't get it.",
    );
    expect(await of({ audience: 90, accepted: 70, waiting: 20 })).toContain(
      "SES accepted it for 70 readers, 20 won't get it.",
    );
    expect(await of({})).toContain("Nothing was sent.");
  });

  test("test says where the mail went", async () => {
    const { requests, out } = await ask(gives({ messageId: "m1" }), [
      "edition",
      "test",
      "daily",
      "--to",
      "me@example.com",
    ]);
    expect(requests).toMatchObject([{ do: "test", to: "me@example.com" }]);
    expect(out).toContain("me@example.com (message m1)");
  });
});
