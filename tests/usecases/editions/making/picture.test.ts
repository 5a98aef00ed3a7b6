import { describe, expect, it } from "vitest";
import type { EditionContent } from "#domain/edition/edition.ts";
import type { PictureResponse } from "#functions/pictures/contract.ts";
import { pictureKeeper, rememberingKeeper, withPictures } from "#usecases/editions/making/picture.ts";
import { usual } from "../../../testing/editions/editions.ts";

const image = { url: "https://gazette.example/mill.png", alt: "The mill", width: 3000, height: 2000, credit: "Ines" };
const content: EditionContent = { ...usual, lead: { ...usual.lead, image } };
const copy = { url: "https://pictures.example/pictures/1.jpg", width: 1056, height: 704, bytes: 80_000 };
const kept: PictureResponse = { ok: true, value: copy };
const failed: PictureResponse = { ok: false, fault: { code: "fetch-failed", message: "It answers 404." } };

/** A keeper that gives these answers, and what it was asked. */
function keeper(...answers: (PictureResponse | Error)[]) {
  const requests: string[] = [];
  const keepPicture = async ({ url }: { url: string }) => {
    requests.push(url);
    const answer = answers.shift() ?? expect.fail("asked too often");
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { requests, keepPicture };
}

describe("the lead's picture", () => {
  it("is our copy, with what its source says of it", async () => {
    const shown = await withPictures(keeper(kept), content, null);
    expect(shown).toEqual({
      ...content,
      lead: { ...content.lead, image: { ...image, url: copy.url, width: 1056, height: 704, from: image.url } },
    });
  });

  it("is not asked for again while the lead's picture stays the same", async () => {
    const before = await withPictures(keeper(kept), content, null);
    expect(await withPictures(keeper(), content, before)).toEqual(before);
    const other = { ...content, lead: { ...content.lead, image: { ...image, url: "https://gazette.example/2.png" } } };
    const { requests, keepPicture } = keeper(kept);
    await withPictures({ keepPicture }, other, before);
    expect(requests).toEqual(["https://gazette.example/2.png"]);
  });

  it("is left out with a reason for the editors where it cannot be had", async () => {
    const { lead } = await withPictures(keeper(failed), content, null);
    expect(lead.image).toBeNull();
    expect(lead.reasons.at(-1)).toBe("Shown without its picture: It answers 404.");
    expect(lead.paragraphs).toEqual(content.lead.paragraphs);
  });

  it("stays where it is in a rehearsal, and none needs nothing", async () => {
    expect(await withPictures({ keepPicture: null }, content, null)).toBe(content);
    const without = { ...content, lead: { ...content.lead, image: null } };
    expect(await withPictures(keeper(), without, null)).toBe(without);
  });
});

describe("the summaries' pictures", () => {
  const small = { url: "https://gull.example/ferry.png", alt: "", width: 900, height: 1600 };
  const summed: EditionContent = {
    ...content,
    headlines: content.headlines.map((one, i) => (i < 2 ? { ...one, summary: "It sails.", image: small } : one)),
  };
  const smallCopy = { url: "https://pictures.example/pictures/2.jpg", width: 240, height: 160, bytes: 9_000 };

  it("are small copies of ours, and one that cannot be had is left out", async () => {
    const { headlines } = await withPictures(keeper(kept, { ok: true, value: smallCopy }, failed), summed, null);
    expect(headlines[0]?.image).toEqual({ ...small, url: smallCopy.url, width: 240, height: 160, from: small.url });
    expect(headlines[1]).not.toHaveProperty("image");
    expect(headlines[1]?.reasons.at(-1)).toBe("Shown without its picture: It answers 404.");
  });

  it("are asked for when a headline becomes the lead: a small copy does not fill the column", async () => {
    const [first] = summed.headlines;
    const before = {
      ...summed,
      lead: { ...summed.lead, image: null },
      headlines: first ? [{ ...first, image: { ...small, ...smallCopy, from: small.url } }] : [],
    };
    const { requests, keepPicture } = keeper(kept);
    await withPictures({ keepPicture }, { ...usual, lead: { ...usual.lead, image: small } }, before);
    expect(requests).toEqual([small.url]);
  });
});

it("is never the source's own where the deployment has no pictures, and the editors read why", async () => {
  const { lead } = await withPictures(
    { keepPicture: pictureKeeper(undefined, () => "2026-11-23T07:00:00.000Z") },
    content,
    null,
  );
  expect(lead.image).toBeNull();
  expect(lead.reasons.at(-1)).toContain("this deployment has no pictures");
});

describe("a picture that failed", () => {
  it("is asked for again after ten minutes, not at each decision", async () => {
    let now = Date.parse("2026-11-23T07:00:00Z");
    const { requests, keepPicture } = keeper(failed, new Error("timed out"), kept);
    const patient = rememberingKeeper(keepPicture, () => new Date(now).toISOString());
    const request = { url: image.url, shape: "column" } as const;
    expect(await patient(request)).toEqual(failed);
    now += 9 * 60_000;
    expect(await patient(request)).toEqual(failed);
    now += 2 * 60_000;
    expect(await patient(request)).toMatchObject({ ok: false, fault: { code: "internal" } });
    now += 11 * 60_000;
    expect(await patient(request)).toEqual(kept);
    expect(requests).toHaveLength(3);
  });
});
