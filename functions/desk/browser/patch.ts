import { besideOf } from "./page.ts";

/** Updates a part of the page to the server's version, without touching what someone is working on. */
export function patch(target: Element, markup: string): void {
  const wanted = document.createElement("template");
  wanted.innerHTML = markup;
  const active = document.activeElement;
  const selection = selectionOf(active);
  const beside = besideOf(active);
  patchChildren(target, wanted.content);
  if (!(active instanceof HTMLElement) || active === document.activeElement) return;
  if (!active.isConnected) {
    if (beside?.isConnected) beside.focus({ preventScroll: true });
    return;
  }
  active.focus({ preventScroll: true });
  if (selection !== null && hasSelection(active)) active.setSelectionRange(...selection);
}

const hasSelection = (one: Element | null): one is HTMLTextAreaElement | HTMLInputElement =>
  one instanceof HTMLTextAreaElement || (one instanceof HTMLInputElement && one.type === "text");

const selectionOf = (one: Element | null): [number | null, number | null] | null =>
  hasSelection(one) ? [one.selectionStart, one.selectionEnd] : null;

/** Attributes that belong to this browser, not to the server. */
const ours = new Set(["open", "data-dirty", "data-base", "data-sent", "data-conflict", "data-missing"]);

function patchNode(from: ChildNode, to: Node) {
  if (from.nodeType !== to.nodeType || from.nodeName !== to.nodeName) {
    from.replaceWith(document.importNode(to, true));
    return;
  }
  if (from instanceof Text && to instanceof Text) {
    if (from.data !== to.data) from.data = to.data;
    return;
  }
  if (!(from instanceof Element) || !(to instanceof Element)) return;
  // This page's own message about a field isn't part of the server's version.
  if (from instanceof HTMLElement && from.dataset.note !== undefined) return;
  patchAttributes(from, to);
  if (from instanceof HTMLTextAreaElement && to instanceof HTMLTextAreaElement) return patchText(from, to);
  if (from instanceof HTMLInputElement && to instanceof HTMLInputElement) {
    if (from !== document.activeElement && from.value !== to.getAttribute("value")) from.value = to.value;
    return;
  }
  patchChildren(from, to);
}

function patchAttributes(from: Element, to: Element): void {
  for (const { name } of [...from.attributes]) {
    if (!to.hasAttribute(name) && !ours.has(name)) from.removeAttribute(name);
  }
  for (const { name, value } of to.attributes) {
    if (!ours.has(name) && from.getAttribute(name) !== value) from.setAttribute(name, value);
  }
}

/** Fired on a field with unsaved text when the server has another person's text. */
export const THEIRS = "desk:theirs";

/** Unsaved text is kept; another person's text is reported to the person who is writing. */
function patchText(from: HTMLTextAreaElement, to: HTMLTextAreaElement): void {
  if (from.dataset.dirty === undefined) {
    // A trailing space may be followed by the next word.
    if (!isSameText(from.value, to.value)) from.value = to.value;
    return;
  }
  from.dispatchEvent(new CustomEvent<string>(THEIRS, { bubbles: true, detail: to.value }));
}

/** Line ends, tabs and spaces, without no-break and narrow spaces, which have a meaning. */
const SPACE = /[ \t\r\n]+/g;

/** The text as the server stores it: without hidden characters and lone surrogates. */
const plain = (text: string): string =>
  text
    .toWellFormed()
    .normalize("NFC")
    .replace(SPACE, " ")
    .replace(/[\p{Cc}\p{Cf}]+/gu, "")
    .trim();
export const isSameText = (one: string, other: string): boolean => plain(one) === plain(other);

const keyOf = (one: Node | null): string | null => (one instanceof Element ? one.getAttribute("data-key") : null);

function patchChildren(from: ParentNode & Node, to: ParentNode & Node): void {
  const known = new Map<string, ChildNode>();
  for (const child of from.children) {
    const key = keyOf(child);
    if (key !== null) known.set(key, child);
  }
  let at = from.firstChild;
  for (const wanted of [...to.childNodes]) {
    const key = keyOf(wanted);
    const same: ChildNode | null | undefined =
      key !== null ? known.get(key) : at && keyOf(at) === null && at.nodeName === wanted.nodeName ? at : null;
    if (!same) {
      from.insertBefore(document.importNode(wanted, true), at);
      continue;
    }
    if (same === at) at = at.nextSibling;
    else from.insertBefore(same, at);
    patchNode(same, wanted);
  }
  while (at) {
    const next: ChildNode | null = at.nextSibling;
    at.remove();
    at = next;
  }
}
