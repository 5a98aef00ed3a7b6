import { around, element, every, need } from "./page.ts";
import type { Decision, Saving } from "./saving.ts";

export type Moves = ReturnType<typeof watchMoves>;

/** Four ways to the same order: handle, arrows, keyboard, position. What is moved is on the screen at once. */
export function watchMoves(desk: HTMLElement, saving: Saving) {
  const live = need(desk, "[data-announce]", HTMLElement);
  const list = () => need(desk, "[data-rows]", HTMLElement);
  const rows = () => every(desk, "[data-rows] > .row");
  const announce = (text: string) => {
    live.textContent = "";
    live.textContent = text;
  };

  /** Puts a row at its place in the page, and gives the others their new numbers. */
  function show(row: HTMLElement, to: number): void {
    const before = rows().filter((one) => one !== row)[to] ?? null;
    const active = document.activeElement;
    if (row.nextElementSibling !== before) list().insertBefore(row, before);
    if (active instanceof HTMLElement && active !== document.activeElement) active.focus({ preventScroll: true });
    number();
  }

  function number(): void {
    const all = rows();
    for (const [place, row] of all.entries()) {
      const shown = row.querySelector("[data-place]");
      if (shown) shown.textContent = place === 0 ? "Lead" : String(place);
      row.classList.toggle("lead", place === 0);
      const off = new Map([
        ["up", place === 0],
        ["down", place === all.length - 1],
        ["lead", place === 0],
      ]);
      for (const one of every(row, ".acts [data-do]")) {
        if (off.get(one.dataset.do ?? "")) one.setAttribute("aria-disabled", "true");
        else one.removeAttribute("aria-disabled");
      }
    }
  }

  function move(row: HTMLElement, to: number, decision?: Decision): void {
    const all = rows();
    const from = all.indexOf(row);
    const place = Math.max(0, Math.min(all.length - 1, to));
    if (from < 0 || place === from) return;
    show(row, place);
    reveal(row);
    announce(`${row.dataset.title} ${place === 0 ? "is now the lead" : `moved to ${place} of ${all.length - 1}`}`);
    saving.decide(decision ?? { do: "move", story: row.dataset.story, to: place });
  }

  const lead = (row: HTMLElement) => move(row, 0, { do: "lead", story: row.dataset.story });

  function remove(row: HTMLElement): void {
    const all = rows();
    const next = all[all.indexOf(row) + 1] ?? all[all.indexOf(row) - 1];
    announce(`${row.dataset.title} removed. Undo or Restore brings it back.`);
    row.remove();
    number();
    const button = next?.querySelector("[data-do=remove]");
    if (button instanceof HTMLElement) button.focus({ preventScroll: true });
    saving.decide({ do: "remove", story: row.dataset.story });
  }

  watchGrab({ desk, saving, rows, show, move, announce });
  watchDrag({ desk, saving, rows, list, move });
  return { rows, move, lead, remove, announce };
}

type Tools = {
  desk: HTMLElement;
  saving: Saving;
  rows: () => HTMLElement[];
  show: (row: HTMLElement, to: number) => void;
  move: (row: HTMLElement, to: number) => void;
  announce: (text: string) => void;
};

const placeName = (place: number): string => (place === 0 ? "the lead" : String(place));

function reveal(row: HTMLElement): void {
  const { top, bottom } = row.getBoundingClientRect();
  if (top < 70 || bottom > innerHeight - 60) row.scrollIntoView({ block: "nearest" });
}

/** Space picks a row up, arrows move it, Space puts it down, Escape puts it back. */
function watchGrab({ desk, saving, rows, show, move, announce }: Tools): void {
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
    const to = rows().indexOf(row);
    letGo();
    if (to === from) return announce(`${row.dataset.title} put down where it was`);
    show(row, from);
    move(row, to);
  }

  function pickUp(row: HTMLElement, grab: HTMLElement): void {
    held = { row, grab, from: rows().indexOf(row) };
    saving.hold(true);
    row.classList.add("held");
    grab.setAttribute("aria-pressed", "true");
    const how = "Arrows move it, Space puts it down, Escape puts it back.";
    announce(`${row.dataset.title} picked up at ${placeName(held.from)}. ${how}`);
  }

  function step(row: HTMLElement, to: number): void {
    const place = Math.max(0, Math.min(rows().length - 1, to));
    show(row, place);
    reveal(row);
    announce(`${placeName(place)} of ${rows().length - 1}`);
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
    const at = rows().indexOf(row);
    const to = new Map([
      ["ArrowUp", at - 1],
      ["ArrowDown", at + 1],
      ["Home", 0],
      ["End", rows().length - 1],
    ]).get(event.key);
    if (to !== undefined) {
      event.preventDefault();
      step(row, to);
    } else if (event.key === "Escape") {
      event.preventDefault();
      show(row, held.from);
      letGo();
      announce(`${row.dataset.title} is back at ${placeName(rows().indexOf(row))}`);
    }
  });
  desk.addEventListener("focusout", ({ target }) => {
    if (held && target === held.grab) setTimeout(() => held && document.activeElement !== held.grab && drop());
  });
}

