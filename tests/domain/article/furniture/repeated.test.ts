import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ItemTexts, withoutRepeated } from "#domain/article/furniture/repeated.ts";

const SUBJECTS = [
  "The mill",
  "A ferry",
  "The lighthouse",
  "An eel fisher",
  "The museum of knots",
  "A storm",
  "A baker",
];
const proseOf = (n: number) => [
  `${SUBJECTS[n]} was seen again after ${n + 3} years.`,
  `No one could say where ${SUBJECTS[n]?.toLowerCase()} had been since ${1950 + n}.`,
];
const item = (n: number, texts: readonly (readonly string[])[], links: readonly string[] = []): ItemTexts => ({
  title: `${SUBJECTS[n]} comes back`,
  author: "Noor Aziz",
  texts,
  links: new Set(links),
});
const numbers = SUBJECTS.map((_, n) => n);
/** The first texts of a feed of seven items, made from each item's prose. */
const bodies = (body: (prose: string[], n: number) => readonly string[], links: readonly string[] = []) =>
  withoutRepeated(
    numbers.map((n) => item(n, [body(proseOf(n), n)], links)),
    "Tide Tables",
  ).map(([text]) => text);
const prose = numbers.map(proseOf);

describe("a line that the items of a feed repeat isn't part of them", () => {
  test.each([
    "Enjoyed this one? Pass it along to someone who would like it too.",
    "Chip in to keep our reporting free",
    "Noor Aziz covers harbours. Her first book is about eels.",
    "Hier lebt der Norden auf, Woche für Woche",
    "Pas encore abonné ? Un mois d'essai offert.",
    "Sent with love from Delft by Tide Tables.",
    "Tide Tables, 4 Quay Street, Delft 2611",
    "لم تشترك بعد؟ جرّب شهراً مجاناً",
    "קבלו את המכתב שלנו בכל יום שישי",
    "Have we got something wrong? Let our editors know.",
    "Spendieren Sie unserer Redaktion einen Kaffee.",
    "Les commentaires sont fermés.",
    "Esta entrevista ha sido editada y abreviada.",
    "Views in this column are the writer's own.",
    "Zapraszamy na forum", // A language without tables.
    "Ask anything: post@tide.example",
  ])("%s", (line) => {
    expect(bodies((text) => [...text, line])).toEqual(prose);
  });

  test("with other numbers, addresses, titles and in another order", () => {
    const lines = (n: number) => [
      `${n * 7} replies so far`,
      `Thread: https://talk.example/${n}`,
      `What others say about ${SUBJECTS[n]} comes back`,
    ];
    expect(bodies((text, n) => [...text, ...(n % 2 === 0 ? lines(n) : lines(n).toReversed())])).toEqual(prose);
  });

  test("in the last paragraph, whatever stands between its sentences", () => {
    const line = "Have we got something wrong? Let our editors know.";
    const gap = "\u00a0 ";
    expect(bodies((own) => [`${own.join(gap)}${gap}${line}`])).toEqual(prose.map((own) => [own.join(" ")]));
  });

  test("in the last paragraph, after its last sentence", () => {
    const left = bodies(([first = "", last = ""]) => [first, `${last} ¿Te ha gustado? Reenvíalo a un amigo.`]);
    expect(left).toEqual(prose);
    expect(bodies((text) => [`${text.join(" ")} Join the forum.`])).toEqual(prose.map((text) => [text.join(" ")]));
  });

  test("before the text, if it is known", () => {
    expect(bodies((text) => ["Tell your friends about our podcast.", ...text])).toEqual(prose);
  });

  test("before the text, if it isn't a sentence", () => {
    expect(bodies((text) => ["Six minutes to read", ...text])).toEqual(prose);
  });

  test("a motto between and a line of the item's own after it", () => {
    const own = (n: number) => `mills, eels, ${SUBJECTS[n]}`;
    const left = bodies((text, n) => [...text, "Become a member of the club", "Made by the sea.", own(n)]);
    expect(left).toEqual(prose.map((text, n) => [...text, own(n)]));
  });

  test("links, though only some items have them", () => {
    const left = bodies((text, n) => (n < 3 ? [...text, "• The tide, explained."] : text), ["• The tide, explained."]);
    expect(left).toEqual(prose);
  });

  test("in the summary too", () => {
    const left = withoutRepeated(
      numbers.map((n) => item(n, [[], [...proseOf(n), "Join the forum"]])),
      null,
    );
    expect(left).toEqual(numbers.map((n) => [[], proseOf(n)]));
  });
});

