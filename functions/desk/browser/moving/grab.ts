import { around } from "../page.ts";
import type { Saving } from "../saving/saving.ts";
import { type Rows, reveal } from "./rows.ts";

type Tools = {
  readonly desk: HTMLElement;
  readonly saving: Saving;
  readonly rows: Rows;
  readonly move: (row: HTMLElement, to: number) => void;
  readonly announce: (text: string) => void;
};

const placeName = (place: number): string => (place === 0 ? "the lead" : String(place));

/** Space picks a row up, arrows move it, Space puts it down, Escape puts it back. */
export function watchGrab({ desk, saving, rows, move, announce }: Tools): void {
  let held: { row: HTMLElement; grab: HTMLElement; from: number } | null = null;

  function letGo(): void {
    held?.row.classList.remove("held");
    held?.grab.setAttribute("aria-pressed", "false");
    held = null;
    saving.hold(false);
  }

  function drop() {
    if (!held) return;
    const { row, from } = held;
    const to = rows.all().indexOf(row);
    letGo();
    if (to === from) return announce(`${row.dataset.title} put down where it was`);
    rows.show(row, from);
    move(row, to);
  }

  function pickUp(row: HTMLElement, grab: HTMLElement): void {
    held = { row, grab, from: rows.all().indexOf(row) };
    saving.hold(true);
    row.classList.add("held");
    grab.setAttribute("aria-pressed", "true");
    const how = "Arrows move it, Space puts it down, Escape puts it back.";
    announce(`${row.dataset.title} picked up at ${placeName(held.from)}. ${how}`);
  }

  function step(row: HTMLElement, to: number): void {
    const place = Math.max(0, Math.min(rows.all().length - 1, to));
    rows.show(row, place);
    reveal(row);
    announce(`${placeName(place)} of ${rows.all().length - 1}`);
  }

  desk.addEventListener("keydown", (event) => {
    const grab = around(event.target, "[data-grab]");
    const row = around(grab, ".row");
    if (!grab || !row) return;
    if (event.key === " " || event.key === "Enter") {
      event.preventDefault();
      return held ? drop() : pickUp(row, grab);
    }
    if (!held) return;
    const at = rows.all().indexOf(row);
    const to = new Map([
      ["ArrowUp", at - 1],
      ["ArrowDown", at + 1],
      ["Home", 0],
      ["End", rows.all().length - 1],
    ]).get(event.key);
    if (to !== undefined) {
      event.preventDefault();
      step(row, to);
    } else if (event.key === "Escape") {
      event.preventDefault();
      rows.show(row, held.from);
      letGo();
      announce(`${row.dataset.title} is back at ${placeName(rows.all().indexOf(row))}`);
    }
  });
  desk.addEventListener("focusout", ({ target }) => {
    if (held && target === held.grab) setTimeout(() => held && document.activeElement !== held.grab && drop());
  });
}
