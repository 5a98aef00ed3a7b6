import { watchChecks } from "./checks.js";
import { watchForms } from "./kept-form.js";
import { watchKeys } from "./keys.js";
import { watchClock, watchOthers } from "./live.js";
import { watchMoves } from "./moving.js";
import { watchOffice } from "./office.js";
import { watchPreview } from "./preview.js";
import { openSaving } from "./saving.js";
import { watchSide } from "./side.js";
import { openStore } from "./store.js";
import { watchTexts } from "./texts.js";

const desk = document.querySelector("[data-desk]");
if (desk) start();
else {
  watchForms();
  watchOffice();
}

function start() {
  desk.classList.add("live");
  const store = openStore(`${desk.dataset.path} ${desk.dataset.person}`);
  const settings = openStore(desk.dataset.person);
  const saving = openSaving(desk, store);
  const texts = watchTexts(desk, saving, store);
  const moves = watchMoves(desk, saving);
  const preview = watchPreview(desk, saving, settings);
  const side = watchSide(desk, saving, settings);
  watchChecks(desk, saving, side);
  watchOthers(desk, saving, store);
  watchClock(desk, saving);
  watchButtons(saving, moves, side);
  const mayEdit = desk.dataset.edits === "yes";
  const row = () => document.activeElement?.closest(".row");
  const withRow = (act) => () => {
    const current = row();
    return current && mayEdit ? act(current) : false;
  };
  watchKeys(desk, settings, {
    j: () => step(1),
    k: () => step(-1),
    ArrowUp: withRow((current) => moves.move(current, moves.rows().indexOf(current) - 1)),
    ArrowDown: withRow((current) => moves.move(current, moves.rows().indexOf(current) + 1)),
    l: withRow(moves.lead),
    x: withRow(moves.remove),
    e: withRow((current) => edit(current, "textarea[data-field=title]")),
    m: withRow((current) => edit(current, "input[name=to]")),
    u: () => mayEdit && undo("undo"),
    r: () => mayEdit && undo("redo"),
    "/": side.focusSearch,
    p: () => side.open("preview"),
    s: () => side.open("stories"),
    t: () => side.open("tray"),
    c: () => side.open("changes"),
    q: () => side.open("checks"),
    h: () => side.open("history"),
    view(n) {
      side.open("preview");
      preview.nth(n);
    },
  });

  function step(by) {
    const all = moves.rows();
    const next = all[Math.max(0, Math.min(all.length - 1, row() ? all.indexOf(row()) + by : 0))];
    next?.querySelector("[data-grab], summary")?.focus();
  }
  function edit(current, field) {
    current.querySelector("[data-edit]").open = true;
    const place = current.querySelector(field);
    place.focus();
    place.select();
  }
  function undo(kind) {
    desk.querySelector(`.steps [data-do=${kind}]`)?.click();
  }
  // What sticks below the head begins where it ends, however many lines it has.
  const head = desk.querySelector(".head");
  new ResizeObserver(() => desk.style.setProperty("--head", `${head.offsetHeight}px`)).observe(head);
  texts.restore();
  saving.resume();
}

/** Every button that decides something does it here at once; without the script its form does. */
function watchButtons(saving, moves, side) {
  desk.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (!button) return;
    event.preventDefault();
    if (button.getAttribute("aria-disabled") === "true") return;
    // The second half of a double click meets the row that came up to that place: it is not meant.
    if (event.detail > 1 && ["remove", "restore", "add", "lead"].includes(button.dataset.do)) return;
    const row = button.closest(".row");
    const { do: what, of, story, fields } = button.dataset;
    switch (what) {
      case "up":
        return moves.move(row, moves.rows().indexOf(row) - 1);
      case "down":
        return moves.move(row, moves.rows().indexOf(row) + 1);
      case "lead":
        return moves.lead(row);
      case "remove":
        return moves.remove(row);
      case "build":
        return saving.decide("build");
      case "undo":
        // By number, so that two who press at once do not take back two; behind what is on its way, the latest.
        moves.announce(button.title);
        return saving.decide({ do: "undo", ...(of && !saving.isBusy() ? { of: Number(of) } : {}) });
      case "redo":
        moves.announce(button.title);
        return saving.decide({ do: "redo" });
      case "reset":
        return saving.decide({ do: "reset", ...(story ? { story } : {}), fields: [fields] });
      case "restore":
        button.closest(".other").remove();
        return saving.decide({ do: "restore", story });
      case "add":
        return side.add(story);
    }
  });
  desk.addEventListener("submit", (event) => {
    const to = event.target.closest("[data-to]");
    if (to) {
      event.preventDefault();
      const row = to.closest(".row");
      moves.move(row, Number(to.querySelector("input[name=to]").value));
    } else if (event.target.closest(".fields, .line, .steps")) event.preventDefault();
  });
}
