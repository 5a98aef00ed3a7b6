import { describe, expect, test } from "vitest";
import { editorialStateOf } from "#domain/edition/decisions/decisions.ts";
import { lastChange, redoable, undoable } from "#domain/edition/decisions/undo.ts";
import { id, log } from "../../../testing/editions/edition-fixtures.ts";

const remove = (n: number) => ({ do: "remove", story: id(n) }) as const;
const undo = (of: number) => ({ do: "undo", of }) as const;
const approve = { do: "approve" } as const;
const numbers = (decisions: readonly { n: number }[]) => decisions.map(({ n }) => n);

describe("what undo can reverse", () => {
  test("is what changed the edition and still counts, oldest first", () => {
    expect(numbers(undoable(log(remove(1), approve, remove(2))))).toEqual([1, 3]);
    expect(numbers(undoable(log(remove(1), remove(2), undo(2))))).toEqual([1]);
    expect(numbers(undoable(log(remove(1), remove(2), undo(2), undo(3))))).toEqual([1, 2]);
  });
});

describe("what redo restores", () => {
  test("is the latest undo, then the one before it", () => {
    const twice = [remove(1), remove(2), undo(2), undo(1)];
    expect(redoable(log(...twice))?.n).toBe(4);
    expect(redoable(log(...twice, undo(4)))?.n).toBe(3);
    expect(redoable(log(...twice, undo(4), undo(3)))).toBeNull();
  });

  test("is nothing once something else was decided", () => {
    expect(redoable(log(remove(1), undo(1), remove(2)))).toBeNull();
    expect(redoable(log(remove(1)))).toBeNull();
  });
});

test("the last change is the last thing a person did to what the edition says; an approval is none", () => {
  expect(lastChange(log(remove(1), undo(1), approve))?.n).toBe(2);
  expect(lastChange(log(approve))).toBeUndefined();
});

describe("a text that was saved several times while it was written", () => {
  const saved = (subject: string, continues?: true) => ({ do: "rewrite", story: null, subject, continues }) as const;
  const writing = [saved("A"), saved("S"), saved("Sn", true), saved("Snow", true)];
  const subjectOf = (...more: Parameters<typeof log>) => editorialStateOf(log(...writing, ...more)).subject;

  test("is taken back and done again as a whole, by any of its numbers", () => {
    expect(subjectOf()).toBe("Snow");
    for (const n of [2, 3, 4]) expect(subjectOf(undo(n))).toBe("A");
    expect(subjectOf(undo(4), undo(5))).toBe("Snow");
    expect(numbers(undoable(log(...writing, undo(4))))).toEqual([1]);
  });
});
