import { EVERY } from "./live.ts";
import { showOwnZone } from "./own-zone.ts";
import { every, isComposing, maybe } from "./page.ts";

/** This page's address, without the parameters that make it slow. */
function addressToRefresh(): URL {
  const url = new URL(location.href);
  url.searchParams.delete("links");
  return url;
}

async function refresh(live: HTMLElement): Promise<HTMLElement> {
  const response = await fetch(addressToRefresh(), { headers: { accept: "text/html" }, redirect: "error" });
  if (!response.ok) return live;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const next = maybe(page, "[data-live]", HTMLElement);
  if (next === null) return live;
  showOwnZone(next);
  keepOpen(live, next);
  if (isBeingEdited(live) || next.innerHTML === live.innerHTML) return live;
  const active = document.activeElement;
  const focused = active instanceof HTMLElement && live.contains(active) ? nameOf(active) : null;
  const scrolled = every(live, "[data-newest]").map((strip) => strip.scrollLeft);
  live.replaceWith(next);
  for (const [at, strip] of every(next, "[data-newest]").entries())
    strip.scrollLeft = scrolled[at] ?? strip.scrollWidth;
  if (focused !== null)
    every(next, "a, button, summary")
      .find((one) => nameOf(one) === focused)
      ?.focus({ preventScroll: true });
  return next;
}

/** Keeps opened parts open, and keeps slow results. */
function keepOpen(live: HTMLElement, next: HTMLElement): void {
  for (const one of every(live, "details[open][data-key]")) {
    next.querySelector(`details[data-key="${CSS.escape(one.dataset.key ?? "")}"]`)?.setAttribute("open", "");
  }
  if (!new URL(location.href).searchParams.has("links")) return;
  const [kept, fresh] = [live.querySelector("[data-found-slowly]"), next.querySelector("[data-found-slowly]")];
  if (kept && fresh) fresh.replaceWith(kept.cloneNode(true));
}

/** What someone typed or chose isn't replaced. */
const isBeingEdited = (live: HTMLElement): boolean =>
  [...live.querySelectorAll("input:not([type=hidden]), select, textarea")].some(
    (field) => field === document.activeElement || isChanged(field),
  );

function isChanged(field: Element): boolean {
  if (field instanceof HTMLInputElement)
    return field.value !== field.defaultValue || field.checked !== field.defaultChecked;
  if (field instanceof HTMLTextAreaElement) return field.value !== field.defaultValue;
  return field instanceof HTMLSelectElement && [...field.options].some((one) => one.selected !== one.defaultSelected);
}

/** Identifies a link by its target, a button by its action. */
function nameOf(one: HTMLElement): string {
  const action = one instanceof HTMLButtonElement ? one.form?.elements.namedItem("do") : null;
  const does = action instanceof HTMLInputElement ? action.value : "";
  return one.getAttribute("href") ?? `${does} ${one.textContent}`;
}

export function watchOffice(): void {
  showOwnZone(document);
  showNewest(document);
  watchCancel();
  const first = maybe(document, "[data-live]", HTMLElement);
  if (first === null) return;
  let live = first;
  const tick = async () => {
    if (document.visibilityState === "visible") live = await refresh(live).catch(() => live);
    setTimeout(tick, EVERY);
  };
  setTimeout(tick, EVERY);
}

/** A strip of days that doesn't fit is scrolled to its end, because the newest days matter most. */
function showNewest(within: ParentNode): void {
  for (const strip of every(within, "[data-newest]")) strip.scrollLeft = strip.scrollWidth;
}

/** Escape is the same as Cancel, unless something was written. */
function watchCancel(): void {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || isComposing(event)) return;
    if (event.target instanceof Element && isChanged(event.target)) return;
    maybe(document, "[data-cancel]", HTMLAnchorElement)?.click();
  });
}
