import { around, element } from "../page.ts";
import type { Saving } from "../saving/saving.ts";
import type { Rows } from "./rows.ts";

type Tools = {
  readonly desk: HTMLElement;
  readonly saving: Saving;
  readonly rows: Rows;
  readonly move: (row: HTMLElement, to: number) => void;
};

/** A dragged row: the mark shows where it would land, at `to`; `y` is the pointer's position. */
type Drag = { readonly row: HTMLElement; readonly mark: HTMLElement; y: number; to: number; frame: number };

/** Drags a row by its handle, or by a long touch. */
export function watchDrag(tools: Tools): void {
  const drag = openDrag(tools);
  watchPress(tools.desk, drag);
  addEventListener("pointerup", () => drag.end(true));
  addEventListener("pointercancel", () => drag.end(false));
  // The page must not scroll while a finger drags a row.
  document.addEventListener(
    "touchmove",
    (event) => {
      if (!drag.isOn()) return;
      event.preventDefault();
      drag.moveTo(event.touches[0]?.clientY);
    },
    { passive: false },
  );
  document.addEventListener("touchend", () => drag.end(true));
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") drag.end(false);
  });
  tools.desk.addEventListener("contextmenu", (event) => {
    if (drag.isOn()) event.preventDefault();
  });
}

/** How long a touch picks up a row, in milliseconds; and on its handle. */
const LONG_PRESS = 380;
const PRESS_ON_HANDLE = 120;
/** How far a finger may move, in pixels, before it scrolls instead. */
const STEADY = 10;

function watchPress(desk: HTMLElement, drag: ReturnType<typeof openDrag>): void {
  let press = 0;
  let pressedAt = { x: 0, y: 0 };
  const cancel = () => clearTimeout(press);

  desk.addEventListener("pointerdown", (event) => {
    const row = around(event.target, ".row");
    if (!row || event.button !== 0 || !row.querySelector("[data-grab]")) return;
    const grab = around(event.target, "[data-grab]");
    const isTouch = event.pointerType === "touch";
    if (grab && !isTouch) {
      event.preventDefault();
      grab.setPointerCapture(event.pointerId);
      return drag.begin(row, event.clientY);
    }
    if (!isTouch || around(event.target, "button:not([data-grab]), input, textarea, summary, a, .edit[open]")) return;
    const { clientX, clientY } = event;
    press = setTimeout(() => drag.begin(row, clientY), grab ? PRESS_ON_HANDLE : LONG_PRESS);
    pressedAt = { x: clientX, y: clientY };
  });
  addEventListener("pointermove", ({ clientX, clientY }) => {
    if (drag.isOn()) drag.moveTo(clientY);
    else if (Math.hypot(clientX - pressedAt.x, clientY - pressedAt.y) > STEADY) cancel();
  });
  addEventListener("pointerup", cancel);
  addEventListener("pointercancel", cancel);
}

function openDrag({ saving, rows, move }: Tools) {
  let drag: Drag | null = null;

  function follow(): void {
    if (!drag) return;
    const others = rows.all().filter((one) => one !== drag?.row);
    drag.to = placeUnder(drag.y, others);
    showMark(drag, others, rows.list());
    scrollNearEdge(drag.y);
    drag.frame = requestAnimationFrame(follow);
  }

  return {
    isOn: (): boolean => drag !== null,
    begin(row: HTMLElement, y: number): void {
      const mark = element("li", { className: "drop" });
      mark.setAttribute("aria-hidden", "true");
      saving.hold(true);
      drag = { row, mark, y, to: rows.all().indexOf(row), frame: 0 };
      row.classList.add("dragging");
      document.body.classList.add("dragging");
      navigator.vibrate?.(12);
      follow();
    },
    moveTo(y: number | undefined): void {
      if (drag) drag.y = y ?? drag.y;
    },
    end(isDone: boolean): void {
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
    },
  };
}

function placeUnder(y: number, others: readonly HTMLElement[]): number {
  const at = others.findIndex((one) => {
    const { top, height } = one.getBoundingClientRect();
    return y < top + height / 2;
  });
  return at < 0 ? others.length : at;
}

/** Shows where the row would land. */
function showMark({ mark, to }: Drag, others: readonly HTMLElement[], list: HTMLElement): void {
  const next = others[to];
  const box = list.getBoundingClientRect();
  const edge = next ? next.getBoundingClientRect().top : (others.at(-1)?.getBoundingClientRect().bottom ?? box.bottom);
  mark.style.top = `${edge - box.top}px`;
  if (!mark.isConnected) list.append(mark);
}

/** Pixels from the screen's edge in which the page scrolls. */
const EDGE = 70;

function scrollNearEdge(y: number): void {
  const speed = y < EDGE + 60 ? -1 : y > innerHeight - EDGE ? 1 : 0;
  if (speed !== 0) scrollBy(0, speed * 14);
}
