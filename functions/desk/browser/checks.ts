import { type Answer, around, element, every, jsonOf, maybe, need } from "./page.ts";
import type { Saving } from "./saving.ts";
import type { Side } from "./side.ts";

type CheckAnswer = Answer & {
  readonly html?: string;
  readonly ready?: boolean;
  readonly findings?: number;
  readonly verdict?: string;
};

/** The preflight check, run again whenever the email's bytes changed. */
export function watchChecks(desk: HTMLElement, saving: Saving, side: Side): void {
  const list = need(desk, "[data-check]", HTMLElement);
  const send = maybe(desk, "[data-send]", HTMLAnchorElement);
  const why = maybe(desk, "[data-send-why]", HTMLElement);
  const hash = () => maybe(desk, "[data-hash-of]", HTMLElement)?.dataset.hashOf ?? "";
  let checked = "";
  let tried = "";
  let timer = 0;

  async function check(withLinks: "links" | "no links"): Promise<void> {
    const mine = hash();
    if (mine === "" || desk.querySelector('[data-state="none"]')) return;
    checked = mine;
    // A check that began later doesn't hide what the links' check found.
    if (withLinks === "links") tried = mine;
    else if (tried === mine) return;
    const response = await saving.runCommand(`/check${withLinks === "links" ? "?links=yes" : ""}`).catch(() => null);
    const answer = response ? await jsonOf<CheckAnswer>(response) : undefined;
    if (!answer?.html || mine !== hash()) return;
    list.innerHTML = answer.html;
    show(answer);
  }

  function show({ ready = false, verdict = "", findings = 0 }: CheckAnswer): void {
    if (why) why.textContent = ready ? "" : verdict;
    if (send) {
      if (ready) send.removeAttribute("aria-disabled");
      else send.setAttribute("aria-disabled", "true");
      // The page that sends then shows what the links' check found, too.
      send.search = tried === checked ? "?links=yes" : "";
    }
    const tab = desk.querySelector("[data-tab=checks]");
    tab?.querySelector("b")?.remove();
    if (findings > 0) tab?.append(element("b", { className: ready ? "" : "stop", text: String(findings) }));
  }

  send?.addEventListener("click", (event) => {
    if (send.getAttribute("aria-disabled") !== "true") return;
    event.preventDefault();
    side.open("checks");
  });
  desk.addEventListener("click", (event) => {
    if (around(event.target, "[data-links]")) {
      event.preventDefault();
      need(desk, "[data-links]", HTMLElement).textContent = "Checking links…";
      check("links").finally(() => {
        for (const one of every(desk, "[data-links]")) one.textContent = "Check links";
      });
    }
    const jump = around(event.target, "[data-jump]");
    if (!jump) return;
    event.preventDefault();
    goTo(jump.getAttribute("href") ?? "");
  });

  function goTo(place: string): void {
    side.open("edition");
    const target = document.getElementById(place.slice(1));
    if (!target) return;
    const editor = maybe(target, "[data-edit]", HTMLDetailsElement);
    if (editor) editor.open = true;
    target.scrollIntoView({ block: "center" });
    (maybe(target, "textarea", HTMLTextAreaElement) ?? target).focus({ preventScroll: true });
  }

  saving.onTaken(() => {
    if (hash() === checked) return;
    clearTimeout(timer);
    timer = setTimeout(() => check("no links"), 700);
  });
  setTimeout(() => check("no links"), 300);
}
