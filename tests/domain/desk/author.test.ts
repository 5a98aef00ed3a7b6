import { expect, test } from "vitest";
import { authorOf, isSamePerson } from "#domain/desk/author.ts";

test("two authors are one person by their subjects where both are known, else by their names", () => {
  const ann = { by: "Ann", byId: "s1" };
  expect(isSamePerson(ann, { by: "Ann Lee", byId: "s1" })).toBe(true);
  expect(isSamePerson(ann, { by: "Ann", byId: "s2" })).toBe(false);
  expect(isSamePerson(ann, { by: "Ann" })).toBe(true);
  expect(isSamePerson(ann, { by: "Bo" })).toBe(false);
});

test("an author is stored without anything else that came with them", () => {
  const request = { by: "Ann", byId: "s1", newsletter: "daily" };
  expect(authorOf(request)).toEqual({ by: "Ann", byId: "s1" });
  expect(authorOf({ by: "Ann", byId: undefined })).toStrictEqual({ by: "Ann" });
});
