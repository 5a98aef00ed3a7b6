/** The clock, who else is here, and what others did meanwhile. */

const EVERY = 4000;

export function watchOthers(desk, saving, store) {
  const people = desk.querySelector("[data-people]");
  let row = "";
  desk.addEventListener("focusin", ({ target }) => {
    row = target.closest(".row")?.dataset.story ?? "";
  });

  async function look() {
    if (document.hidden || saving.isBusy()) return;
    const still = new URLSearchParams({ ...JSON.parse(desk.dataset.still), at: row });
    const response = await saving.ask(`/parts?${still}`).catch(() => null);
    const answer = response?.ok ? await response.json().catch(() => null) : null;
    if (answer === null || saving.isBusy()) return;
    saving.take(answer);
    if (answer.people) show(answer.people);
  }

  function show(others) {
    for (const mark of desk.querySelectorAll(".row [data-here]")) mark.remove();
    people.textContent = others.length === 0 ? "" : `Here too: ${others.map(({ name }) => name).join(", ")}`;
    for (const { name, at } of others) {
      const meta = at && desk.querySelector(`.row[data-story="${CSS.escape(at)}"] .meta`);
      if (!meta) continue;
      const mark = Object.assign(document.createElement("span"), {
        className: "badge here",
        textContent: `${name} is here`,
      });
      mark.dataset.here = "";
      meta.append(" ", mark);
    }
  }

  setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look);
  addEventListener("focus", look);
  visit(desk, saving, store);
  return { look };
}

/** What was done since this person last looked. */
function visit(desk, saving, store) {
  const now = () => JSON.parse(desk.dataset.still).decisions;
  const last = store.read("visit", null);
  const show = () => {
    const place = desk.querySelector("[data-visit]");
    const news = last === null ? 0 : now() - last;
    if (!place || news <= 0) return;
    place.hidden = false;
    const label = `${news} ${news === 1 ? "thing was" : "things were"} done since you were last here`;
    place.replaceChildren(
      Object.assign(document.createElement("a"), { href: `?since=${last}#changes`, textContent: label }),
    );
  };
  show();
  saving.onTaken(show);
  addEventListener("pagehide", () => store.write("visit", now()));
}

/** Times in the reader's own zone beside the newsletter's, and how long there is still. */
export function watchClock(desk, saving) {
  const ahead = Date.parse(desk.dataset.now) - performance.now();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const tick = () => {
    const now = ahead + performance.now();
    for (const place of desk.querySelectorAll("[data-local]")) {
      const isSame = place.dataset.zone === zone;
      const time = new Date(place.dataset.local).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
      const text = isSame ? " · your time, too" : ` · ${time} your time (${zone})`;
      if (place.textContent !== text) place.textContent = text;
    }
    for (const place of desk.querySelectorAll("[data-countdown]")) {
      const left = Date.parse(place.dataset.countdown) - now;
      const late = Date.parse(place.dataset.latest) - now;
      const text = left > 0 ? `in ${span(left)}` : late > 0 ? `due; too late in ${span(late)}` : "too late now";
      if (place.textContent !== text) place.textContent = text;
    }
  };
  tick();
  setInterval(tick, 1000);
  saving.onTaken(tick);
}

function span(ms) {
  const minutes = Math.floor(ms / 60_000);
  if (minutes >= 60) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return minutes >= 10 ? `${minutes} min` : `${minutes} min ${Math.floor((ms % 60_000) / 1000)} s`;
}
