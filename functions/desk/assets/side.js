/** The panes beside the edition, searching, adding, and the test. */
export function watchSide(desk, saving, store) {
  const panes = ["edition", "preview", "stories", "tray", "changes", "checks", "history"];
  const narrow = matchMedia("(max-width: 900px)");
  const search = desk.querySelector("#q");
  const matching = desk.querySelector("[data-matching]");
  const found = desk.querySelector("[data-found]");
  const own = desk.querySelector("[data-own]");
  const mayEdit = desk.dataset.edits === "yes";

  function open(name, isAsked = true) {
    const wanted = panes.includes(name) ? name : "preview";
    const shown = narrow.matches ? wanted : wanted === "edition" ? remembered() : wanted;
    for (const pane of desk.querySelectorAll(".pane")) {
      pane.classList.toggle("shown", pane.id === shown || (!narrow.matches && pane.id === "edition"));
    }
    for (const link of desk.querySelectorAll("[data-tab]")) {
      link.hidden = link.dataset.tab === "edition" && !narrow.matches;
      if (link.dataset.tab === shown) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    if (shown !== "edition") store.write("pane", shown);
    if (isAsked && narrow.matches) desk.querySelector(".columns").scrollIntoView();
  }
  const remembered = () => store.read("pane", "preview");

  function tally() {
    const counts = {
      tray: desk.querySelectorAll("#tray .other").length,
      stories: desk.querySelectorAll("[data-candidates] > li").length,
    };
    for (const [name, n] of Object.entries(counts)) {
      const link = desk.querySelector(`[data-tab="${name}"]`);
      link.querySelector("b")?.remove();
      if (n > 0) link.append(Object.assign(document.createElement("b"), { textContent: n }));
    }
  }

  const words = (text) => text.toLowerCase().split(/\s+/).filter(Boolean);
  function filter() {
    const wanted = isAddress(search.value) ? [] : words(search.value);
    let shown = 0;
    for (const item of desk.querySelectorAll("[data-candidates] > li")) {
      const text = item.textContent.toLowerCase();
      item.hidden = !wanted.every((word) => text.includes(word));
      if (!item.hidden) shown += 1;
    }
    matching.textContent =
      wanted.length === 0 ? "" : `${shown} of the candidates match. Return searches the last fortnight, too.`;
  }

  async function look() {
    const answer = await saving.ask(`/find?q=${encodeURIComponent(search.value)}`).then((response) => response.json());
    found.innerHTML = answer.html ?? "";
  }

  function add(story) {
    if (!mayEdit) return;
    open("stories");
    saving.decide({ do: "add", story }, ({ fault }) => {
      if (own) own.hidden = !(fault?.code === "unknown-story" && isAddress(story));
      if (!own || own.hidden) return fault ? undefined : arrived();
      own.querySelector("#own-url").value = story;
      own.querySelector("#own-title").focus();
    });
    search.value = "";
    filter();
  }

  const before = new Set([...desk.querySelectorAll(".row")].map((row) => row.dataset.story));
  /** What came in shows itself. */
  function arrived() {
    setTimeout(() => {
      for (const row of desk.querySelectorAll(".row")) {
        if (!before.has(row.dataset.story)) {
          row.classList.add("came");
          row.scrollIntoView({ block: "nearest" });
        }
        before.add(row.dataset.story);
      }
    });
  }

  desk.addEventListener("click", (event) => {
    const tab = event.target.closest("[data-tab]");
    if (!tab) return;
    event.preventDefault();
    history.replaceState(null, "", `#${tab.dataset.tab}`);
    open(tab.dataset.tab);
  });
  addEventListener("hashchange", () => {
    const name = location.hash.slice(1);
    if (panes.includes(name)) open(name);
  });
  narrow.addEventListener("change", () => open(location.hash.slice(1) || "edition", false));
  desk.querySelector("[data-search]").addEventListener("submit", (event) => {
    event.preventDefault();
    if (isAddress(search.value)) add(search.value.trim());
    else if (search.value.trim()) look();
  });
  search.addEventListener("input", filter);
  const hide = desk.querySelector("[data-hide-ran]");
  const hiding = () => desk.querySelector("#stories").classList.toggle("hide-ran", hide.checked);
  hide.checked = store.read("hide-ran", false);
  hide.addEventListener("change", () => {
    store.write("hide-ran", hide.checked);
    hiding();
  });
  hiding();
  own?.addEventListener("submit", (event) => {
    event.preventDefault();
    const [story, title] = [own.querySelector("#own-url").value, own.querySelector("#own-title").value];
    saving.decide({ do: "add", story, title }, ({ fault }) => {
      own.hidden = !fault;
      if (!fault) arrived();
    });
  });
  document.addEventListener("paste", (event) => {
    if (event.target instanceof Element && event.target.closest("input, textarea")) return;
    const text = event.clipboardData?.getData("text/plain").trim() ?? "";
    if (!isAddress(text)) return;
    event.preventDefault();
    add(text);
  });
  watchTest(desk, saving, store);
  saving.onTaken(() => {
    tally();
    filter();
  });
  tally();
  open(location.hash.slice(1) || (narrow.matches ? "edition" : remembered()), false);
  const focusSearch = () => {
    open("stories");
    search.focus();
  };
  return { open, add, focusSearch };
}

const isAddress = (text) => /^(https?:\/\/|www\.)\S+$/i.test(text.trim());

function watchTest(desk, saving, store) {
  const form = desk.querySelector("[data-test]");
  const said = desk.querySelector("[data-test-said]");
  if (!form) return;
  const to = form.querySelector("input[name=to]");
  to.value = store.read("test-to", "");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    store.write("test-to", to.value);
    said.hidden = false;
    said.textContent = "Sending…";
    const body = JSON.stringify({ to: to.value });
    const answer = await saving
      .ask("/test", { method: "POST", body, headers: { "content-type": "application/json" } })
      .then((response) => response.json())
      .catch(() => ({ said: "No connection: no test was sent." }));
    said.textContent = answer.said ?? answer.fault?.message ?? "";
  });
}
