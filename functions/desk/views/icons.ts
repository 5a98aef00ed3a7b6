import type { Html } from "#templates/text/html.ts";

/** SVG icons, so they don't depend on fonts. */
const drawn = (path: string): Html => ({
  markup: `<svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="${path}"/></svg>`,
});

export const icons = {
  grab: drawn("M6 3v0M6 8v0M6 13v0M10 3v0M10 8v0M10 13v0"),
  close: drawn("M4 4l8 8M12 4l-8 8"),
  up: drawn("M8 13V3M3.5 7.5 8 3l4.5 4.5"),
  down: drawn("M8 3v10M3.5 8.5 8 13l4.5-4.5"),
  below: drawn("m3 6 5 5 5-5"),
  check: drawn("M3 8.5 6.5 12 13 4.5"),
  warning: drawn("M8 2.5 14.5 13.5H1.5ZM8 7v3M8 12v0"),
  before: drawn("M10 3 5 8l5 5"),
  after: drawn("m6 3 5 5-5 5"),
  undo: drawn("M6 3 2.5 6.5 6 10M3 6.5h6.5a4 4 0 0 1 0 8H6"),
  redo: drawn("m10 3 3.5 3.5L10 10M13 6.5H6.5a4 4 0 0 0 0 8H10"),
  more: drawn("M3 8v0M8 8v0M13 8v0"),
  /** A front page: masthead, picture and two columns. */
  mark: {
    markup:
      '<svg class="logo" viewBox="0 0 22 22" width="22" height="22" aria-hidden="true"><rect x="2.5" y="1.5" width="17" height="19" rx="2"/><path d="M6 6h10M6 10h4v6H6zM13 10h3M13 13h3M13 16h3"/></svg>',
  } satisfies Html,
} as const;
