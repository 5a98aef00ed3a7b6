import { describe, expect, it } from "vitest";
import { EditionState } from "#domain/edition/edition.ts";
import { hasRun, mayBecome, statesBefore, transitions } from "#domain/edition/states.ts";
import { closing } from "../../testing/editions/edition-fixtures.ts";

describe("states", () => {
  it("are all known, and each except finished can change", () => {
    expect(Object.keys(transitions).toSorted()).toEqual(EditionState.options.toSorted());
    const ends = EditionState.options.filter((state) => transitions[state].length === 0);
    expect(ends).toEqual(["finished"]);
  });

  it("never lead back to a draft once an audience was frozen", () => {
    for (const state of EditionState.options) expect(mayBecome({ state, frozenAt: closing }, "draft")).toBe(false);
    expect(mayBecome({ state: "cancelled", frozenAt: null }, "draft")).toBe(true);
    expect(statesBefore("approved")).toEqual(["draft", "held"]);
  });

  it("say whether readers got it", () => {
    expect(hasRun({ state: "sending", frozenAt: closing })).toBe(true);
    expect(hasRun({ state: "cancelled", frozenAt: closing })).toBe(true);
    expect(hasRun({ state: "cancelled", frozenAt: null })).toBe(false);
    expect(hasRun({ state: "draft", frozenAt: null })).toBe(false);
  });
});
