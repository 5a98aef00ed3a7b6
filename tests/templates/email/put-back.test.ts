import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emailHash } from "#domain/edition/content/hash.ts";
import { fill, readerValues, renderDigest } from "#templates/email/digest.ts";
import { restorePlaceholders } from "#templates/email/put-back.ts";
import { editions, look, trouble, usual } from "../../testing/editions/editions.ts";

const unsubscribeUrl = `https://news.example/unsubscribe/${"t".repeat(85)}`;
const sent = (email: ReturnType<typeof renderDigest>) => fill(email, readerValues({ unsubscribeUrl }));

describe.each(Object.entries(editions))("a reader's email of the edition: %s", (_, { content, look }) => {
  test("is the edition's again, to the byte, when the reader's own values are put back", () => {
    const email = renderDigest(content, look);
    const back = restorePlaceholders(sent(email), { unsubscribeUrl });
    expect(back).toEqual(email);
    expect(emailHash(back)).toBe(emailHash(email));
  });

  test("is another one when a letter of it was changed", () => {
    const email = renderDigest(content, look);
    const changed = { ...sent(email), html: sent(email).html.replace("</h1>", ".</h1>") };
    expect(emailHash(restorePlaceholders(changed, { unsubscribeUrl }))).not.toBe(emailHash(email));
  });
});

test("whatever an editor writes comes back", () => {
  const pieces = fc.array(
    fc.constantFrom("{", "}", "\\", "{{unsubscribe}}", "<style>", "</style>", "&lt;style>", "x "),
  );
  fc.assert(
    fc.property(pieces, (parts) => {
      const subject = parts.join("");
      const lead = { ...usual.lead, title: `${subject} ${trouble}`, paragraphs: [subject, "{", subject] };
      const email = renderDigest({ ...usual, subject, lead }, look);
      expect(restorePlaceholders(sent(email), { unsubscribeUrl })).toEqual(email);
    }),
    { numRuns: 50 },
  );
});
