import { around, one } from "./elements.js";
import { listen } from "./keys.js";
import { choose, dressPreview } from "./preview.js";
import { remember, remembered } from "./remembered.js";

const list = one("#list", HTMLElement);
const pane = one("#pane", HTMLElement);
const search = one("#q", HTMLInputElement);
const status = one("#said", HTMLElement);
const live = one("[data-live]", HTMLElement);
const clearing = one("#clear", HTMLDialogElement);

/** @returns {HTMLElement | null} */
const openMail = () => pane.querySelector(".mail");
/** @returns {HTMLAnchorElement[]} */
const rows = () => [...list.querySelectorAll(/** @type {"a"} */ ("a.row"))];
const currentRow = () => rows().find((row) => row.hasAttribute("aria-current"));
/** Wide enough for list and message side by side. */
const sideBySide = matchMedia("(min-width: 821px)");

/**
 * A part of the page as the server makes it; undefined where there is none.
 *
 * @param {string} path
 */
async function part(path) {
  const answer = await fetch(path, { headers: { accept: "text/html" } });
  return answer.ok ? answer.text() : undefined;
}

/* ---- the list ---- */

/** The newest copy of each message that was on the screen. */
const seen = new Map(rows().map((row) => [row.dataset.key, Number(row.dataset.latest)]));

let refreshes = 0;

/** Fetches the list again; while mail pours in, an answer that was overtaken by a later one is dropped. */
async function refreshList() {
  const request = ++refreshes;
  const query = new URLSearchParams({ q: search.value, open: openMail()?.dataset.id ?? "" });
  const markup = await part(`/parts/list?${query}`);
  if (markup === undefined || request !== refreshes) return;
  const focused = rows().find((row) => row === document.activeElement)?.dataset.key;
  list.innerHTML = markup;
  for (const row of rows()) {
    const fresh = Number(row.dataset.latest) > (seen.get(row.dataset.key) ?? 0);
    if (fresh && !row.hasAttribute("aria-current")) row.classList.add("fresh");
    if (focused !== undefined && row.dataset.key === focused) row.focus();
  }
}

/** @param {HTMLElement | undefined} row */
function markSeen(row) {
  if (!row) return;
  seen.set(row.dataset.key, Number(row.dataset.latest));
  row.classList.remove("fresh");
}

/* ---- the message ---- */

let requests = 0;

/**
 * Opens the message of an address of this page. A later request wins over a slower earlier one.
 *
 * @param {string} href
 * @param {{ push?: boolean, focus?: boolean }} [how]
 */
async function open(href, { push = true, focus = false } = {}) {
  const url = new URL(href, location.href);
  const request = ++requests;
  const markup = await part(`/parts${url.pathname}${url.search}`);
  if (request !== requests) return;
  if (markup === undefined) return location.assign(url);
  pane.innerHTML = markup;
  pane.scrollTop = 0;
  if (push) history.pushState({}, "", url);
  document.body.dataset.open = "message";
  const id = openMail()?.dataset.id;
  await refreshList();
  markSeen(currentRow());
  currentRow()?.scrollIntoView({ block: "nearest" });
  dressPreview(pane);
  if (focus || !sideBySide.matches) pane.focus({ preventScroll: true });
  status.textContent = id ? `Opened: ${pane.querySelector(".title")?.textContent}` : "";
}

function toList() {
  document.body.dataset.open = "list";
  history.pushState({}, "", search.value === "" ? "/" : `/?q=${encodeURIComponent(search.value)}`);
  (currentRow() ?? rows()[0])?.focus();
}

/** @param {number} by */
function move(by) {
  const all = rows();
  const at = all.findIndex((row) => row.hasAttribute("aria-current"));
  const next = all[at < 0 ? 0 : at + by];
  if (next) open(next.href);
}

/** @param {string} selector */
const follow = (selector) => {
  const link = pane.querySelector(selector);
  if (link instanceof HTMLAnchorElement) open(link.href);
};

/** @param {Element | null} form */
async function unsubscribe(form) {
  const outcome = pane.querySelector("[data-outcome]");
  if (!(form instanceof HTMLFormElement) || !(outcome instanceof HTMLElement)) return;
  outcome.removeAttribute("data-ok");
  outcome.textContent = "Posting…";
  const answer = await fetch(form.action, { method: "POST" });
  const { ok, says } = answer.ok ? await answer.json() : { ok: false, says: "The inbox did not answer." };
  outcome.dataset.ok = String(ok);
  outcome.textContent = says;
}

/* ---- what people do ---- */

