import { type Html, html } from "#templates/text/html.ts";

/** A chart's coordinates: a slot for each value, the newest on the right. Few values leave slots free on the left. */
const SLOT = 20;
const SLOTS = 14;
const BAR = 14;
const HEIGHT = 48;
const MARK = 9;

type Trend = {
  /** The text for screen readers; the page's table has each number. */
  label: string;
  /** Oldest first; null: not known, which isn't 0. */
  values: readonly (number | null)[];
  /** The page's own edition, marked by a triangle below it, not only by colour. */
  chosen: number;
  /** A bar's tooltip. */
  titles: readonly string[];
};

/** A small bar chart. Positions and sizes are attributes, because the policy allows no inline style. */
export function trend({ label, values, chosen, titles }: Trend): Html {
  const most = Math.max(...values.map((value) => value ?? 0), Number.MIN_VALUE);
  const bars = values.map((value, at) =>
    bar({ value, x: barFrom(at, values.length), most, isChosen: at === chosen, title: titles[at] ?? "" }),
  );
  return html`<svg class="trend" role="img" aria-label="${label}" viewBox="0 0 ${widthOf(values.length)} ${HEIGHT + MARK}" focusable="false">
<path class="base" d="M0 ${HEIGHT}H${widthOf(values.length)}"/>${bars}</svg>`;
}

const widthOf = (values: number): number => SLOT * Math.max(SLOTS, values);

/** Where a bar begins. */
const barFrom = (at: number, values: number): number => SLOT * (Math.max(0, SLOTS - values) + at) + (SLOT - BAR) / 2;

type Bar = { value: number | null; x: number; most: number; isChosen: boolean; title: string };

function bar({ value, x, most, isChosen, title }: Bar): Html {
  const height = value === null || value === 0 ? 0 : Math.max(2, (value / most) * HEIGHT);
  const shape =
    value === null
      ? html`<path class="unknown" d="M${x} ${HEIGHT - 4}h${BAR}"/>`
      : html`<rect x="${x}" y="${rounded(HEIGHT - height)}" width="${BAR}" height="${rounded(height)}"/>`;
  return html`<g${isChosen && html` class="chosen"`}><title>${title}</title>${shape}${isChosen && mark(x, HEIGHT)}</g>`;
}

/** A triangle below its bar. */
const mark = (x: number, y: number): Html => html`<path class="mark" d="M${x + BAR / 2} ${y + 2}l4 6h-8z"/>`;

const rounded = (n: number): string => n.toFixed(1);

type Moves = {
  label: string;
  /** Oldest first; null: not known. */
  values: readonly ({ joined: number; gone: number } | null)[];
  chosen: number;
  titles: readonly string[];
};

/** Readers who joined, above the line; readers who left, below it and hatched. */
export function moves({ label, values, chosen, titles }: Moves): Html {
  const most = Math.max(...values.flatMap((one) => (one === null ? [] : [one.joined, one.gone])), 1);
  const middle = HEIGHT / 2;
  const size = (n: number) => (n === 0 ? 0 : Math.max(2, (n / most) * (middle - 1)));
  const bars = values.map((value, at) => {
    const x = barFrom(at, values.length);
    const shapes =
      value === null
        ? html`<path class="unknown" d="M${x} ${middle - 4}h${BAR}"/>`
        : html`<rect x="${x}" y="${rounded(middle - size(value.joined))}" width="${BAR}" height="${rounded(size(value.joined))}"/><rect class="gone" x="${x}" y="${middle}" width="${BAR}" height="${rounded(size(value.gone))}" fill="url(#gone)"/>`;
    return html`<g${at === chosen && html` class="chosen"`}><title>${titles[at] ?? ""}</title>${shapes}${at === chosen && mark(x, HEIGHT)}</g>`;
  });
  return html`<svg class="trend" role="img" aria-label="${label}" viewBox="0 0 ${widthOf(values.length)} ${HEIGHT + MARK}" focusable="false"><defs><pattern id="gone" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="stripe" width="2" height="4"/></pattern></defs>
<path class="base" d="M0 ${middle}H${widthOf(values.length)}"/>${bars}</svg>`;
}
