import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { proveOrder } from "#domain/delivery/resolving/order-proof.ts";

/** `a.ca`: of a call of four the second failed, and of the third nothing was seen. */
function judge(marks: string, change: { places?: [number, string][]; from?: number } = {}) {
  const from = change.from ?? 0;
  const called = [...marks].map((_, at) => from + at);
  const answered: string[] = [];
  for (const [at, mark] of [...marks].entries()) answered[from + at] = mark === "." ? "" : `m${from + at}`;
  const seen = [...marks].flatMap((mark, at) =>
    mark === "a" ? [{ position: from + at, messageId: `m${from + at}` }] : [],
  );
  const more = (change.places ?? []).map(([position, messageId]) => ({ position, messageId }));
  const gaps = Array.from(answered, (messageId) => messageId ?? "");
  return proveOrder(called, gaps, [...seen, ...more]).is;
}

describe("the order of a mixed answer", () => {
  test.each<[string, string, string]>([
    ["five match, and one on each side of the failure is among them", "aaca.aca", "proven"],
    ["the failure is the first of the call", ".aacaaa", "proven"],
    ["the failure is the last of the call", "aacaaa.", "proven"],
    ["two failures in a row", "aacaa..a", "proven"],
    ["only four match", "aaca.accc", "open"],
    ["none was seen yet", "cccc.ccc", "open"],
    ["who came before the failure was not seen", "aaaac.aaa", "open"],
    ["who came after the failure was not seen", "aaaaa.caa", "open"],
    ["one of two failures has a neighbour that was not seen", "aa.aaaac.aa", "open"],
  ])("%s", (_, marks, expected) => {
    expect(judge(marks)).toBe(expected);
  });

  test("counts a position once, however often it was seen", () => {
    expect(
      judge("aaca.accc", {
        places: [
          [0, "m0"],
          [0, "m0"],
        ],
      }),
    ).toBe("open");
  });

  test("is kept by position also where the call left some of the batch out", () => {
    expect(judge("aaca.aca", { from: 3 })).toBe("proven");
  });

  test.each<[string, [number, string]]>([
    ["another position's message", [2, "m6"]],
    ["a message that the answer doesn't have", [2, "other"]],
    ["a message where the answer says that it failed", [4, "other"]],
    ["a position that was not in the call", [9, "m2"]],
  ])("is disproven by a single event: %s", (_, place) => {
    expect(judge("aaca.aca", { places: [place] })).toBe("disproven");
  });
});

/** How an answer may list its results: with the failures in place, or anywhere among the accepted ones. */
type Listing = "in order" | "accepted first" | "failures first" | "failures anywhere";

/** The answer's message ids in its own order, "" for a failure. */
function listed(took: readonly boolean[], listing: Listing, elsewhere: readonly number[]): string[] {
  const own = took.map((is, position) => (is ? `m${position}` : ""));
  const accepted = own.filter((messageId) => messageId !== "");
  const failures = own.filter((messageId) => messageId === "");
  if (listing === "in order") return own;
  if (listing === "accepted first") return [...accepted, ...failures];
  if (listing === "failures first") return [...failures, ...accepted];
  const answer = [...accepted];
  for (const [at, failure] of failures.entries()) answer.splice((elsewhere[at] ?? 0) % (answer.length + 1), 0, failure);
  return answer;
}

test("what it proves holds for every answer that keeps the accepted ones in order", () => {
  const one = fc.record({
    took: fc.array(fc.boolean(), { minLength: 7, maxLength: 50 }),
    listing: fc.constantFrom<Listing>("in order", "accepted first", "failures first", "failures anywhere"),
    elsewhere: fc.array(fc.nat(50), { minLength: 50, maxLength: 50 }),
    seen: fc.array(fc.boolean(), { minLength: 50, maxLength: 50 }),
  });
  let proven = 0;
  fc.assert(
    fc.property(one, ({ took, listing, elsewhere, seen }) => {
      const answered = listed(took, listing, elsewhere);
      const places = took.flatMap((is, position) =>
        is && seen[position] ? [{ position, messageId: `m${position}` }] : [],
      );
      const called = took.map((_, position) => position);
      if (proveOrder(called, answered, places).is !== "proven") return;
      proven += 1;
      expect(answered.map((messageId) => messageId !== "")).toEqual(took);
    }),
    { numRuns: 5_000 },
  );
  expect(proven).toBeGreaterThan(5);
});

test("an answer in order is proven as soon as all of the accepted but one away from the failures were seen", () => {
  fc.assert(
    fc.property(fc.integer({ min: 9, max: 50 }), fc.nat(), fc.nat(), (n, failed, unseen) => {
      const failure = failed % n;
      const missing = unseen % n;
      fc.pre(Math.abs(missing - failure) > 1);
      const marks = Array.from({ length: n }, (_, at) => (at === failure ? "." : at === missing ? "c" : "a"));
      expect(judge(marks.join(""))).toBe("proven");
    }),
  );
});
