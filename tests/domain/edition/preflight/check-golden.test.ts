import { expect, test } from "vitest";
import { cut, SUBJECT_MOST } from "#domain/edition/content/subject.ts";
import { editions } from "../../../testing/editions/editions.ts";
import { checked } from "./checked.ts";

const { hostile, ...good } = editions;

test.each(Object.entries(good))("nothing is found in the edition: %s", (_, { content, look }) => {
  // As the pipeline makes it, which shortens subjects.
  expect(checked({ ...content, subject: cut(content.subject, SUBJECT_MOST) }, look)).toEqual([]);
});

test("hostile content is shown as its letters; only links that were never filled in stop it", () => {
  if (hostile === undefined) throw new Error("no hostile edition");
  const found = checked(hostile.content, hostile.look);
  expect(found.filter((line) => line.includes("blocker"))).toEqual([
    expect.stringMatching(/^B30 blocker lead: The lead links to .*, where “\{\{x\}\}” was never filled in/),
    expect.stringMatching(/^B30 blocker headline 1: Headline 1 links to .*, where “\{\{x\}\}” was never filled in/),
  ]);
  expect(found).toContain("B11 warning headline 2: Headline 2 is not shown as one link. Look at it in the preview.");
  expect(found.filter((line) => line.startsWith("B30")).length).toBeGreaterThan(2);
});
