import { describe, expect, it } from "vitest";
import { digest } from "../../../testing/editions/daily-edition.ts";
import { news } from "../../../testing/editions/edition-fixtures.ts";
import { system, value } from "../../../testing/editions/editions-system.ts";

describe("a draft from a file", () => {
  const draft = { do: "draft", newsletter: "daily", text: digest, by: "ed" } as const;

  it("says what the file says", async () => {
    const { ask } = system([]);
    const view = value(await ask(draft));
    expect(view.lead).toMatchObject({ title: null, paragraphs: ["First paragraph.", "Second paragraph."] });
    expect(view.headlines.map(({ title, url }) => ({ title, url }))).toEqual([
      { title: "One headline", url: null },
      { title: "Another headline", url: null },
    ]);
    expect(view.subject).toBe("One headline");
  });

  it("takes a subject, and replaces an edition only on request", async () => {
    const { ask, build } = system(news());
    value(await build());
    expect(await ask(draft)).toMatchObject({ ok: false, fault: { code: "edition-exists" } });
    const view = value(await ask({ ...draft, subject: " Quakes\r\nand more ", replace: true }));
    expect(view).toMatchObject({ subject: "Quakes and more", rev: 2 });
    expect(await build()).toMatchObject({ ok: false, fault: { code: "edition-exists" } });
  });

  it("can be taken back: the candidates are used again", async () => {
    const { ask, build, decide } = system(news());
    const before = value(await build());
    value(await ask({ ...draft, replace: true }));
    const after = value(await decide({ do: "undo" }));
    expect(after.lead).toEqual(before.lead);
    expect(after.headlines).toEqual(before.headlines);
  });

  it("that was cancelled before anybody got it is taken up again as it was", async () => {
    const { ask, build, editions } = system(news());
    const before = value(await ask(draft));
    await editions.update(before, { state: "cancelled", reason: "cancelled by ed" });
    expect(value(await build())).toMatchObject({ state: "draft", reason: null, lead: before.lead, rev: before.rev });
  });

  it("keeps its lead; its headlines can be moved, removed and rewritten", async () => {
    const { ask, decide } = system([]);
    value(await ask(draft));
    expect(await decide({ do: "remove", story: "0" })).toMatchObject({ ok: false, fault: { code: "wrong-state" } });
    expect(await decide({ do: "move", story: "1", to: 0 })).toMatchObject({
      ok: false,
      fault: { code: "wrong-state" },
    });
    expect(value(await decide({ do: "move", story: "2", to: 1 })).headlines.map(({ title }) => title)).toEqual([
      "Another headline",
      "One headline",
    ]);
    value(await decide({ do: "rewrite", story: "0", title: "A lead" }));
    expect(value(await decide({ do: "remove", story: "2" }))).toMatchObject({
      lead: { title: "A lead" },
      headlines: [{ title: "Another headline" }],
    });
  });
});
