/**
 * Keeps what changes by itself up to date: a page that has `data-live` is fetched again every few seconds, and its content
 * replaced where it differs, unless somebody types in it. And moments are said in the reader's own zone too.
 */
const EVERY = 4000;

function sayOwnZone(within) {
  const format = new Intl.DateTimeFormat(undefined, {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZoneName: "short",
  });
  for (const place of within.querySelectorAll("time [data-own-zone]")) {
    const at = place.closest("time").getAttribute("datetime");
    place.textContent = format.format(new Date(at));
  }
}

async function refresh(live) {
  const response = await fetch(location.href, { headers: { accept: "text/html" }, redirect: "error" });
  if (!response.ok) return live;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const next = page.querySelector("[data-live]");
  if (next === null) return live;
  sayOwnZone(next);
  if (isWritten(live) || next.innerHTML === live.innerHTML) return live;
  const focused = live.contains(document.activeElement) ? nameOf(document.activeElement) : null;
  live.replaceWith(next);
  if (focused !== null) {
    [...next.querySelectorAll("a, button")].find((one) => nameOf(one) === focused)?.focus({ preventScroll: true });
  }
  return next;
}

/** What somebody typed or chose is not replaced. */
const isWritten = (live) =>
  [...live.querySelectorAll("input:not([type=hidden]), select, textarea")].some(
    (field) => field === document.activeElement || (field.defaultValue ?? field.value) !== field.value || field.checked,
  );

/** Where a link leads, or what a button does. */
const nameOf = (one) => one.getAttribute("href") ?? `${one.form?.elements.do?.value} ${one.textContent}`;

export function watchOffice() {
  sayOwnZone(document);
  let live = document.querySelector("[data-live]");
  if (live === null) return;
  const tick = async () => {
    if (document.visibilityState === "visible") live = await refresh(live).catch(() => live);
    setTimeout(tick, EVERY);
  };
  setTimeout(tick, EVERY);
}
