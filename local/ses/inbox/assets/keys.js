import { one } from "./elements.js";
import { remember, remembered } from "./remembered.js";

const box = one("[data-keys-on]", HTMLInputElement);

/**
 * Single keys, unless switched off or someone is typing. `actions` maps a key to what it does.
 *
 * @param {Readonly<Record<string, () => unknown>>} actions
 */
export function listen(actions) {
  box.checked = remembered("keys", "on") === "on";
  box.addEventListener("change", () => remember("keys", box.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const typing = event.target instanceof Element && event.target.closest("input, textarea, select");
    if (typing && event.key !== "Escape") return;
    if (!box.checked && event.key !== "Escape") return;
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
}