document.addEventListener("click", (event) => {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
  const link = around(event, "a", HTMLAnchorElement);
  const button = around(event, "button", HTMLButtonElement);
  if (link?.matches(".row, .step, [data-go]")) {
    event.preventDefault();
    open(link.href, { focus: false });
  } else if (link?.matches("[data-back], [data-home]") && !sideBySide.matches) {
    event.preventDefault();
    toList();
  } else if (button?.dataset.set) choose(pane, button.dataset.set, button.dataset.value);
  else if (button?.dataset.opens) one(`#${button.dataset.opens}`, HTMLDialogElement).showModal();
});

document.addEventListener("submit", (event) => {
  const leaving = around(event, "[data-unsubscribe]", HTMLFormElement);
  if (leaving) {
    event.preventDefault();
    unsubscribe(leaving);
  } else if (around(event, ".search", HTMLFormElement)) event.preventDefault();
});

/** @type {number | undefined} */
let typing;
search.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(async () => {
    document.body.dataset.open = "list";
    await refreshList();
    const count = rows().length;
    status.textContent = count === 0 ? "Nothing matches." : `${count} in the list.`;
    history.replaceState({}, "", search.value === "" ? "/" : `/?q=${encodeURIComponent(search.value)}`);
  }, 120);
});

addEventListener("popstate", () => {
  search.value = new URLSearchParams(location.search).get("q") ?? "";
  if (location.pathname.startsWith("/message/")) open(location.href, { push: false });
  else {
    document.body.dataset.open = "list";
    refreshList();
  }
});

clearing.addEventListener("close", async () => {
  if (clearing.returnValue !== "yes") return;
  await fetch("/messages", { method: "DELETE" });
  location.assign("/");
});

listen({
  j: () => move(1),
  k: () => move(-1),
  ArrowRight: () => follow("[data-step=next]"),
  ArrowLeft: () => follow("[data-step=prev]"),
  1: () => follow("[data-go=html]"),
  2: () => follow("[data-go=text]"),
  3: () => follow("[data-go=headers]"),
  4: () => follow("[data-go=source]"),
  w: () => choose(pane, "width"),
  d: () => choose(pane, "scheme"),
  u: () => unsubscribe(pane.querySelector("[data-unsubscribe]")),
  "/": () => {
    document.body.dataset.open = "list";
    search.focus();
    search.select();
  },
  "?": () => one("#keys", HTMLDialogElement).showModal(),
  Escape: () => {
    if (document.activeElement === search) search.blur();
    toList();
  },
});

/* ---- the viewer's own colours ---- */

const themes = ["system", "light", "dark"];
/** @param {string} theme */
function dress(theme) {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  one("[data-theme-name]", Element).textContent = theme;
  one("[data-theme-switch]", HTMLElement).setAttribute("aria-label", `Theme: ${theme}`);
}
dress(themes.includes(remembered("theme", "")) ? remembered("theme", "") : "system");
one("[data-theme-switch]", HTMLElement).addEventListener("click", () => {
  const now = document.documentElement.dataset.theme ?? "system";
  const next = themes[(themes.indexOf(now) + 1) % themes.length] ?? "system";
  remember("theme", next);
  dress(next);
});

/* ---- live ---- */

/**
 * @param {"on" | "off"} state
 * @param {string} words
 */
function showLive(state, words) {
  live.dataset.live = state;
  one("[data-live-text]", Element, live).textContent = words;
}

const news = new EventSource("/live");
news.addEventListener("open", () => showLive("on", "Live"));
news.addEventListener("error", () => showLive("off", "Waiting for the simulator"));
news.addEventListener("mail", async (event) => {
  /** @type {{ added: number, total: number }} */
  const { added, total } = JSON.parse(event.data);
  document.title = `${total > 0 ? `Inbox (${total.toLocaleString("en")})` : "Inbox"} · Broadsheet`;
  one("[data-count]", Element).textContent = `${total.toLocaleString("en")} ${total === 1 ? "message" : "messages"}`;
  if (total === 0) return location.assign("/");
  await refreshList();
  status.textContent = `${added} new`;
  const first = rows()[0];
  if (!openMail() && first && sideBySide.matches) open(first.href, { push: false });
  else if (currentRow()) await refreshCopies();
});

/** More copies of the open mail have come: the count beside it grows, the email itself stays as it is. */
async function refreshCopies() {
  const bar = pane.querySelector(".copies");
  const markup = await part(`/parts/message/${openMail()?.dataset.id}?${new URLSearchParams({ q: search.value })}`);
  if (markup === undefined) return;
  const now = new DOMParser().parseFromString(markup, "text/html").querySelector(".copies");
  if (now && bar) bar.replaceWith(now);
  else if (now) pane.querySelector(".side")?.append(now);
}

dressPreview(pane);
markSeen(currentRow());
