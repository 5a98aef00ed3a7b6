/** The email in its frame: a new one is loaded behind the old one and takes its place and its scroll. */
export function watchPreview(desk, saving, store) {
  const screen = desk.querySelector(".screen");
  const path = `${desk.dataset.path}/preview/`;
  let view = store.read("view", "600");
  let shown = hash();
  let turn = 0;

  function hash() {
    return desk.querySelector("[data-hash-of]")?.dataset.hashOf ?? "";
  }

  function load() {
    const mine = ++turn;
    const old = screen.querySelector("iframe:not(.coming)");
    for (const coming of screen.querySelectorAll(".coming")) coming.remove();
    const scroll = scrollOf(old);
    const next = document.createElement("iframe");
    next.title = old.title;
    next.name = "preview";
    next.sandbox = "allow-same-origin";
    next.className = "coming";
    next.addEventListener("load", () => {
      if (mine !== turn) return;
      next.contentWindow?.scrollTo(0, scroll);
      old.remove();
      next.classList.remove("coming");
      next.dataset.hash = shown;
    });
    next.src = `${path}${view}?hash=${shown.slice(0, 16)}`;
    screen.append(next);
  }

  function choose(name, isOld = false) {
    const isNew = name !== view;
    view = name;
    store.write("view", view);
    screen.dataset.screen = view;
    for (const link of desk.querySelectorAll("[data-view]")) {
      if (link.dataset.view === view) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    if (isNew || isOld) load();
  }

  desk.addEventListener("click", (event) => {
    const link = event.target.closest("[data-view]");
    if (!link || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    choose(link.dataset.view);
  });
  saving.onTaken(() => {
    if (hash() === shown) return;
    shown = hash();
    load();
  });
  if (view !== "600") choose(view, true);
  else screen.querySelector("iframe").dataset.hash = shown;

  return {
    nth(n) {
      const link = desk.querySelectorAll("[data-view]")[n];
      if (link) choose(link.dataset.view);
    },
  };
}

function scrollOf(frame) {
  try {
    return frame.contentWindow.scrollY;
  } catch {
    return 0;
  }
}