describe("a text keeps what may be its own", () => {
  const kept = (body: (prose: string[], n: number) => readonly string[]) =>
    expect(bodies(body)).toEqual(numbers.map((n) => body(proseOf(n), n)));

  test.each([
    "And so it goes in the harbour.",
    "Und im Übrigen muss der Deich höher werden.",
    "Et la mer, elle, continue de monter.",
    "Y el mar sigue subiendo.",
    "E o mar continua a subir.",
    "You can't take the sky from me.",
    "May your boat come home.",
    "Who will raise the dike?",
    "والبحر ما زال يرتفع كل عام.",
    "והים ממשיך לעלות בכל שנה.",
  ])("a refrain: %s", (line) => {
    kept((text) => [line, ...text]);
    kept((text) => [...text, line]);
    kept(([first = "", last = ""]) => [first, `${last} ${line}`]);
  });

  test("the beginning that reports of one event share", () => {
    kept((text) => ["The dike at Delft broke on Sunday night, and forty streets are under water.", ...text]);
  });

  test("verse, whose lines have no full stop", () => {
    kept((_, n) => [`O ${SUBJECTS[n]} of the morning`, `O ${SUBJECTS[n]} of the night`, "The tide comes in"]);
  });

  test("tables of numbers", () => {
    kept((text, n) => [...text, `Wind: ${n} knots`, `High water: ${n}.30`]);
  });

  test("a law that each bulletin names", () => {
    kept((text) => [...text, "This warning is given under section 12 of the Water Act and ends at midnight."]);
  });

  test("its only paragraph", () => {
    kept(() => ["This article is for subscribers of Tide Tables"]);
    kept((_, n) => [`${n * 4} replies`]);
  });

  test("what two items have", () => {
    kept((text, n) => (n < 2 ? [...text, "Join the forum"] : text));
  });

  test("what three versions of one article have, though the rest of them differs", () => {
    const items = numbers.map((n) => {
      const one = item(n, [n < 3 ? [...proseOf(n), "Join the forum"] : proseOf(n)]);
      return n < 3 ? { ...one, title: "The mill comes back, again" } : one;
    });
    expect(withoutRepeated(items, null)).toEqual(items.map(({ texts }) => texts));
  });

  test("a sentence about the text itself that differs by its numbers", () => {
    kept((text, n) => [...text, `This interview was held at pier ${n}.`]);
  });

  test("a long sentence behind furniture", () => {
    const long = `The dike keepers of the province met on Sunday and found ${"every gate, pump and sluice ".repeat(5)}in order.`;
    expect(bodies((text) => [...text, "Become a member of the club", long])).toEqual(
      prose.map((text) => [...text, long]),
    );
  });

  test("what is before three lines of its own", () => {
    const own = (n: number) => ["mills", "eels", "knots"].map((word) => `${word}, ${SUBJECTS[n]}`);
    kept((text, n) => [...text, "Become a member of the club", ...own(n)]);
  });

  test("what versions of one article have", () => {
    const versions = numbers.map(() => item(0, [[...proseOf(0), "Readers can join the club at the town hall."]]));
    expect(withoutRepeated(versions, null)).toEqual(versions.map(({ texts }) => texts));
  });
});

test("no text becomes empty, and what is left is in order and from it", () => {
  const line = fc.constantFrom("Join the forum", "Share this.", "A mill burned.", "12 replies", "It rains. Subscribe.");
  fc.assert(
    fc.property(fc.array(fc.array(line, { maxLength: 5 }), { maxLength: 8 }), (texts) => {
      const items = texts.map((text, n) => ({ ...item(0, [text]), title: `Number ${n} of the tides` }));
      for (const [n, [left = []]] of withoutRepeated(items, null).entries()) {
        const given = texts[n] ?? [];
        expect(left.length === 0).toBe(given.length === 0);
        let from = 0;
        for (const one of left) {
          from = given.findIndex((whole, at) => at >= from && whole.includes(one));
          expect(from).toBeGreaterThanOrEqual(0);
        }
      }
    }),
  );
});
