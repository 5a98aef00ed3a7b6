import { showOwnZone } from "./own-zone.ts";
import { type Answer, around, element, every, jsonOf, maybe, need } from "./page.ts";
import type { Saving } from "./saving/saving.ts";
import { isCount, type Store } from "./store.ts";

/** Milliseconds between two requests to the server. */
export const EVERY = 4000;

/** Colleagues on this page, and their changes. */
export function watchOthers(desk: HTMLElement, saving: Saving, store: Store): void {
  const people = need(desk, "[data-people]", HTMLElement);
  let row = "";
  desk.addEventListener("focusin", ({ target }) => {
    row = around(target, ".row")?.dataset.story ?? "";
  });

  async function look(): Promise<void> {
    if (document.hidden || saving.isBusy()) return;
    const query = new URLSearchParams({ ...stillOf(desk), at: row });
    const response = await saving.runCommand(`/parts?${query}`).catch(() => null);
    const answer = response?.ok ? await jsonOf<Answer>(response) : undefined;
    if (answer === undefined || saving.isBusy()) return;
    saving.take(answer);
    if (answer.people) show(answer.people);
  }

  function show(others: NonNullable<Answer["people"]>): void {
    for (const mark of every(desk, ".row [data-here]")) mark.remove();
    people.replaceChildren(
      ...others.map(({ name }) => {
        const face = element("span", { className: "face", text: initials(name) });
        face.title = `${name} is here too`;
        return face;
      }),
    );
    people.setAttribute(
      "aria-label",
      others.length === 0 ? "" : `Here too: ${others.map(({ name }) => name).join(", ")}`,
    );
    for (const { name, at } of others) {
      const meta = at && desk.querySelector(`.row[data-story="${CSS.escape(at)}"] .meta`);
      if (!meta) continue;
      const mark = element("span", { className: "badge here", text: `${name} is here` });
      mark.dataset.here = "";
      meta.append(" ", mark);
    }
  }

  setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look);
  addEventListener("focus", look);
  countSinceVisit(desk, saving, store);
}

const stillOf = (desk: HTMLElement): Record<string, string> => JSON.parse(desk.dataset.still ?? "{}");

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .flatMap((word) => [...word].slice(0, 1))
    .slice(0, 2)
    .join("")
    .toUpperCase();

/** As the history counts them: a text that was saved several times while it was written is one. */
const entriesAfter = (desk: HTMLElement, n: number): number =>
  every(desk, ".log > li").filter(({ dataset }) => Number(dataset.key?.slice("log-".length)) > n).length;

/** Number of changes since this person's last visit. */
function countSinceVisit(desk: HTMLElement, saving: Saving, store: Store): void {
  const now = () => Number(stillOf(desk).decisions);
  const last = store.read("visit", isCount, -1);
  const show = () => {
    const place = maybe(desk, "[data-visit]", HTMLElement);
    const changes = last < 0 ? 0 : entriesAfter(desk, last);
    if (!place || changes <= 0) return;
    place.hidden = false;
    const link = element("a", { text: `${changes} ${changes === 1 ? "change" : "changes"} since your last visit` });
    link.href = `?since=${last}#changes`;
    place.replaceChildren(link);
  };
  show();
  saving.onTaken(show);
  addEventListener("pagehide", () => store.write("visit", now()));
}

/** Times in the person's own zone next to the newsletter's, and the time that is left. */
export function watchClock(desk: HTMLElement, saving: Saving): void {
  const ahead = Date.parse(desk.dataset.now ?? "") - performance.now();
  const tick = () => {
    const now = ahead + performance.now();
    showOwnZone(desk);
    for (const place of every(desk, "[data-countdown]")) {
      const text = countdown(
        Date.parse(place.dataset.countdown ?? "") - now,
        Date.parse(place.dataset.latest ?? "") - now,
      );
      if (place.textContent !== text) place.textContent = text;
    }
  };
  tick();
  setInterval(tick, 1000);
  saving.onTaken(tick);
}

function countdown(left: number, late: number): string {
  if (left > 0) return `in ${duration(left)}`;
  return late > 0 ? `due now, at the latest in ${duration(late)}` : "send window has passed";
}

/** A duration in the units a person would use. */
function duration(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes >= 48 * 60) return `${Math.floor(minutes / 1440)} days`;
  if (minutes >= 60) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return minutes >= 10 ? `${minutes} min` : `${minutes} min ${Math.floor((ms % 60_000) / 1000)} s`;
}
