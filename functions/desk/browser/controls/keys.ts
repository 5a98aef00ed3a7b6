import { around, every, isComposing, need } from "../page.ts";
import { isFlag, type Store } from "../store.ts";

/** What a key does; `false` leaves the key to the browser. */
type Action = () => unknown;
export type Actions = Readonly<Record<string, Action | undefined>>;

/** Single keys, unless they are turned off or someone is writing. */
/** @param view shows the preview's view with that number, from 0 */
export function watchKeys(desk: HTMLElement, store: Store, actions: Actions, view: (n: number) => void): void {
  const dialog = need(desk, "#keys", HTMLDialogElement);
  const box = need(desk, "[data-keys-on]", HTMLInputElement);
  box.checked = store.read("keys", isFlag, true);
  box.addEventListener("change", () => store.write("keys", box.checked));
  for (const opener of every(desk, "[data-opens=keys]")) opener.addEventListener("click", () => dialog.showModal());
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || isComposing(event) || document.querySelector("dialog[open]")) return;
    if (around(event.target, "input, textarea, select")) return;
    const key = keyIn(event);
    const command = event.ctrlKey || event.metaKey;
    if (command && key === "z") return act(event, event.shiftKey ? actions.r : actions.u);
    if (command && key === "y") return act(event, actions.r);
    if (command || event.altKey) return;
    if (event.shiftKey && event.key.startsWith("Arrow")) return act(event, actions[event.key]);
    if (!box.checked) return;
    if (key === "?") return act(event, () => dialog.showModal());
    if (/^[1-9]$/.test(key)) return act(event, () => view(Number(key) - 1));
    act(event, actions[key]);
  });
}

/** The Latin letter of a key; for layouts of other scripts, by the key's position (UI Events, KeyboardEvent code). */
function keyIn({ key, code, shiftKey }: Pick<KeyboardEvent, "key" | "code" | "shiftKey">): string {
  if (/^[\x20-\x7e]$/.test(key)) return key.toLowerCase();
  if (key.length !== 1) return key;
  if (code === "Slash") return shiftKey ? "?" : "/";
  return /^(?:Key|Digit)([A-Z0-9])$/.exec(code)?.[1]?.toLowerCase() ?? key;
}

function act(event: KeyboardEvent, action: Action | undefined): void {
  if (action && action() !== false) event.preventDefault();
}
