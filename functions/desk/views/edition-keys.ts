import { type Html, html } from "#templates/html.ts";

const keys = [
  ["j k", "next story, story before"],
  ["Shift+↑ Shift+↓", "move it up, down"],
  ["Space", "on its handle: pick it up; arrows move it, Escape puts it back"],
  ["l", "make it the lead"],
  ["x", "remove it"],
  ["e", "edit it"],
  ["m", "move it to a position"],
  ["u r", "undo, redo (Ctrl+Z, Ctrl+Shift+Z too)"],
  ["/", "search stories, or add an address"],
  ["1 … 9", "views of the preview"],
  ["p s t c q h", "preview, stories, removed, changes, checks, history"],
  ["?", "this list"],
] as const;

/** What the keyboard does; single letters can be turned off (WCAG 2.1.4). */
export const keysDialog = (): Html => html`<dialog id="keys" aria-labelledby="keys-h"><h2 id="keys-h">Keys</h2>
<dl>${keys.map(([key, does]) => html`<div><dt>${key.split(" ").map((one) => html`<kbd>${one}</kbd> `)}</dt><dd>${does}</dd></div>`)}</dl>
<label class="check"><input type="checkbox" data-keys-on checked> Single keys are on</label>
<form method="dialog"><button>Close</button></form></dialog>`;
