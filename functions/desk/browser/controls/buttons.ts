import type { Moves } from "../moving/moves.ts";
import { around, besideOf, need } from "../page.ts";
import type { Side } from "../panes/side.ts";
import type { Saving } from "../saving/saving.ts";

/** On touch screens, a tap on a row shows its actions. */
export function watchTaps(desk: HTMLElement): void {
  desk.addEventListener("click", ({ target }) => {
    if (around(target, "a, button, input, textarea, summary, label")) return;
    const grab = around(target, ".row")?.querySelector("[data-grab]");
    if (grab instanceof HTMLElement) grab.focus({ preventScroll: true });
  });
}

/** Buttons that make decisions act here at once; without the script, their forms do. */
export function watchButtons(desk: HTMLElement, saving: Saving, moves: Moves, side: Side): void {
  desk.addEventListener("click", (event) => {
    const button = around(event.target, "[data-do]");
    if (!button) return;
    event.preventDefault();
    if (button.getAttribute("aria-disabled") === "true") return;
    // The second click of a double click would hit the row that moved up, so it is ignored.
    if (event.detail > 1 && ["remove", "restore", "add", "lead"].includes(button.dataset.do ?? "")) return;
    decideBy(button, saving, moves, side);
  });
  desk.addEventListener("submit", (event) => {
    const to = around(event.target, "[data-to]");
    const row = around(to, ".row");
    if (to && row) {
      event.preventDefault();
      moves.move(row, Number(need(to, "input[name=to]", HTMLInputElement).value));
    } else if (around(event.target, ".fields, .line, .steps")) event.preventDefault();
  });
}

function decideBy(button: HTMLElement, saving: Saving, moves: Moves, side: Side) {
  const row = around(button, ".row");
  const { do: what, of, story, fields } = button.dataset;
  switch (what) {
    case "up":
      return row ? moves.moveBy(row, -1) : undefined;
    case "down":
      return row ? moves.moveBy(row, 1) : undefined;
    case "lead":
      return row ? moves.lead(row) : undefined;
    case "remove":
      return row ? moves.remove(row) : undefined;
    case "build":
      return saving.decide("build");
    case "undo":
      // By number, so two people who press at once don't undo twice; while other decisions are being saved, the latest.
      moves.announce(button.title);
      return saving.decide({ do: "undo", ...(of && !saving.isBusy() ? { of: Number(of) } : {}) });
    case "redo":
      moves.announce(button.title);
      return saving.decide({ do: "redo" });
    case "reset":
      return saving.decide({ do: "reset", ...(story ? { story } : {}), fields: [fields] });
    case "restore":
      besideOf(button)?.focus({ preventScroll: true });
      around(button, ".other")?.remove();
      return saving.decide({ do: "restore", story });
    case "add":
      return side.add(story ?? "");
  }
}
