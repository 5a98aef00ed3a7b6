/** Makes a piece of the page what the server says, and leaves alone what someone is in the middle of. */
export function patch(element, markup) {
  const wanted = document.createElement("template");
  wanted.innerHTML = markup;
  const active = document.activeElement;
  const selection = selectionOf(active);
  children(element, wanted.content);
  if (active && active !== document.activeElement && active.isConnected) {
    active.focus({ preventScroll: true });
    if (selection) active.setSelectionRange(...selection);
  }
}

function selectionOf(element) {
  if (!(element instanceof HTMLTextAreaElement) && !(element instanceof HTMLInputElement && element.type === "text"))
    return null;
  return [element.selectionStart, element.selectionEnd];
}

/** Attributes that belong to this browser, not to the server. */
const ours = new Set(["open", "data-dirty", "data-base", "data-sent", "data-conflict"]);

function node(from, to) {
  if (from.nodeType !== to.nodeType || from.nodeName !== to.nodeName) {
    const fresh = document.importNode(to, true);
    from.replaceWith(fresh);
    return;
  }
  if (from.nodeType === Node.TEXT_NODE) {
    if (from.data !== to.data) from.data = to.data;
    return;
  }
  // What this page itself says about a field is no part of the server's.
  if (from.nodeType !== Node.ELEMENT_NODE || from.dataset.note !== undefined) return;
  attributes(from, to);
  if (from instanceof HTMLTextAreaElement) return text(from, to);
  if (from instanceof HTMLInputElement) {
    if (from !== document.activeElement && from.value !== to.getAttribute("value")) from.value = to.value;
    return;
  }
  children(from, to);
}

function attributes(from, to) {
  for (const { name } of [...from.attributes])
    if (!to.hasAttribute(name) && !ours.has(name)) from.removeAttribute(name);
  for (const { name, value } of to.attributes) {
    if (!ours.has(name) && from.getAttribute(name) !== value) from.setAttribute(name, value);
  }
}

/** What someone wrote and the server does not have yet stays; somebody else's text is told to them. */
function text(from, to) {
  if (from.dataset.dirty === undefined) {
    // A space at the end may be the beginning of the next word.
    if (plain(from.value) !== plain(to.value)) from.value = to.value;
    return;
  }
  from.dispatchEvent(new CustomEvent("desk:theirs", { bubbles: true, detail: to.value }));
}

/** As the server compares texts: without white space that means nothing. */
export const plain = (text) => text.replace(/\s+/g, " ").trim();

const keyOf = (element) => (element.nodeType === Node.ELEMENT_NODE ? element.getAttribute("data-key") : null);

function children(from, to) {
  const known = new Map();
  for (const child of from.children) if (keyOf(child)) known.set(keyOf(child), child);
  let at = from.firstChild;
  for (const wanted of [...to.childNodes]) {
    const key = keyOf(wanted);
    const same = key ? known.get(key) : at && !keyOf(at) && at.nodeName === wanted.nodeName ? at : null;
    if (!same) {
      from.insertBefore(document.importNode(wanted, true), at);
      continue;
    }
    if (same === at) at = at.nextSibling;
    else from.insertBefore(same, at);
    node(same, wanted);
  }
  while (at) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
}
