import { type Html, html } from "#templates/text/html.ts";

const keys = [
  ["j k", "Next story, previous story"],
  ["Shift+Up Shift+Down", "Move the story up, down"],
  ["Space", "On the handle: pick up. Arrows move, Escape puts back"],
  ["l", "Make it the lead"],
  ["x", "Remove it"],
  ["e", "Edit it"],
  ["m", "Move it to a position"],
  ["i", "Its picture and articles"],
  ["u r", "Undo, redo (also Ctrl+Z, Ctrl+Shift+Z)"],
  ["/", "Search stories, or add an address"],
  ["1 … 9", "Views of the preview"],
  ["p s t c q h", "Preview, stories, removed, changes, checks, history"],
  ["?", "Show this list"],
] as const;

/** What the keyboard does; single letters can be turned off (WCAG 2.1.4). */
export const keysDialog =
  (): Html => html`<dialog id="keys" aria-labelledby="keys-h"><h2 id="keys-h">Keyboard shortcuts</h2>
<dl>${keys.map(([key, does]) => html`<div><dt>${key.split(" ").map((one) => html`<kbd>${one}</kbd> `)}</dt><dd>${does}</dd></div>`)}</dl>
<label class="check"><input type="checkbox" data-keys-on checked> Single-letter shortcuts</label>
<form method="dialog"><button class="quiet">Close</button></form></dialog>`;
