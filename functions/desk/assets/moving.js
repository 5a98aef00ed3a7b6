/** Four ways to the same order: handle, arrows, keyboard, position. What is moved is on the screen at once. */

export function watchMoves(desk, saving) {
  const live = desk.querySelector("[data-live]");
  const list = () => desk.querySelector("[data-rows]");
  const rows = () => [...list().querySelectorAll(":scope > .row")];
  const announce = (text) => {
    live.textContent = "";
    live.textContent = text;
  };
  const name = (place) => (place === 0 ? "the lead" : String(place));

  /** Puts a row at its place in the page, and gives the others their new numbers. */
  function show(row, to) {
    const others = rows().filter((one) => one !== row);
    const before = others[to] ?? null;
    const active = document.activeElement;
    if (row.nextElementSibling !== before) list().insertBefore(row, before);
    if (active && active !== document.activeElement) active.focus({ preventScroll: true });
    number();
  }

  function number() {
    const all = rows();
    for (const [place, row] of all.entries()) {
      const shown = row.querySelector("[data-place]");
      if (shown) shown.textContent = place === 0 ? "Lead" : String(place);
      row.classList.toggle("lead", place === 0);
      const off = { up: place === 0, down: place === all.length - 1, lead: place === 0 };
      for (const button of row.querySelectorAll(".acts [data-do]")) {
        if (off[button.dataset.do]) button.setAttribute("aria-disabled", "true");
        else button.removeAttribute("aria-disabled");
      }
    }
  }

  function move(row, to, decision) {
    const all = rows();
    const from = all.indexOf(row);
    const place = Math.max(0, Math.min(all.length - 1, to));
    if (from < 0 || place === from) return;
    show(row, place);
    seen(row);
    announce(`${row.dataset.title} ${place === 0 ? "is the lead now" : `moved to ${place} of ${all.length - 1}`}`);
    saving.decide(decision ?? { do: "move", story: row.dataset.story, to: place });
  }

  const lead = (row) => move(row, 0, { do: "lead", story: row.dataset.story });

  function remove(row) {
    const all = rows();
    const next = all[all.indexOf(row) + 1] ?? all[all.indexOf(row) - 1];
    announce(`${row.dataset.title} removed; Undo or Restore brings it back`);
    row.remove();
    number();
    next?.querySelector("[data-do=remove]")?.focus({ preventScroll: true });
    saving.decide({ do: "remove", story: row.dataset.story });
  }

  watchGrab({ desk, saving, rows, show, move, announce, name });
  watchDrag({ desk, saving, list, rows, move });
  return { rows, move, lead, remove, announce, number };
}

function seen(row) {
  const { top, bottom } = row.getBoundingClientRect();
  if (top < 110 || bottom > innerHeight - 60) row.scrollIntoView({ block: "nearest" });
}

/** Space picks a row up, arrows move it, Space puts it down, Escape puts it back. */
function watchGrab({ desk, saving, rows, show, move, announce, name }) {
  let held = null;
  const letGo = () => {
    held.row.classList.remove("held");
    held.grab.setAttribute("aria-pressed", "false");
    held = null;
    saving.hold(false);
  };
  const drop = () => {
    const { row, from } = held;
    const to = rows().indexOf(row);
    letGo();
    if (to === from) return announce(`${row.dataset.title} put down where it was`);
    show(row, from);
    move(row, to);
  };
  desk.addEventListener("keydown", (event) => {
    const grab = event.target.closest?.("[data-grab]");
    if (!grab) return;
    const row = grab.closest(".row");
    if (event.key === " " || event.key === "Enter") {
      event.preventDefault();
      if (held) return drop();
      held = { row, grab, from: rows().indexOf(row) };
      saving.hold(true);
      row.classList.add("held");
      grab.setAttribute("aria-pressed", "true");
      return announce(
        `${row.dataset.title} picked up at ${name(held.from)}. Arrows move it, Space puts it down, Escape puts it back.`,
      );
    }
    if (!held) return;
    const at = rows().indexOf(row);
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: rows().length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      const place = Math.max(0, Math.min(rows().length - 1, to));
      show(row, place);
      seen(row);
      announce(`${name(place)} of ${rows().length - 1}`);
    } else if (event.key === "Escape") {
      event.preventDefault();
      show(row, held.from);
      letGo();
      announce(`${row.dataset.title} is back at ${name(rows().indexOf(row))}`);
    }
  });
  desk.addEventListener("focusout", ({ target }) => {
    if (held && target === held.grab) setTimeout(() => held && document.activeElement !== held.grab && drop());
  });
}

