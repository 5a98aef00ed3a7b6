import { describe, expect, test } from "vitest";
import { lastChange, redoable, undoable } from "#domain/edition/decisions/undo.ts";
import { id, log } from "../../../testing/edition-fixtures.ts";

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
