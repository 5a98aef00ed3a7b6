import { describe, expect, it } from "vitest";
import { makeEdition } from "#domain/edition/make.ts";
import { article, articles, ingredients, log, newsletter } from "./fixtures.ts";

describe("an edition made of candidates", () => {
  it("has a lead with a body and as many headlines as the newsletter wants", () => {
    const { content, missing } = makeEdition(ingredients());
    expect(missing).toBeNull();
    expect(content.lead).toMatchObject({ title: expect.any(String), url: expect.stringContaining("https://") });
    expect(content.lead.paragraphs).toHaveLength(3);
    expect(content.headlines).toHaveLength(17);
    console.log(JSON.stringify(content, null, 1));
  });
});
