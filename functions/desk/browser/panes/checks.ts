import { type Answer, around, every, jsonOf, maybe, need } from "../page.ts";
import type { Saving } from "../saving/saving.ts";
import { showCount } from "./panes.ts";
import type { Side } from "./side.ts";

type CheckAnswer = Answer & {
  readonly html?: string;
  readonly ready?: boolean;
  readonly findings?: number;
  readonly verdict?: string;
};

/** Milliseconds before the first check, and after a change. */
const FIRST_PAUSE = 300;
const PAUSE = 700;

/** The preflight check, run again whenever the email's bytes changed. */
export function watchChecks(desk: HTMLElement, saving: Saving, side: Side): void {
  const list = need(desk, "[data-check]", HTMLElement);
  const hash = () => maybe(desk, "[data-hash-of]", HTMLElement)?.dataset.hashOf ?? "";
  let checked = "";
  let tried = "";
  let timer = 0;

  async function check(withLinks: "links" | "no links"): Promise<void> {
    const mine = hash();
    if (mine === "" || desk.querySelector('[data-state="none"]')) return;
    checked = mine;
    // A later check doesn't hide the results of the link check.
    if (withLinks === "links") tried = mine;
    else if (tried === mine) return;
    const response = await saving.runCommand(`/check${withLinks === "links" ? "?links=yes" : ""}`).catch(() => null);
    const answer = response ? await jsonOf<CheckAnswer>(response) : undefined;
    if (!answer?.html || mine !== hash()) return;
    list.innerHTML = answer.html;
    // The send page then also shows the results of the link check.
    showVerdict(desk, answer, tried === checked ? "?links=yes" : "");
  }

  function checkSoon(pause: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => check("no links"), pause);
  }

  watchSend(desk, side);
  watchLinks(desk, () => check("links"));
  watchJumps(desk, side);
  saving.onTaken(() => {
    if (hash() !== checked) checkSoon(PAUSE);
  });
  checkSoon(FIRST_PAUSE);
}

function showVerdict(desk: HTMLElement, answer: CheckAnswer, search: string): void {
  const { ready = false, verdict = "", findings = 0 } = answer;
  const send = maybe(desk, "[data-send]", HTMLAnchorElement);
  const why = maybe(desk, "[data-send-why]", HTMLElement);
  if (why) why.textContent = ready ? "" : verdict;
  if (send) {
    if (ready) send.removeAttribute("aria-disabled");
    else send.setAttribute("aria-disabled", "true");
    send.search = search;
  }
  showCount(desk, "checks", findings, ready ? "" : "stop");
}

/** While there are blockers, the button leads to them. */
function watchSend(desk: HTMLElement, side: Side): void {
  const send = maybe(desk, "[data-send]", HTMLAnchorElement);
  send?.addEventListener("click", (event) => {
    if (send.getAttribute("aria-disabled") !== "true") return;
    event.preventDefault();
    side.open("checks");
  });
}

function watchLinks(desk: HTMLElement, check: () => Promise<void>): void {
  desk.addEventListener("click", (event) => {
    if (!around(event.target, "[data-links]")) return;
    event.preventDefault();
    need(desk, "[data-links]", HTMLElement).textContent = "Checking links…";
    check().finally(() => {
      for (const one of every(desk, "[data-links]")) one.textContent = "Check links";
    });
  });
}

/** A finding leads to its field. */
function watchJumps(desk: HTMLElement, side: Side): void {
  desk.addEventListener("click", (event) => {
    const jump = around(event.target, "[data-jump]");
    if (!jump) return;
    event.preventDefault();
    side.open("edition");
    const target = document.getElementById((jump.getAttribute("href") ?? "").slice(1));
    if (!target) return;
    const editor = maybe(target, "[data-edit]", HTMLDetailsElement);
    if (editor) editor.open = true;
    target.scrollIntoView({ block: "center" });
    (maybe(target, "textarea", HTMLTextAreaElement) ?? target).focus({ preventScroll: true });
  });
}
