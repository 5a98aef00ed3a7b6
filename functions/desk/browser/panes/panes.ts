import { around, element, every } from "../page.ts";
import { isText, type Store } from "../store.ts";

const panes = ["edition", "preview", "stories", "tray", "changes", "checks", "history"];

/** The panes next to the edition, one at a time; on a narrow screen, the edition is one of them. */
export function watchPanes(desk: HTMLElement, store: Store) {
  const narrow = matchMedia("(max-width: 900px)");
  const remembered = () => store.read("pane", isText, "preview");

  function open(name: string, isRequested = true): void {
    const wanted = panes.includes(name) ? name : "preview";
    const shown = narrow.matches ? wanted : wanted === "edition" ? remembered() : wanted;
    for (const pane of every(desk, ".pane")) {
      pane.classList.toggle("shown", pane.id === shown || (!narrow.matches && pane.id === "edition"));
    }
    for (const link of every(desk, "[data-tab]")) {
      link.hidden = link.dataset.tab === "edition" && !narrow.matches;
      markCurrent(link, link.dataset.tab === shown);
    }
    if (shown !== "edition") store.write("pane", shown);
    if (isRequested && narrow.matches) scrollTo(0, 0);
  }

  desk.addEventListener("click", (event) => {
    const tab = around(event.target, "[data-tab]");
    if (!tab) return;
    event.preventDefault();
    history.replaceState(null, "", `#${tab.dataset.tab}`);
    open(tab.dataset.tab ?? "");
  });
  addEventListener("hashchange", () => {
    const name = location.hash.slice(1);
    if (panes.includes(name)) open(name);
  });
  narrow.addEventListener("change", () => open(location.hash.slice(1) || "edition", false));
  open(location.hash.slice(1) || (narrow.matches ? "edition" : remembered()), false);
  return open;
}

export function markCurrent(link: HTMLElement, isCurrent: boolean): void {
  if (isCurrent) link.setAttribute("aria-current", "true");
  else link.removeAttribute("aria-current");
}

/** Shows a pane's number of items on its tab. */
export function showCount(desk: HTMLElement, pane: string, count: number, className?: string): void {
  const tab = desk.querySelector(`[data-tab="${pane}"]`);
  tab?.querySelector("b")?.remove();
  if (count > 0) tab?.append(element("b", { className, text: String(count) }));
}
