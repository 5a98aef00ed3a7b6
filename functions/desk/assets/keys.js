/** Single keys, unless they are turned off or somebody is writing. */
export function watchKeys(desk, store, actions) {
  const dialog = desk.querySelector("#keys");
  const box = desk.querySelector("[data-keys-on]");
  box.checked = store.read("keys", true);
  box.addEventListener("change", () => store.write("keys", box.checked));
  desk.querySelector("[data-opens=keys]").addEventListener("click", () => dialog.showModal());
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
    const isWriting = event.target instanceof Element && event.target.closest("input, textarea, select");
    if (isWriting) return;
    const command = event.ctrlKey || event.metaKey;
    if (command && event.key.toLowerCase() === "z") return act(event, event.shiftKey ? actions.r : actions.u);
    if (command && event.key.toLowerCase() === "y") return act(event, actions.r);
    if (command || event.altKey) return;
    if (event.shiftKey && event.key.startsWith("Arrow")) return act(event, actions[event.key]);
    if (!box.checked) return;
    if (event.key === "?") return act(event, () => dialog.showModal());
    if (/^[1-9]$/.test(event.key)) return act(event, () => actions.view(Number(event.key) - 1));
    act(event, actions[event.key]);
  });
}

function act(event, action) {
  if (!action) return;
  if (action() !== false) event.preventDefault();
}
