import { remember, remembered } from "./remembered.js";

/** The email's frame: its width, its colours and its height. */

const choices = { width: ["desktop", "375", "320"], scheme: ["light", "dark"] };
/** Emails are made for 600 pixels and a little room; narrower panes show this width made smaller. */
const desktop = 640;

const current = (set) => (choices[set].includes(remembered(set, "")) ? remembered(set, "") : choices[set][0]);

/** Shows the frame as the switches say. Its colour scheme is what `prefers-color-scheme` is inside it. */
export function dressPreview(pane) {
  const device = pane.querySelector(".device");
  if (!device) return;
  for (const set of Object.keys(choices)) {
    device.dataset[set] = current(set);
    for (const button of pane.querySelectorAll(`[data-set="${set}"]`))
      button.setAttribute("aria-pressed", String(button.dataset.value === current(set)));
  }
  const frame = device.querySelector("iframe");
  if (!frame.dataset.dressed) {
    frame.dataset.dressed = "yes";
    frame.addEventListener("load", () => ready(frame));
    if (frame.contentDocument?.readyState === "complete") ready(frame);
    new ResizeObserver(() => measure(frame)).observe(device.parentElement);
  }
  measure(frame);
}

export function choose(pane, set, value) {
  remember(set, value ?? choices[set][(choices[set].indexOf(current(set)) + 1) % choices[set].length]);
  dressPreview(pane);
}

/** Links of the email open beside the inbox, and keys pressed in it reach the inbox. */
function ready(frame) {
  const inside = frame.contentDocument;
  if (!inside || inside.URL === "about:blank") return;
  for (const link of inside.querySelectorAll("a[href], area[href]")) {
    link.target = "_blank";
    link.rel = "noopener noreferrer";
  }
  inside.addEventListener("keydown", (event) => {
    const copy = new KeyboardEvent("keydown", event);
    if (!document.dispatchEvent(copy)) event.preventDefault();
  });
  for (const picture of inside.images) picture.addEventListener("load", () => measure(frame));
  measure(frame);
}

function measure(frame) {
  const device = frame.closest(".device");
  const inside = frame.contentDocument;
  if (!device || !inside?.documentElement) return;
  const room = device.parentElement.clientWidth - paddingOf(device.parentElement);
  const wide = { desktop: Math.max(room, desktop), 375: 395, 320: 340 }[device.dataset.width ?? "desktop"];
  const zoom = Math.min(1, room / wide);
  device.style.zoom = String(zoom);
  device.style.width = device.dataset.width === "desktop" ? `${wide}px` : "";
  frame.style.height = "0px";
  frame.style.height = `${Math.max(inside.documentElement.scrollHeight, 120)}px`;
}

function paddingOf(element) {
  const style = getComputedStyle(element);
  return Number.parseFloat(style.paddingLeft) + Number.parseFloat(style.paddingRight);
}
