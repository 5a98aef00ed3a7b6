import { watchChecks } from "./checks.ts";
import { watchForms } from "./kept-form.ts";
import { watchKeys } from "./keys.ts";
import { watchClock, watchOthers } from "./live.ts";
import { watchMenus } from "./menus.ts";
import { type Moves, watchMoves } from "./moving.ts";
import { watchOffice } from "./office.ts";
import { around, maybe, need } from "./page.ts";
import { watchPreview } from "./preview.ts";
import { openSaving, type Saving } from "./saving.ts";
import { watchSheet } from "./sheet.ts";
import { type Side, watchSide } from "./side.ts";
import { openStore } from "./store.ts";
import { watchTestSend } from "./test-send.ts";
import { watchTexts } from "./texts.ts";

watchMenus();
const page = maybe(document, "[data-desk]", HTMLElement);
if (page) startEditing(page);
else {
  watchForms();
  watchOffice();
}

function startEditing(desk: HTMLElement): void {
  desk.classList.add("live");
  const store = openStore(`${desk.dataset.path} ${desk.dataset.person}`);
  const settings = openStore(desk.dataset.person ?? "");
  const saving = openSaving(desk, store);
  const texts = watchTexts(desk, saving, store);
  const moves = watchMoves(desk, saving);
  const preview = watchPreview(desk, saving, settings);
  const sheet = watchSheet(desk, saving);
  const side = watchSide(desk, saving, settings, sheet);
  watchTestSend(desk, saving, settings);
  watchChecks(desk, saving, side);
  watchOthers(desk, saving, store);
  watchClock(desk, saving);
  watchButtons(desk, saving, moves, side);
  watchTaps(desk);
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
  const actions = {
    j: () => step(1),
    k: () => step(-1),
    ArrowUp: onRow((row) => moves.move(row, moves.rows().indexOf(row) - 1)),
    ArrowDown: onRow((row) => moves.move(row, moves.rows().indexOf(row) + 1)),
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
  watchKeys(desk, settings, actions, (n) => {
    side.open("preview");
    preview.nth(n);
  });
  texts.restore();
  saving.resume();
}

function edit(row: HTMLElement, field: string): void {
  need(row, "[data-edit]", HTMLDetailsElement).open = true;
  const place = row.querySelector(field);
  if (!(place instanceof HTMLTextAreaElement || place instanceof HTMLInputElement)) return;
  place.focus();
  place.select();
}

/** A tap on a row shows its actions where no pointer hovers over it. */
function watchTaps(desk: HTMLElement): void {
  desk.addEventListener("click", ({ target }) => {
    if (around(target, "a, button, input, textarea, summary, label")) return;
    const grab = around(target, ".row")?.querySelector("[data-grab]");
    if (grab instanceof HTMLElement) grab.focus({ preventScroll: true });
  });
}

/** Every button that decides something does it here at once; without the script its form does. */
function watchButtons(desk: HTMLElement, saving: Saving, moves: Moves, side: Side): void {
  desk.addEventListener("click", (event) => {
    const button = around(event.target, "[data-do]");
    if (!button) return;
    event.preventDefault();
    if (button.getAttribute("aria-disabled") === "true") return;
    // The second half of a double click meets the row that moved up to that place: it isn't meant for it.
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
      return row ? moves.move(row, moves.rows().indexOf(row) - 1) : undefined;
    case "down":
      return row ? moves.move(row, moves.rows().indexOf(row) + 1) : undefined;
    case "lead":
      return row ? moves.lead(row) : undefined;
    case "remove":
      return row ? moves.remove(row) : undefined;
    case "build":
      return saving.decide("build");
    case "undo":
      // By number, so two people who press at once don't undo twice; while others are on their way, the latest.
      moves.announce(button.title);
      return saving.decide({ do: "undo", ...(of && !saving.isBusy() ? { of: Number(of) } : {}) });
    case "redo":
      moves.announce(button.title);
      return saving.decide({ do: "redo" });
    case "reset":
      return saving.decide({ do: "reset", ...(story ? { story } : {}), fields: [fields] });
    case "restore":
      around(button, ".other")?.remove();
      return saving.decide({ do: "restore", story });
    case "add":
      return side.add(story ?? "");
  }
}
