/** What stands against sending, checked anew whenever the bytes changed; the way to sending says so. */
export function watchChecks(desk, saving, side) {
  const list = desk.querySelector("[data-check]");
  const send = desk.querySelector("[data-send]");
  const why = desk.querySelector("[data-send-why]");
  const hash = () => desk.querySelector("[data-hash-of]")?.dataset.hashOf ?? "";
  let checked = "";
  let tried = "";
  let timer = 0;

  async function look(links = false) {
    const mine = hash();
    if (mine === "" || desk.querySelector("[data-do=build]")) return;
    checked = mine;
    // Links that were tried are not forgotten by a check that began later.
    if (links) tried = mine;
    else if (tried === mine) return;
    const answer = await saving
      .ask(`/check${links ? "?links=yes" : ""}`)
      .then((response) => response.json())
      .catch(() => null);
    if (!answer?.html || mine !== hash()) return;
    list.innerHTML = answer.html;
    stop(answer.ready ? "" : answer.verdict);
    const tab = desk.querySelector("[data-tab=checks]");
    tab.querySelector("b")?.remove();
    if (answer.findings > 0) tab.append(Object.assign(document.createElement("b"), { textContent: answer.findings }));
  }

  function stop(reason) {
    if (!send) return;
    why.textContent = reason;
    if (reason) send.setAttribute("aria-disabled", "true");
    else send.removeAttribute("aria-disabled");
  }

  send?.addEventListener("click", (event) => {
    if (send.getAttribute("aria-disabled") !== "true") return;
    event.preventDefault();
    side.open("checks");
  });
  desk.addEventListener("click", (event) => {
    if (event.target.closest("[data-links]")) {
      event.preventDefault();
      look(true);
    }
    const jump = event.target.closest("[data-jump]");
    if (jump) {
      event.preventDefault();
      goTo(jump.getAttribute("href"));
    }
  });

  function goTo(place) {
    side.open("edition");
    const target = document.getElementById(place.slice(1));
    if (!target) return;
    const edit = target.querySelector("[data-edit]");
    if (edit) edit.open = true;
    target.scrollIntoView({ block: "center" });
    (target.querySelector("textarea") ?? target).focus({ preventScroll: true });
  }

  saving.onTaken(() => {
    if (hash() === checked) return;
    clearTimeout(timer);
    timer = setTimeout(look, 700);
  });
  setTimeout(look, 300);
}
