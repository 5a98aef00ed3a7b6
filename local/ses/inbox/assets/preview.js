import { remember, remembered } from "./remembered.js";

/** The email's frame: its width, its colours and its height. */

/** @typedef {"width" | "scheme"} Switch */

/** @type {Readonly<Record<Switch, readonly [string, ...string[]]>>} */
const choices = { width: ["desktop", "375", "320"], scheme: ["light", "dark"] };
/** Emails are made for 600 pixels and a little room; narrower panes show this width made smaller. */
const desktop = 640;

/** @param {Switch} set */
const current = (set) => (choices[set].includes(remembered(set, "")) ? remembered(set, "") : choices[set][0]);

/**
 * Shows the frame as the switches say. Its colour scheme is what `prefers-color-scheme` is inside it.
 *
 * @param {HTMLElement} pane
 */
export function dressPreview(pane) {
  const device = pane.querySelector(".device");
  const frame = device?.querySelector("iframe");
  if (!(device instanceof HTMLElement) || !device.parentElement || !frame) return;
  for (const set of /** @type {const} */ (["width", "scheme"])) {
    device.dataset[set] = current(set);
    for (const button of pane.querySelectorAll(`[data-set="${set}"]`))
      button.setAttribute("aria-pressed", String(button.getAttribute("data-value") === current(set)));
  }
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
 * email's own rules and pictures are changed, too: a query for the chosen scheme becomes one that is always true.
 *
 * @param {Document} inside
 * @param {string} scheme
 */
function emulate(inside, scheme) {
  const answer = (/** @type {string} */ query) =>
    query.replaceAll(/\(\s*prefers-color-scheme\s*:\s*(dark|light)\s*\)/gi, (_, wanted) =>
      wanted.toLowerCase() === scheme ? "(min-width: 0px)" : "(max-width: 0px)",
    );
  declare(inside, scheme);
  for (const place of queries(inside)) {
    const written = asWritten.get(place) ?? place.get();
    asWritten.set(place, written);
    place.set(answer(written));
  }
}

/**
 * An email for both schemes says so; then its default colours are those of the chosen one.
 *
 * @param {Document} inside
 * @param {string} scheme
 */
function declare(inside, scheme) {
  const root = inside.documentElement;
  const meta = inside.querySelector('meta[name="color-scheme"]');
  const both = (/** @type {string} */ schemes) => /\blight\b/.test(schemes) && /\bdark\b/.test(schemes);
  if (root.dataset.bothSchemes === undefined)
    root.dataset.bothSchemes = String(
      both(meta?.getAttribute("content") ?? "") || both(getComputedStyle(root).colorScheme),
    );
  if (root.dataset.bothSchemes === "true") root.style.colorScheme = scheme;
}

/**
 * A media query of the email, read and changed where it is: an element's attribute or a rule of a style sheet.
 *
 * @typedef {{ get: () => string, set: (query: string) => void }} Place
 */

/** @type {WeakMap<object, Place>} */
const places = new WeakMap();
/** @type {WeakMap<Place, string>} */
const asWritten = new WeakMap();

/**
 * One place for each element or rule, however often it is looked for.
 *
 * @param {object} owner
 * @param {Place} place
 */
function placeOf(owner, place) {
  const known = places.get(owner) ?? place;
  places.set(owner, known);
  return known;
}

/** @param {Document} inside */
function queries(inside) {
  /** @type {Place[]} */
  const found = Array.from(inside.querySelectorAll("source[media], style[media]"), (element) =>
    placeOf(element, {
      get: () => element.getAttribute("media") ?? "",
      set: (query) => element.setAttribute("media", query),
    }),
  );
  const walk = (/** @type {CSSRuleList} */ rules) => {
    for (const rule of rules) {
      // Of the frame's own window: `instanceof` would compare with this one's.
      if ("media" in rule) found.push(mediaRule(/** @type {CSSMediaRule} */ (rule)));
      if ("cssRules" in rule) walk(/** @type {CSSGroupingRule} */ (rule).cssRules);
    }
  };
  for (const sheet of inside.styleSheets) walk(sheet.cssRules);
  return found.filter((place) => /prefers-color-scheme/i.test(asWritten.get(place) ?? place.get()));
}

/** @param {CSSMediaRule} rule */
const mediaRule = (rule) =>
  placeOf(rule, {
    get: () => rule.media.mediaText,
    set: (query) => {
      rule.media.mediaText = query;
    },
  });

/**
 * Sets a switch to a value, or to its next one.
 *
 * @param {HTMLElement} pane
 * @param {string} set
 * @param {string} [value]
 */
export function choose(pane, set, value) {
  if (set !== "width" && set !== "scheme") return;
  const values = choices[set];
  const next = values[(values.indexOf(current(set)) + 1) % values.length] ?? values[0];
  remember(set, value ?? next);
  dressPreview(pane);
}

/**
 * Links of the email open beside the inbox, and keys pressed in it reach the inbox.
 *
 * @param {HTMLIFrameElement} frame
 */
function ready(frame) {
  const inside = frame.contentDocument;
  if (!inside || inside.URL === "about:blank") return;
  for (const link of inside.querySelectorAll("a[href], area[href]")) {
    link.setAttribute("target", "_blank");
    link.setAttribute("rel", "noopener noreferrer");
  }
  inside.addEventListener("keydown", (event) => {
    const copy = new KeyboardEvent("keydown", event);
    if (!document.dispatchEvent(copy)) event.preventDefault();
  });
  for (const picture of inside.images) picture.addEventListener("load", () => measure(frame));
  measure(frame);
}

/** @param {HTMLIFrameElement} frame */
function measure(frame) {
  const device = frame.closest(".device");
  const inside = frame.contentDocument;
  if (!(device instanceof HTMLElement) || !device.parentElement || !inside?.documentElement) return;
  emulate(inside, device.dataset.scheme ?? "light");
  const room = device.parentElement.clientWidth - paddingOf(device.parentElement);
  /** @type {Readonly<Record<string, number>>} */
  const widths = { desktop: Math.max(room, desktop), 375: 395, 320: 340 };
  const wide = widths[device.dataset.width ?? "desktop"] ?? desktop;
  const zoom = Math.min(1, room / wide);
  device.style.zoom = String(zoom);
  device.style.width = device.dataset.width === "desktop" ? `${wide}px` : "";
  frame.style.height = "0px";
  frame.style.height = `${Math.max(inside.documentElement.scrollHeight, 120)}px`;
}

/** @param {Element} element */
function paddingOf(element) {
  const style = getComputedStyle(element);
  return Number.parseFloat(style.paddingLeft) + Number.parseFloat(style.paddingRight);
}
