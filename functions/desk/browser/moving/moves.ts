import { need } from "../page.ts";
import type { Decision } from "../saving/decision.ts";
import type { Saving } from "../saving/saving.ts";
import { watchDrag } from "./drag.ts";
import { watchGrab } from "./grab.ts";
import { reveal, rowsOf } from "./rows.ts";

export type Moves = ReturnType<typeof watchMoves>;

/** Four ways to move a story: handle, arrows, keyboard, position. The screen shows it at once. */
export function watchMoves(desk: HTMLElement, saving: Saving) {
  const live = need(desk, "[data-announce]", HTMLElement);
  const rows = rowsOf(desk);
  const announce = (text: string) => {
    live.textContent = "";
    live.textContent = text;
  };

  function move(row: HTMLElement, to: number, decision?: Decision): void {
    const all = rows.all();
    const from = all.indexOf(row);
    const place = Math.max(0, Math.min(all.length - 1, to));
    if (from < 0 || place === from) return;
    rows.show(row, place);
    reveal(row);
    announce(`${row.dataset.title} ${place === 0 ? "is now the lead" : `moved to ${place} of ${all.length - 1}`}`);
    saving.decide(decision ?? { do: "move", story: row.dataset.story, to: place });
  }

  const moveBy = (row: HTMLElement, by: number) => move(row, rows.all().indexOf(row) + by);
  const lead = (row: HTMLElement) => move(row, 0, { do: "lead", story: row.dataset.story });

  function remove(row: HTMLElement): void {
    const all = rows.all();
    const next = all[all.indexOf(row) + 1] ?? all[all.indexOf(row) - 1];
    announce(`${row.dataset.title} removed. Undo or Restore brings it back.`);
    rows.remove(row);
    const button = next?.querySelector("[data-do=remove]");
    if (button instanceof HTMLElement) button.focus({ preventScroll: true });
    saving.decide({ do: "remove", story: row.dataset.story });
  }

  watchGrab({ desk, saving, rows, move, announce });
  watchDrag({ desk, saving, rows, move });
  return { rows: rows.all, move, moveBy, lead, remove, announce };
}