/** A finger that stays this long on a row picks it up, in milliseconds. */
const LONG_PRESS = 380;
/** Pixels from the screen's edge in which the page scrolls. */
const EDGE = 70;

type Drag = { row: HTMLElement; mark: HTMLElement; y: number; to: number; frame: number };

function watchDrag({
  desk,
  saving,
  rows,
  list,
  move,
}: Omit<Tools, "show" | "announce"> & { list: () => HTMLElement }): void {
  let drag: Drag | null = null;
  let press = 0;
  let pressedAt = { x: 0, y: 0 };

  function begin(row: HTMLElement, y: number): void {
    const mark = element("li", { className: "drop" });
    mark.setAttribute("aria-hidden", "true");
    saving.hold(true);
    drag = { row, mark, y, to: rows().indexOf(row), frame: 0 };
    row.classList.add("dragging");
    document.body.classList.add("dragging");
    navigator.vibrate?.(12);
    follow();
  }

  /** Shows where it would land, and scrolls near the screen's edges. */
  function follow(): void {
    if (!drag) return;
    const { row, mark, y } = drag;
    const others = rows().filter((one) => one !== row);
    const at = others.findIndex((one) => {
      const { top, height } = one.getBoundingClientRect();
      return y < top + height / 2;
    });
    drag.to = at < 0 ? others.length : at;
    const next = others[drag.to];
    const box = list().getBoundingClientRect();
    const edge = next
      ? next.getBoundingClientRect().top
      : (others.at(-1)?.getBoundingClientRect().bottom ?? box.bottom);
    mark.style.top = `${edge - box.top}px`;
    if (!mark.isConnected) list().append(mark);
    const speed = y < EDGE + 60 ? -1 : y > innerHeight - EDGE ? 1 : 0;
    if (speed !== 0) scrollBy(0, speed * 14);
    drag.frame = requestAnimationFrame(follow);
  }

  function end(isDone: boolean): void {
    clearTimeout(press);
    if (!drag) return;
    const { row, mark, to, frame } = drag;
    drag = null;
    saving.hold(false);
    cancelAnimationFrame(frame);
    mark.remove();
    row.classList.remove("dragging");
    document.body.classList.remove("dragging");
    if (isDone) move(row, to);
    const grab = row.querySelector("[data-grab]");
    if (grab instanceof HTMLElement) grab.focus({ preventScroll: true });
  }

  desk.addEventListener("pointerdown", (event) => {
    const row = around(event.target, ".row");
    if (!row || event.button !== 0 || !row.querySelector("[data-grab]")) return;
    const grab = around(event.target, "[data-grab]");
    const isTouch = event.pointerType === "touch";
    if (grab && !isTouch) {
      event.preventDefault();
      grab.setPointerCapture(event.pointerId);
      return begin(row, event.clientY);
    }
    if (!isTouch || around(event.target, "button:not([data-grab]), input, textarea, summary, a, .edit[open]")) return;
    const { clientX, clientY } = event;
    press = setTimeout(() => begin(row, clientY), grab ? 120 : LONG_PRESS);
    pressedAt = { x: clientX, y: clientY };
  });
  addEventListener("pointermove", ({ clientX, clientY }) => {
    if (drag) drag.y = clientY;
    else if (Math.hypot(clientX - pressedAt.x, clientY - pressedAt.y) > 10) clearTimeout(press);
  });
  addEventListener("pointerup", () => end(true));
  addEventListener("pointercancel", () => end(false));
  // While a finger drags a row the page must not scroll under it.
  document.addEventListener(
    "touchmove",
    (event) => {
      if (!drag) return;
      event.preventDefault();
      drag.y = event.touches[0]?.clientY ?? drag.y;
    },
    { passive: false },
  );
  document.addEventListener("touchend", () => drag && end(true));
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && drag) end(false);
  });
  desk.addEventListener("contextmenu", (event) => {
    if (drag) event.preventDefault();
  });
}
