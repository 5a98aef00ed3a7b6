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

/**
 * A frame's `prefers-color-scheme` follows its `color-scheme` in some browsers and not under a test's emulation, so the
 * email's own rules and pictures are told, too: a query for the chosen scheme becomes one that is always true.
 */
function emulate(frame, scheme) {
  const answer = (query) =>
    query.replaceAll(/\(\s*prefers-color-scheme\s*:\s*(dark|light)\s*\)/gi, (_, wanted) =>
      wanted.toLowerCase() === scheme ? "(min-width: 0px)" : "(max-width: 0px)",
    );
  declare(frame.contentDocument, scheme);
  for (const told of queries(frame.contentDocument)) {
    if (!asWritten.has(told)) asWritten.set(told, told.media.mediaText ?? told.media);
    const query = answer(asWritten.get(told));
    if (told instanceof frame.contentWindow.CSSMediaRule) told.media.mediaText = query;
    else told.media = query;
  }
}

/** An email for both schemes says so; then its default colours are those of the chosen one. */
function declare(inside, scheme) {
  const root = inside.documentElement;
  const meta = inside.querySelector('meta[name="color-scheme"]');
  const both = (said) => /\blight\b/.test(said) && /\bdark\b/.test(said);
  if (root.dataset.bothSchemes === undefined)
    root.dataset.bothSchemes = String(both(meta?.content ?? "") || both(getComputedStyle(root).colorScheme));
  if (root.dataset.bothSchemes === "true") root.style.colorScheme = scheme;
}

/** Media queries of the email as they were written. */
const asWritten = new WeakMap();

function queries(inside) {
  const found = [...inside.querySelectorAll("source[media], style[media]")];
  const walk = (rules) => {
    for (const rule of rules) {
      if (rule.media) found.push(rule);
      if (rule.cssRules) walk(rule.cssRules);
    }
  };
  for (const sheet of inside.styleSheets) walk(sheet.cssRules);
  return found.filter((told) =>
    /prefers-color-scheme/i.test(asWritten.get(told) ?? told.media.mediaText ?? told.media),
  );
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
  emulate(frame, device.dataset.scheme ?? "light");
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
