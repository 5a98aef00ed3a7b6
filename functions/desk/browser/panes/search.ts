import { counted } from "#domain/counted.ts";
import { element, every, jsonOf, need } from "../page.ts";
import type { Saving } from "../saving/saving.ts";

export const isAddress = (text: string): boolean => /^(https?:\/\/|www\.)\S+$/i.test(text.trim());

const wordsIn = (text: string): string[] => text.toLowerCase().split(/\s+/).filter(Boolean);

/** Filters the candidates while someone types, and searches older stories on the server. */
export function watchSearch(desk: HTMLElement, saving: Saving, search: HTMLInputElement) {
  const matching = need(desk, "[data-matching]", HTMLElement);
  const found = need(desk, "[data-found]", HTMLElement);
  let looked = "";

  function filter(): void {
    const wanted = isAddress(search.value) ? [] : wordsIn(search.value);
    let shown = 0;
    for (const item of every(desk, "[data-candidates] > li")) {
      const text = item.textContent.toLowerCase();
      item.hidden = !wanted.every((word) => text.includes(word));
      if (!item.hidden) shown += 1;
    }
    if (wanted.length === 0) found.replaceChildren();
    const matches = `${counted(shown, "candidate matches", "candidates match")}.`;
    const more = search.value === looked ? "" : " Press Enter to search the last 14 days too.";
    matching.textContent = wanted.length === 0 ? "" : matches + more;
  }

  async function look(): Promise<void> {
    const words = search.value;
    const response = await saving.runCommand(`/find?q=${encodeURIComponent(words)}`).catch(() => null);
    const answer = response ? await jsonOf<{ html?: string }>(response) : undefined;
    found.innerHTML = answer?.html ?? "";
    if (answer === undefined) found.append(element("p", { className: "empty", text: "No connection. Try again." }));
    // A candidate that matches is listed already.
    const listed = new Set(every(desk, "[data-candidates] > li, #tray .other").map(({ dataset }) => dataset.key));
    for (const item of every(found, ".other")) {
      if (listed.has(item.dataset.key?.replace(/^found-/, ""))) item.remove();
    }
    if (answer !== undefined) looked = words;
    filter();
  }

  search.addEventListener("input", filter);
  return { filter, look };
}
