import type { Moves } from "../moving/moves.ts";
import { around, maybe, need } from "../page.ts";
import type { Side } from "../panes/side.ts";
import type { Sheet } from "../sheet/sheet.ts";
import type { Actions } from "./keys.ts";

type Tools = { readonly moves: Moves; readonly side: Side; readonly sheet: Sheet };

/** What each key does on the edition's page. */
export function keyActions(desk: HTMLElement, { moves, side, sheet }: Tools): Actions {
  const mayEdit = desk.dataset.edits === "yes";
  const current = () => around(document.activeElement, ".row");
  let left: HTMLElement | null = null;
  /** Opens a pane and goes to its tab, just before its content; j and k go back to the row. */
  const go = (pane: string) => () => {
    left = current() ?? left;
    side.open(pane);
    need(desk, `[data-tab=${pane}]`, HTMLElement).focus({ preventScroll: true });
  };
  const onRow = (act: (row: HTMLElement) => unknown) => () => {
    const row = current();
    return row && mayEdit ? act(row) : false;
  };
  const step = (by: number) => {
    const all = moves.rows();
    const row = current();
    const from = row ? all.indexOf(row) + by : left ? all.indexOf(left) : 0;
    const next = all[Math.max(0, Math.min(all.length - 1, from))];
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
    p: go("preview"),
    s: go("stories"),
    t: go("tray"),
    c: go("changes"),
    q: go("checks"),
    h: go("history"),
  };
}

function edit(row: HTMLElement, field: string): void {
  need(row, "[data-edit]", HTMLDetailsElement).open = true;
  const place = row.querySelector(field);
  if (!(place instanceof HTMLTextAreaElement || place instanceof HTMLInputElement)) return;
  place.focus();
  place.select();
}
