import { listen } from "./keys.js";
import { choose, dressPreview } from "./preview.js";
import { remember, remembered } from "./remembered.js";

const list = document.querySelector("#list");
const pane = document.querySelector("#pane");
const search = document.querySelector("#q");
const said = document.querySelector("#said");
const live = document.querySelector("[data-live]");

const openMail = () => pane.querySelector(".mail");
const rows = () => [...list.querySelectorAll(".row")];
const currentRow = () => list.querySelector(".row[aria-current]");
/** Wide enough for list and message side by side. */
const sideBySide = matchMedia("(min-width: 821px)");

async function part(path) {
  const answer = await fetch(path, { headers: { accept: "text/html" } });
  return answer.ok ? answer.text() : undefined;
}

/* ---- the list ---- */

const seen = new Map(rows().map((row) => [row.dataset.key, Number(row.dataset.latest)]));

let refreshes = 0;

/** Fetches the list again; while mail pours in, an answer that was overtaken by a later one is dropped. */
async function refreshList() {
  const turn = ++refreshes;
  const query = new URLSearchParams({ q: search.value, open: openMail()?.dataset.id ?? "" });
  const markup = await part(`/parts/list?${query}`);
  if (markup === undefined || turn !== refreshes) return;
  const focused = list.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  list.innerHTML = markup;
  for (const row of rows()) {
    const fresh = Number(row.dataset.latest) > (seen.get(row.dataset.key) ?? 0);
    if (fresh && !row.hasAttribute("aria-current")) row.classList.add("fresh");
    if (row.dataset.key === focused) row.focus();
  }
}

function markSeen(row) {
  if (!row) return;
  seen.set(row.dataset.key, Number(row.dataset.latest));
  row.classList.remove("fresh");
}

/* ---- the message ---- */

let asked = 0;

/** Opens the message of an address of this page. A later request wins over a slower earlier one. */
async function open(href, { push = true, focus = false } = {}) {
  const url = new URL(href, location.href);
  const turn = ++asked;
  const markup = await part(`/parts${url.pathname}${url.search}`);
  if (turn !== asked) return;
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
  said.textContent = id ? `Opened: ${pane.querySelector(".title").textContent}` : "";
}

function toList() {
  document.body.dataset.open = "list";
  history.pushState({}, "", search.value === "" ? "/" : `/?q=${encodeURIComponent(search.value)}`);
  (currentRow() ?? rows()[0])?.focus();
}

function move(by) {
  const all = rows();
  const at = all.indexOf(currentRow());
  const next = all[at < 0 ? 0 : at + by];
  if (next) open(next.href);
}

const follow = (selector) => {
  const link = pane.querySelector(selector);
  if (link) open(link.href);
};

async function unsubscribe(form) {
  const outcome = pane.querySelector("[data-outcome]");
  if (!form || !outcome) return;
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
  const link = event.target.closest("a");
  const button = event.target.closest("button");
  if (link?.matches(".row, .step, [data-go]")) {
    event.preventDefault();
    open(link.href, { focus: false });
  } else if (link?.matches("[data-back], [data-home]") && !sideBySide.matches) {
    event.preventDefault();
    toList();
  } else if (button?.dataset.set) choose(pane, button.dataset.set, button.dataset.value);
  else if (button?.dataset.opens) document.querySelector(`#${button.dataset.opens}`).showModal();
});

document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-unsubscribe]")) {
    event.preventDefault();
    unsubscribe(event.target);
  } else if (event.target.matches(".search")) event.preventDefault();
});

let typing;
search.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(async () => {
    document.body.dataset.open = "list";
    await refreshList();
    const count = rows().length;
    said.textContent = count === 0 ? "Nothing matches." : `${count} in the list.`;
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

document.querySelector("#clear").addEventListener("close", async (event) => {
  if (event.target.returnValue !== "yes") return;
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
  "?": () => document.querySelector("#keys").showModal(),
  Escape: () => {
    if (document.activeElement === search) search.blur();
    toList();
  },
});

/* ---- the viewer's own colours ---- */

const themes = ["system", "light", "dark"];
function dress(theme) {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  document.querySelector("[data-theme-name]").textContent = theme;
  document.querySelector("[data-theme-switch]").setAttribute("aria-label", `Theme: ${theme}`);
}
dress(themes.includes(remembered("theme", "")) ? remembered("theme", "") : "system");
document.querySelector("[data-theme-switch]").addEventListener("click", () => {
  const now = document.documentElement.dataset.theme ?? "system";
  const next = themes[(themes.indexOf(now) + 1) % themes.length];
  remember("theme", next);
  dress(next);
});

/* ---- live ---- */

function showLive(on, words) {
  live.dataset.live = on ? "on" : "off";
  live.querySelector("[data-live-text]").textContent = words;
}

const news = new EventSource("/live");
news.addEventListener("open", () => showLive(true, "Live"));
news.addEventListener("error", () => showLive(false, "Waiting for the simulator"));
news.addEventListener("mail", async (event) => {
  const { added, total } = JSON.parse(event.data);
  document.title = `${total > 0 ? `Inbox (${total.toLocaleString("en")})` : "Inbox"} · Broadsheet`;
  document.querySelector("[data-count]").textContent =
    `${total.toLocaleString("en")} ${total === 1 ? "message" : "messages"}`;
  if (total === 0) return location.assign("/");
  await refreshList();
  said.textContent = `${added} new`;
  const first = rows()[0];
  if (!openMail() && first && sideBySide.matches) open(first.href, { push: false });
  else if (currentRow()) await refreshCopies();
});

/** More copies of the open mail have come: the count beside it grows, the email itself stays as it is. */
async function refreshCopies() {
  const bar = pane.querySelector(".copies");
  const markup = await part(`/parts/message/${openMail().dataset.id}?${new URLSearchParams({ q: search.value })}`);
  if (markup === undefined) return;
  const now = new DOMParser().parseFromString(markup, "text/html").querySelector(".copies");
  if (now && bar) bar.replaceWith(now);
  else if (now) pane.querySelector(".side")?.append(now);
}

dressPreview(pane);
markSeen(currentRow());
