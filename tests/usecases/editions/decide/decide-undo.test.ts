import { describe, expect, it } from "vitest";
import { drafted, key, messageOf, storyIds } from "../../../testing/editions/daily-edition.ts";
import { value } from "../../../testing/editions/editions-system.ts";

describe("undo and redo (C13)", () => {
  it("go back to the beginning and forth to the end, whichever editor decided", async () => {
    const { decide, before } = await drafted();
    value(await decide({ do: "lead", story: "3" }, "ana"));
    value(await decide({ do: "rewrite", story: "2", title: "Words" }, "bo"));
    const last = value(await decide({ do: "remove", story: "9" }, "ana"));
    for (let back = 0; back < 3; back++) value(await decide({ do: "undo" }, "bo"));
    expect(messageOf(await decide({ do: "undo" }))).toMatch(/no decision left/);
    expect(storyIds(value(await decide({ do: "redo" })))).not.toEqual(storyIds(before));
    value(await decide({ do: "redo" }));
    const again = value(await decide({ do: "redo" }));
    expect(storyIds(again)).toEqual(storyIds(last));
    expect(again.headlines).toEqual(last.headlines);
    expect(messageOf(await decide({ do: "redo" }))).toMatch(/nothing to do again/);
    value(await decide({ do: "undo" }));
    value(await decide({ do: "move", story: "5", to: 6 }));
    expect(messageOf(await decide({ do: "redo" }))).toMatch(/nothing to do again/);
  });
});

describe("words written over others' (C14)", () => {
  const mine = { do: "rewrite", story: "2", title: "Bo's words" } as const;

  it("refuses what would be written over words its editor never saw, says whose they are, and stores nothing", async () => {
    const { decide, editions, before } = await drafted();
    const seen = before.headlines[1]?.title ?? "";
    value(await decide({ ...mine, title: "Ana's words", was: { title: seen } }, "Ana"));
    const refused = await decide({ ...mine, was: { title: seen } }, "Bo");
    expect(refused).toMatchObject({
      ok: false,
      fault: { code: "conflict", message: "Ana wrote “Ana's words” meanwhile; yours is not saved over it." },
    });
    expect(await editions.decisions(key)).toHaveLength(2);
    expect(messageOf(await decide({ ...mine, was: { title: seen } }, "Ana"))).toMatch(/^You wrote/);
    value(await decide({ ...mine, was: { title: " Ana's  words\n" } }, "Bo"));
    const stored = (await editions.decisions(key)).at(-1);
    expect(stored).toMatchObject({ title: mine.title, by: "Bo" });
    expect(stored).not.toHaveProperty("was");
    // The command line, which saw no particular text, writes as before; so does an editor who writes the same.
    value(await decide({ ...mine, title: "From the command line" }, "Cleo"));
    value(await decide({ ...mine, title: "From the  command line ", was: { title: "long ago" } }, "Bo"));
  });

  it("lets other fields, what an undo or a reset took back, and what no editor wrote be written over", async () => {
    const { decide, before } = await drafted();
    const seen = before.headlines[1]?.title ?? "";
    value(await decide({ ...mine, was: { title: "as the source had it once" } }, "Bo"));
    value(await decide({ do: "rewrite", story: "2", url: "https://bo.example", was: { url: "", title: seen } }, "Ana"));
    value(await decide({ do: "undo" }, "Ana"));
    value(await decide({ do: "reset", story: "2", fields: ["title"] }, "Ana"));
    value(await decide({ ...mine, title: "Again", was: { title: mine.title } }, "Bo"));
    value(await decide({ do: "undo" }, "Ana"));
    value(await decide({ ...mine, title: "And again", was: { title: "Again" } }, "Bo"));
    // A subject that follows the lead's headline has no author.
    value(await decide({ do: "rewrite", story: "0", title: "A new lead" }, "Bo"));
    value(await decide({ do: "rewrite", subject: "Mine", was: { subject: before.subject } }, "Bo"));
    expect(
      messageOf(await decide({ do: "rewrite", subject: "Hers", was: { subject: before.subject } }, "Ana")),
    ).toMatch(/^Bo wrote “Mine”/);
  });

  it("takes a lead's text as it was seen: no longer than the newsletter shows it", async () => {
    const { decide } = await drafted();
    const long = Array.from({ length: 12 }, (_, n) => `Paragraph ${n}.`);
    const shown = value(await decide({ do: "rewrite", story: "0", paragraphs: long }, "Ana")).lead.paragraphs;
    expect(shown.length).toBeLessThan(long.length);
    for (const was of [shown, long]) {
      value(await decide({ do: "rewrite", story: "0", paragraphs: long, was: { paragraphs: was.join("\n\n") } }, "Bo"));
    }
    const other = { do: "rewrite" as const, story: "0", paragraphs: ["Short."], was: { paragraphs: long[0] ?? "" } };
    expect(messageOf(await decide(other, "Bo"))).toMatch(/wrote “Paragraph 0\. ?\s*Paragraph 1/);
    value(await decide({ ...other, was: { paragraphs: shown.join("\n\n") } }, "Bo"));
  });
});

describe("saves of one text while it is written", () => {
  it("are one to undo, unless something else was decided or another person writes", async () => {
    const { decide, before } = await drafted();
    const subject = (text: string, continues = true) => ({ do: "rewrite", subject: text, continues }) as const;
    value(await decide(subject("S", false)));
    value(await decide(subject("Snow")));
    expect(value(await decide({ do: "undo" })).subject).toBe(before.subject);
    value(await decide(subject("Rain")));
    value(await decide({ do: "remove", story: "5" }));
    value(await decide(subject("Rain at last")));
    expect(value(await decide({ do: "undo" })).subject).toBe("Rain");
    value(await decide(subject("Hail")));
    value(await decide(subject("Hail and sleet"), "bo"));
    expect(value(await decide({ do: "undo" })).subject).toBe("Hail");
  });
});
