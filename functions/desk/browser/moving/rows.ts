import { every, maybe, need } from "../page.ts";

export type Rows = ReturnType<typeof rowsOf>;

/** The edition's rows on the page, the lead first. */
export function rowsOf(desk: HTMLElement) {
  const list = () => need(desk, "[data-rows]", HTMLElement);
  const all = () => every(desk, "[data-rows] > .row");
  return {
    list,
    all,
    /** Puts a row at its position, and renumbers the others. */
    show(row: HTMLElement, to: number): void {
      const before = all().filter((one) => one !== row)[to] ?? null;
      const active = document.activeElement;
      if (row.nextElementSibling !== before) list().insertBefore(row, before);
      if (active instanceof HTMLElement && active !== document.activeElement) {
        // On a phone, a row's actions are hidden unless the focus is in the row, and can't take it.
        maybe(row, "[data-grab]", HTMLElement)?.focus({ preventScroll: true });
        active.focus({ preventScroll: true });
      }
      number(all());
    },
    remove(row: HTMLElement): void {
      row.remove();
      number(all());
    },
  };
}

function number(rows: readonly HTMLElement[]): void {
  for (const [place, row] of rows.entries()) {
    const shown = row.querySelector("[data-place]");
    if (shown) shown.textContent = place === 0 ? "Lead" : String(place);
    row.classList.toggle("lead", place === 0);
    const off = new Map([
      ["up", place === 0],
      ["down", place === rows.length - 1],
      ["lead", place === 0],
    ]);
    for (const one of every(row, ".acts [data-do]")) {
      if (off.get(one.dataset.do ?? "")) one.setAttribute("aria-disabled", "true");
      else one.removeAttribute("aria-disabled");
    }
  }
}

export function reveal(row: HTMLElement): void {
  const { top, bottom } = row.getBoundingClientRect();
  if (top < 70 || bottom > innerHeight - 60) row.scrollIntoView({ block: "nearest" });
}
