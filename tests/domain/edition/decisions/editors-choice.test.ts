import { describe, expect, it } from "vitest";
import { makeEdition } from "#domain/edition/content/make.ts";
import { editorsChoice } from "#domain/edition/decisions/editors-choice.ts";
import { closing, ingredients, log } from "../../../testing/editions/edition-fixtures.ts";

describe("what editors decided", () => {
  const content = makeEdition(ingredients()).content;
  it("is a lead that a person placed or approved, and what a person removed", () => {
    expect(editorsChoice(log({ do: "build", cutoff: closing }), content)).toEqual({ lead: null, removed: [] });
    const lead = content.lead.storyId;
    expect(editorsChoice(log({ do: "approve" }), content).lead).toBe(lead);
    expect(editorsChoice(log({ do: "move", story: "a", to: 0 }), content).lead).toBe(lead);
    expect(
      editorsChoice(log({ do: "remove", story: "a" }, { do: "remove", story: "b" }, { do: "undo", of: 1 }), content),
    ).toEqual({
      lead: null,
      removed: ["b"],
    });
  });

  it("is not what the schedule or the gate did", () => {
    const machine = log({ do: "approve" }, { do: "remove", story: "a" }).map((one, n) => ({
      ...one,
      by: n === 0 ? "schedule" : "gate",
    }));
    expect(editorsChoice(machine, content)).toEqual({ lead: null, removed: [] });
  });
});
