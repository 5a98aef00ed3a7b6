import { around, every } from "../page.ts";

/**
 * Closes a menu on Escape, a click outside or tabbing out of it. Without the script, it opens and closes by its button.
 */
export function watchMenus(): void {
  const openMenus = () => every(document, "details.menu[open]");
  const close = (menu: HTMLElement) => menu.removeAttribute("open");
  document.addEventListener("click", ({ target }) => {
    for (const menu of openMenus()) if (around(target, "details.menu") !== menu) close(menu);
  });
  document.addEventListener("focusin", ({ target }) => {
    for (const menu of openMenus()) if (around(target, "details.menu") !== menu) close(menu);
  });
  document.addEventListener("keydown", (event) => {
    const [menu] = openMenus();
    if (event.key !== "Escape" || !menu) return;
    event.preventDefault();
    close(menu);
    const summary = menu.querySelector("summary");
    if (summary instanceof HTMLElement) summary.focus();
  });
}
