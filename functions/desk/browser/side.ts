import { around, element, every, jsonOf, need } from "./page.ts";
import type { Saving } from "./saving.ts";
import type { Sheet } from "./sheet.ts";
import { isFlag, isText, type Store } from "./store.ts";

export type Side = ReturnType<typeof watchSide>;

const panes = ["edition", "preview", "stories", "tray", "changes", "checks", "history"];

/** The panes beside the edition, searching, and adding. */
export function watchSide(desk: HTMLElement, saving: Saving, store: Store, sheet: Sheet) {
  const narrow = matchMedia("(max-width: 900px)");
  const search = need(desk, "#q", HTMLInputElement);
  const mayEdit = desk.dataset.edits === "yes";
  const known = new Set(every(desk, ".row").map(({ dataset }) => dataset.story));

  const remembered = () => store.read("pane", isText, "preview");

  function open(name: string, isRequested = true): void {
    const wanted = panes.includes(name) ? name : "preview";
    const shown = narrow.matches ? wanted : wanted === "edition" ? remembered() : wanted;
    for (const pane of every(desk, ".pane")) {
      pane.classList.toggle("shown", pane.id === shown || (!narrow.matches && pane.id === "edition"));
    }
    for (const link of every(desk, "[data-tab]")) {
      link.hidden = link.dataset.tab === "edition" && !narrow.matches;
      if (link.dataset.tab === shown) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    if (shown !== "edition") store.write("pane", shown);
    if (isRequested && narrow.matches) scrollTo(0, 0);
  }

  function tally(): void {
    const counts = {
      tray: every(desk, "#tray .other").length,
      stories: every(desk, "[data-candidates] > li").length,
    };
    for (const [name, n] of Object.entries(counts)) {
      const link = desk.querySelector(`[data-tab="${name}"]`);
      link?.querySelector("b")?.remove();
      if (n > 0) link?.append(element("b", { text: String(n) }));
    }
  }

  const finder = watchSearch(desk, saving, search);

  /** No source has brought it: the page says what it is, and an editor corrects that. */
  function askAboutPage(url: string): void {
    sheet.open("Add a page", () => sheet.ask("/page", { url }), arrived);
  }

  function add(story: string): void {
    if (!mayEdit) return;
    open("stories");
    saving.decide({ do: "add", story }, ({ fault }) => {
      if (fault?.code === "unknown-story" && isAddress(story)) {
        askAboutPage(story);
        return "shown";
      }
      return fault ? undefined : arrived();
    });
    search.value = "";
    finder.filter();
  }

  /** Shows what was added. */
  function arrived(): void {
    setTimeout(() => {
      for (const row of every(desk, ".row")) {
        if (!known.has(row.dataset.story)) {
          row.classList.add("came");
          row.scrollIntoView({ block: "nearest" });
        }
        known.add(row.dataset.story);
      }
    });
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
  need(desk, "[data-search]", HTMLFormElement).addEventListener("submit", (event) => {
    event.preventDefault();
    if (isAddress(search.value)) add(search.value.trim());
    else if (search.value.trim() !== "") finder.look();
  });
  watchHiding(desk, store);
  document.addEventListener("paste", (event) => {
    if (around(event.target, "input, textarea")) return;
    const text = event.clipboardData?.getData("text/plain").trim() ?? "";
    if (!isAddress(text)) return;
    event.preventDefault();
    add(text);
  });
  saving.onTaken(() => {
    tally();
    finder.filter();
  });
  tally();
  open(location.hash.slice(1) || (narrow.matches ? "edition" : remembered()), false);
  const focusSearch = () => {
    open("stories");
    search.focus();
  };
  return { open, add, focusSearch };
}

const isAddress = (text: string): boolean => /^(https?:\/\/|www\.)\S+$/i.test(text.trim());
const wordsIn = (text: string): string[] => text.toLowerCase().split(/\s+/).filter(Boolean);

/** Filters the candidates while someone types, and asks the server for older stories. */
function watchSearch(desk: HTMLElement, saving: Saving, search: HTMLInputElement) {
  const matching = need(desk, "[data-matching]", HTMLElement);
  const found = need(desk, "[data-found]", HTMLElement);

  function filter(): void {
    const wanted = isAddress(search.value) ? [] : wordsIn(search.value);
    let shown = 0;
    for (const item of every(desk, "[data-candidates] > li")) {
      const text = item.textContent.toLowerCase();
      item.hidden = !wanted.every((word) => text.includes(word));
      if (!item.hidden) shown += 1;
    }
    matching.textContent =
      wanted.length === 0 ? "" : `${shown} candidates match. Press Enter to search the last 14 days too.`;
    if (wanted.length === 0) found.replaceChildren();
  }

  async function look(): Promise<void> {
    const response = await saving.runCommand(`/find?q=${encodeURIComponent(search.value)}`).catch(() => null);
    const answer = response ? await jsonOf<{ html?: string }>(response) : undefined;
    found.innerHTML = answer?.html ?? "";
    if (answer === undefined) found.append(element("p", { className: "empty", text: "No connection. Try again." }));
    // A candidate that matches is listed already.
    const listed = new Set(every(desk, "[data-candidates] > li, #tray .other").map(({ dataset }) => dataset.key));
    for (const item of every(found, ".other")) {
      if (listed.has(item.dataset.key?.replace(/^found-/, ""))) item.remove();
    }
  }

  search.addEventListener("input", filter);
  return { filter, look };
}

function watchHiding(desk: HTMLElement, store: Store): void {
  const hide = need(desk, "[data-hide-ran]", HTMLInputElement);
  const apply = () => need(desk, "#stories", HTMLElement).classList.toggle("hide-ran", hide.checked);
  hide.checked = store.read("hide-ran", isFlag, false);
  hide.addEventListener("change", () => {
    store.write("hide-ran", hide.checked);
    apply();
  });
  apply();
}