/** A finger that stays so long on a row, in milliseconds, means to move it. */
const LONG_PRESS = 380;
const EDGE = 70;

function watchDrag({ desk, saving, list, rows, move }) {
  let drag = null;
  let press = 0;

  function begin(row, event) {
    const line = Object.assign(document.createElement("li"), { className: "drop" });
    line.setAttribute("aria-hidden", "true");
    saving.hold(true);
    drag = { row, line, y: event.clientY, to: rows().indexOf(row), id: event.pointerId };
    row.classList.add("dragging");
    document.body.classList.add("dragging");
    navigator.vibrate?.(12);
    follow();
  }

  /** Shows where it would land, and scrolls near the screen's edges. */
  function follow() {
    if (!drag) return;
    const others = rows().filter((row) => row !== drag.row);
    const at = others.findIndex((row) => {
      const { top, height } = row.getBoundingClientRect();
      return drag.y < top + height / 2;
    });
    drag.to = at < 0 ? others.length : at;
    const next = others[drag.to];
    const box = list().getBoundingClientRect();
    const edge = next
      ? next.getBoundingClientRect().top
      : (others.at(-1)?.getBoundingClientRect().bottom ?? box.bottom);
    drag.line.style.top = `${edge - box.top}px`;
    if (!drag.line.isConnected) list().append(drag.line);
    const speed = drag.y < EDGE + 60 ? -1 : drag.y > innerHeight - EDGE ? 1 : 0;
    if (speed !== 0) scrollBy(0, speed * 14);
    drag.frame = requestAnimationFrame(follow);
  }

  function end(isDone) {
    clearTimeout(press);
    if (!drag) return;
    const { row, line, to, frame } = drag;
    drag = null;
    saving.hold(false);
    cancelAnimationFrame(frame);
    line.remove();
    row.classList.remove("dragging");
    document.body.classList.remove("dragging");
    if (isDone) move(row, to);
    row.querySelector("[data-grab]")?.focus({ preventScroll: true });
  }

  desk.addEventListener("pointerdown", (event) => {
    const row = event.target.closest(".row");
    if (!row || event.button !== 0 || !row.querySelector("[data-grab]")) return;
    const grab = event.target.closest("[data-grab]");
    const isTouch = event.pointerType === "touch";
    if (grab && !isTouch) {
      event.preventDefault();
      grab.setPointerCapture(event.pointerId);
      return begin(row, event);
    }
    if (!isTouch || event.target.closest("button:not([data-grab]), input, textarea, summary, a, .edit[open]")) return;
    const { clientX, clientY, pointerId } = event;
    press = setTimeout(() => begin(row, { clientY, pointerId }), grab ? 120 : LONG_PRESS);
    drag = null;
    desk.dataset.pressX = clientX;
    desk.dataset.pressY = clientY;
  });
  addEventListener("pointermove", (event) => {
    if (drag) drag.y = event.clientY;
    else if (Math.hypot(event.clientX - desk.dataset.pressX, event.clientY - desk.dataset.pressY) > 10)
      clearTimeout(press);
  });
  addEventListener("pointerup", () => end(true));
  addEventListener("pointercancel", () => end(false));
  // While a row is dragged by a finger the page must not scroll under it.
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
