import { describe, expect, it } from "vitest";
import { drafted, messageOf } from "../../../testing/editions/daily-edition.ts";
import { value } from "../../../testing/editions/editions-system.ts";

describe("reset (C7)", () => {
  it("takes one field back, then all of them", async () => {
    const { decide, before } = await drafted();
    value(await decide({ do: "rewrite", story: "2", title: "Other words", url: "https://other.example/2" }));
    const half = value(await decide({ do: "reset", story: "2", fields: ["title"] }));
    expect(half.headlines[1]).toMatchObject({ title: before.headlines[1]?.title, url: "https://other.example/2" });
    expect(value(await decide({ do: "reset", story: "2" })).headlines[1]?.url).toBe(before.headlines[1]?.url);
    expect(messageOf(await decide({ do: "reset", story: "2" }))).toMatch(/nothing to take back/);
  });

  it("gives subject and preheader back to the edition", async () => {
    const { decide, before } = await drafted();
    value(await decide({ do: "rewrite", subject: "S", preheader: "P" }));
    const after = value(await decide({ do: "reset", fields: ["subject"] }));
    expect(after).toMatchObject({ subject: before.subject, preheader: "P" });
  });
});

describe("an editor's text", () => {
  it("is no longer than an edition shows, however it is cut into paragraphs", async () => {
    const { decide, before } = await drafted();
    const texts = [["a".repeat(30_000)], Array.from({ length: 15_001 }, () => "a"), ["\u{1d160}".repeat(15_000)]];
    for (const paragraphs of texts) {
      expect(messageOf(await decide({ do: "rewrite", story: "0", paragraphs }))).toMatch(/30,000 is the most/);
    }
    const url = `https://gazette.example/${"a".repeat(2000)}`;
    expect(messageOf(await decide({ do: "rewrite", story: "0", url }))).toMatch(/2,000 is the most/);
    const whole = value(await decide({ do: "rewrite", story: "0", paragraphs: ["a".repeat(29_999)] }));
    expect(whole.rev).toBe(before.rev + 1);
  });

  it("keeps no-break and narrow spaces, and loses what is hidden, as a feed's does", async () => {
    const { decide } = await drafted();
    const title = "Prix\u202f: 5\u00a0000\u00a0€ \u200bau\u202e\u0007  port";
    const after = value(await decide({ do: "rewrite", story: "2", title, subject: title }));
    expect(after.headlines[1]?.title).toBe("Prix\u202f: 5\u00a0000\u00a0€ au port");
    const body = value(await decide({ do: "rewrite", story: "0", paragraphs: ["A\u200b B\u00a0C"] }));
    expect(body.lead.paragraphs).toEqual(["A B\u00a0C"]);
  });

  it("with half of a broken pair or a hidden character isn't another editor's text", async () => {
    const { decide } = await drafted();
    value(await decide({ do: "rewrite", story: "2", title: "Snow \ud83d at\u200b last" }));
    const was = { title: "Snow \ud83d at\u200b last" };
    expect(await decide({ do: "rewrite", story: "2", title: "Snow", was }, "bo")).toMatchObject({ ok: true });
  });
});
