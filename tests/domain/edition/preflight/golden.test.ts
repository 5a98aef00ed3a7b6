import { expect, test } from "vitest";
import { cut, SUBJECT_MOST } from "#domain/edition/content/subject.ts";
import { editions } from "../../../testing/editions.ts";
import { checked } from "./checked.ts";

const { hostile, ...good } = editions;

test.each(Object.entries(good))("nothing is found in the edition: %s", (_, { content, look }) => {
  // As the pipeline makes it, which shortens subjects.
  expect(checked({ ...content, subject: cut(content.subject, SUBJECT_MOST) }, look)).toEqual([]);
});

test("hostile content stops nothing, since it is shown as its letters; an editor is told where to look", () => {
  if (hostile === undefined) throw new Error("no hostile edition");
  const found = checked(hostile.content, hostile.look);
  expect(found.filter((line) => line.includes("blocker"))).toEqual([]);
  expect(found).toContain("B11 warning headline 2: Headline 2 is not shown as one link. Look at it in the preview.");
  expect(found.filter((line) => line.startsWith("B30")).length).toBeGreaterThan(2);
});
