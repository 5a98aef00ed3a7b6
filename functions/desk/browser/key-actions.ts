import type { Actions } from "./keys.ts";
import type { Moves } from "./moving/moves.ts";
import { around, maybe, need } from "./page.ts";
import type { Side } from "./panes/side.ts";
import type { Sheet } from "./sheet/sheet.ts";

type Tools = { readonly moves: Moves; readonly side: Side; readonly sheet: Sheet };

/** What each key does on the edition's page. */
export function keyActions(desk: HTMLElement, { moves, side, sheet }: Tools): Actions {
  const mayEdit = desk.dataset.edits === "yes";
  const current = () => around(document.activeElement, ".row");
  const onRow = (act: (row: HTMLElement) => unknown) => () => {
    const row = current();
    return row && mayEdit ? act(row) : false;
  };
  const step = (by: number) => {
    const all = moves.rows();
    const row = current();
    const next = all[Math.max(0, Math.min(all.length - 1, row ? all.indexOf(row) + by : 0))];
    const place = next?.querySelector("[data-grab], summary");
    if (place instanceof HTMLElement) place.focus();
  };
  const undo = (kind: "undo" | "redo") => mayEdit && maybe(desk, `[data-do=${kind}]`, HTMLElement)?.click();
  return {
    j: () => step(1),
    k: () => step(-1),
    ArrowUp: onRow((row) => moves.moveBy(row, -1)),
    ArrowDown: onRow((row) => moves.moveBy(row, 1)),
    l: onRow(moves.lead),
    x: onRow(moves.remove),
    e: onRow((row) => edit(row, "textarea[data-field=title]")),
    m: onRow((row) => edit(row, "input[name=to]")),
    i: onRow(sheet.ofStory),
    u: () => undo("undo"),
    r: () => undo("redo"),
    "/": side.focusSearch,
    p: () => side.open("preview"),
    s: () => side.open("stories"),
    t: () => side.open("tray"),
    c: () => side.open("changes"),
    q: () => side.open("checks"),
    h: () => side.open("history"),
  };
}

function edit(row: HTMLElement, field: string): void {
  need(row, "[data-edit]", HTMLDetailsElement).open = true;
  const place = row.querySelector(field);
  if (!(place instanceof HTMLTextAreaElement || place instanceof HTMLInputElement)) return;
  place.focus();
  place.select();
}
