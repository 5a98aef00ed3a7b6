/** An element that this page always has. @throws TypeError if it is missing, which is a programming error */
export function need<T extends Element>(within: ParentNode, selector: string, type: new () => T): T {
  const found = within.querySelector(selector);
  if (found instanceof type) return found;
  throw new TypeError(`The page has no ${selector}.`);
}

/** An element that the page may have. */
export function maybe<T extends Element>(within: ParentNode, selector: string, type: new () => T): T | null {
  const found = within.querySelector(selector);
  return found instanceof type ? found : null;
}

export const every = (within: ParentNode, selector: string): HTMLElement[] =>
  [...within.querySelectorAll(selector)].filter((one) => one instanceof HTMLElement);

/** The closest matching element, including itself. */
export function around(target: EventTarget | null, selector: string): HTMLElement | null {
  const found = target instanceof Element ? target.closest(selector) : null;
  return found instanceof HTMLElement ? found : null;
}

/** The same button of the next item in a list, or of the one before: where the focus goes with the item of this one. */
export function besideOf(active: Element | null): HTMLElement | null {
  const item = around(active, ".other");
  const what = active?.getAttribute("data-do");
  if (!item || !what) return null;
  const beside = item.nextElementSibling ?? item.previousElementSibling;
  return beside && maybe(beside, `[data-do=${what}]`, HTMLElement);
}

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  about: { className?: string; text?: string } = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (about.className !== undefined) made.className = about.className;
  if (about.text !== undefined) made.textContent = about.text;
  made.append(...children);
  return made;
}

export function button(label: string, act: () => void): HTMLButtonElement {
  const made = element("button", { className: "small", text: label });
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** Characters as a person counts them: an emoji or a letter with its accent is one. */
export const graphemes = (text: string): number => [...segmenter.segment(text)].length;

/** Whether an input method is composing a character; then its Enter and Escape aren't for us. */
export const isComposing = (event: KeyboardEvent): boolean => event.isComposing || event.keyCode === 229;

type Part = { readonly hash: string; readonly html: string };

/** The desk's answer to its own script. Unknown fields are absent. */
export type Answer = {
  readonly fault?: { readonly code: string; readonly message: string } | null;
  readonly parts?: Readonly<Record<string, Part>>;
  readonly still?: object;
  readonly token?: string;
  readonly version?: string;
  readonly signIn?: string;
  readonly people?: readonly { readonly name: string; readonly at: string }[];
};

/** A response's JSON; undefined if it isn't JSON, such as a proxy's error page. */
export async function jsonOf<T>(response: Response): Promise<T | undefined> {
  return response.json().catch(() => undefined);
}
