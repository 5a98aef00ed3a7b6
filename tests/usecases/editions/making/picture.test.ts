import { describe, expect, it } from "vitest";
import type { EditionContent } from "#domain/edition/edition.ts";
import type { PictureResponse } from "#functions/pictures/contract.ts";
import { patientKeeper, withPicture } from "#usecases/editions/making/picture.ts";
import { usual } from "../../../testing/editions.ts";

const image = { url: "https://gazette.example/mill.png", alt: "The mill", width: 3000, height: 2000, credit: "Ines" };
const content: EditionContent = { ...usual, lead: { ...usual.lead, image } };
const copy = { url: "https://pictures.example/pictures/1.jpg", width: 1056, height: 704, bytes: 80_000 };
const kept: PictureResponse = { ok: true, value: copy };
const failed: PictureResponse = { ok: false, fault: { code: "fetch-failed", message: "It answers 404." } };

/** A keeper that gives these answers, and what it was asked. */
function keeper(...answers: (PictureResponse | Error)[]) {
  const asked: string[] = [];
  const keepPicture = async ({ url }: { url: string }) => {
    asked.push(url);
    const answer = answers.shift() ?? expect.fail("asked too often");
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { asked, keepPicture };
}

describe("the lead's picture", () => {
  it("is our copy, with what its source says of it", async () => {
    const shown = await withPicture(keeper(kept), content, null);
    expect(shown).toEqual({
      ...content,
      lead: { ...content.lead, image: { ...image, url: copy.url, width: 1056, height: 704, from: image.url } },
    });
  });

  it("is not asked for again while the lead's picture stays the same", async () => {
    const before = await withPicture(keeper(kept), content, null);
    expect(await withPicture(keeper(), content, before)).toEqual(before);
    const other = { ...content, lead: { ...content.lead, image: { ...image, url: "https://gazette.example/2.png" } } };
    const { asked, keepPicture } = keeper(kept);
    await withPicture({ keepPicture }, other, before);
    expect(asked).toEqual(["https://gazette.example/2.png"]);
  });

  it("is left out with a reason for the editors where it cannot be had", async () => {
    const { lead } = await withPicture(keeper(failed), content, null);
    expect(lead.image).toBeNull();
    expect(lead.reasons.at(-1)).toBe("Shown without its picture: It answers 404.");
    expect(lead.paragraphs).toEqual(content.lead.paragraphs);
  });

  it("stays where it is in a rehearsal, and none needs nothing", async () => {
    expect(await withPicture({ keepPicture: null }, content, null)).toBe(content);
    const without = { ...content, lead: { ...content.lead, image: null } };
    expect(await withPicture(keeper(), without, null)).toBe(without);
  });
});

describe("a picture that failed", () => {
  it("is asked for again after ten minutes, not at each decision", async () => {
    let now = Date.parse("2026-11-23T07:00:00Z");
    const { asked, keepPicture } = keeper(failed, new Error("timed out"), kept);
    const patient = patientKeeper(keepPicture, () => new Date(now).toISOString());
    const request = { url: image.url };
    expect(await patient(request)).toEqual(failed);
    now += 9 * 60_000;
    expect(await patient(request)).toEqual(failed);
    now += 2 * 60_000;
    expect(await patient(request)).toMatchObject({ ok: false, fault: { code: "internal" } });
    now += 11 * 60_000;
    expect(await patient(request)).toEqual(kept);
    expect(asked).toHaveLength(3);
  });
});
