import { around, every, need } from "../page.ts";
import type { Saving } from "../saving/saving.ts";
import type { Sheet } from "../sheet/sheet.ts";
import { isFlag, type Store } from "../store.ts";
import { showCount, watchPanes } from "./panes.ts";
import { isAddress, watchSearch } from "./search.ts";

export type Side = ReturnType<typeof watchSide>;

/** Everything next to the edition: its panes, searching, and adding. */
export function watchSide(desk: HTMLElement, saving: Saving, store: Store, sheet: Sheet) {
  const search = need(desk, "#q", HTMLInputElement);
  const mayEdit = desk.dataset.edits === "yes";
  const open = watchPanes(desk, store);
  const showArrived = watchArrivals(desk);
  const finder = watchSearch(desk, saving, search);

  /** No source has it, so its metadata is shown for the editor to correct. */
  function askAboutPage(url: string): void {
    sheet.open("Add a page", () => sheet.ask("/page", { url }), showArrived);
  }

  function add(story: string): void {
    if (!mayEdit) return;
    open("stories");
    saving.decide({ do: "add", story }, ({ fault }) => {
      if (fault?.code === "unknown-story" && isAddress(story)) {
        askAboutPage(story);
        return "shown";
      }
      return fault ? undefined : showArrived();
    });
    const isFound = around(document.activeElement, "[data-found]") !== null;
    search.value = "";
    finder.filter();
    if (isFound) search.focus();
  }

  need(desk, "[data-search]", HTMLFormElement).addEventListener("submit", (event) => {
    event.preventDefault();
    if (isAddress(search.value)) add(search.value.trim());
    else if (search.value.trim() !== "") finder.look();
  });
  watchPaste(add);
  watchHiding(desk, store);
  saving.onTaken(() => {
    showCounts(desk);
    finder.filter();
  });
  showCounts(desk);
  const focusSearch = () => {
    open("stories");
    search.focus();
  };
  return { open, add, focusSearch };
}

/** Shows rows that arrived since the last call. */
function watchArrivals(desk: HTMLElement): () => void {
  const known = new Set(every(desk, ".row").map(({ dataset }) => dataset.story));
  const show = () => {
    for (const row of every(desk, ".row")) {
      if (!known.has(row.dataset.story)) {
        row.classList.add("came");
        row.scrollIntoView({ block: "nearest" });
      }
      known.add(row.dataset.story);
    }
  };
  return () => void setTimeout(show);
}

/** An address pasted outside a field is added. */
function watchPaste(add: (story: string) => void): void {
  document.addEventListener("paste", (event) => {
    if (around(event.target, "input, textarea")) return;
    const text = event.clipboardData?.getData("text/plain").trim() ?? "";
    if (!isAddress(text)) return;
    event.preventDefault();
    add(text);
  });
}

function showCounts(desk: HTMLElement): void {
  showCount(desk, "tray", every(desk, "#tray .other").length);
  showCount(desk, "stories", every(desk, "[data-candidates] > li").length);
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
