import type { EditionView } from "#domain/edition/edition.ts";
import { type Html, html } from "#templates/text/html.ts";

type State = EditionView["state"];

/** An edition's state in one word. */
const words: Readonly<Record<State, string>> = {
  draft: "Draft",
  approved: "Approved",
  freezing: "Preparing",
  sending: "Sending",
  paused: "Paused",
  finished: "Sent",
  skipped: "Skipped",
  held: "Held",
  halted: "Halted",
  cancelled: "Cancelled",
};

export const stateWord = (state: State | null): string => (state === null ? "Not drafted" : words[state]);

/** Colour never carries the meaning alone: the word is in it. */
export const badgeOf = (state: State | null): Html =>
  html`<span class="badge ${state ?? "none"}" data-state="${state ?? "none"}">${stateWord(state)}</span>`;
