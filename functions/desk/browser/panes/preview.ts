import { around, every, maybe, need } from "../page.ts";
import type { Saving } from "../saving/saving.ts";
import { isText, type Store } from "../store.ts";
import { markCurrent } from "./panes.ts";

/** Widths of views in pixels; other views use the available room. */
const exact = new Map([
  ["375", 375],
  ["320", 320],
]);
const least = 600;
const fluid = ["text", "inbox"];

/** The email in its frame, in the chosen view. */
export function watchPreview(desk: HTMLElement, saving: Saving, store: Store) {
  const screen = need(desk, ".screen", HTMLElement);
  const hash = () => maybe(desk, "[data-hash-of]", HTMLElement)?.dataset.hashOf ?? "";
  const load = openFrame(screen, `${desk.dataset.path}/preview/`);
  let view = store.read("view", isText, "600");
  let shown = hash();

  function reload(): void {
    load(view, shown);
    resize(screen, view);
  }

  function choose(name: string, isFirst = false): void {
    const isNew = name !== view;
    view = name;
    store.write("view", view);
    screen.dataset.screen = view;
    for (const link of every(desk, "[data-view]")) markCurrent(link, link.dataset.view === view);
    if (isNew || isFirst) reload();
    else resize(screen, view);
  }

  desk.addEventListener("click", (event) => {
    const link = around(event.target, "[data-view]");
    if (!link || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    choose(link.dataset.view ?? "600");
  });
  saving.onTaken(() => {
    if (hash() === shown) return;
    shown = hash();
    reload();
  });
  new ResizeObserver(() => resize(screen, view)).observe(screen);
  if (view !== "600") choose(view, true);
  else need(screen, "iframe", HTMLIFrameElement).dataset.hash = shown;

  return {
    nth(n: number): void {
      const link = every(desk, "[data-view]")[n];
      if (link) choose(link.dataset.view ?? "600");
    },
  };
}

/** Loads a new page behind the old one, then replaces it at the same scroll position. */
function openFrame(screen: HTMLElement, path: string) {
  let newest = 0;
  return (view: string, hash: string): void => {
    newest += 1;
    const mine = newest;
    const old = need(screen, "iframe:not(.coming)", HTMLIFrameElement);
    for (const coming of every(screen, ".coming")) coming.remove();
    const next = document.createElement("iframe");
    next.title = old.title;
    next.name = "preview";
    next.setAttribute("sandbox", "allow-same-origin");
    next.className = "coming";
    const scroll = old.contentWindow?.scrollY ?? 0;
    next.addEventListener("load", () => {
      if (mine !== newest) return;
      next.contentWindow?.scrollTo(0, scroll);
      old.remove();
      next.classList.remove("coming");
      next.dataset.hash = hash;
    });
    next.src = `${path}${view}?hash=${hash.slice(0, 16)}`;
    screen.append(next);
  };
}

/** A page is as wide as its device; if there is less room, it is scaled down. */
function resize(screen: HTMLElement, view: string): void {
  const room = screen.clientWidth;
  const width = exact.get(view) ?? (fluid.includes(view) ? room : Math.max(least, room));
  const scale = Math.min(1, room / width);
  for (const frame of every(screen, "iframe")) {
    frame.style.width = `${width}px`;
    frame.style.height = `${screen.clientHeight / scale}px`;
    frame.style.transform = scale < 1 ? `scale(${scale})` : "";
  }
}
