import type { Page } from "playwright-core";
import { type Picture, scale } from "./email-picture.ts";

type Contrast = { text: string; ratio: number };

/**
 * The contrast of each line of text as painted (WCAG 2.2, 1.4.3): its lightest pixel against its darkest. It is
 * measured in the picture, because mail clients change the colours of style sheets.
 */
export async function contrasts(page: Page, picture: Picture): Promise<Contrast[]> {
  const lines = await page.evaluate(linesOfText);
  return lines.map((line) => ({ text: line.text, ratio: ratioIn(picture, line) }));
}

/** The lowest contrast. */
export const worst = (lines: readonly Contrast[]): number => Math.min(...lines.map(({ ratio }) => ratio));

/**
 * The contrast of each rule (an element's border) with the pixels just outside it (WCAG 2.2, 1.4.11). A client that
 * replaces colours may change the background and keep the rule.
 */
export async function ruleContrasts(page: Page, picture: Picture): Promise<Contrast[]> {
  const rules = await page.evaluate(rulesInPage);
  return rules.map(({ text, x, inside, outside }) => ({
    text,
    ratio: contrastOf(luminanceAt(picture, x, inside), luminanceAt(picture, x, outside)),
  }));
}

type Rule = { text: string; x: number; inside: number; outside: number };

/** Runs in the page. Positions in the middle of each rule, and a little above or below it. */
function rulesInPage(): Rule[] {
  const rules: Rule[] = [];
  for (const element of document.body.querySelectorAll("*")) {
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const name = `${element.tagName} ${element.textContent?.trim().slice(0, 30)}`;
    const x = box.left + scrollX + box.width / 2;
    const top = Number.parseFloat(style.borderTopWidth);
    const bottom = Number.parseFloat(style.borderBottomWidth);
    if (box.width < 20 || element.closest("[aria-hidden]")) continue;
    // For a top border, the pixels below count, because another border may be right above.
    if (top > 0)
      rules.push({
        text: `over ${name}`,
        x,
        inside: box.top + scrollY + top / 2,
        outside: box.top + scrollY + top + 1.5,
      });
    if (bottom > 0) {
      const y = box.bottom + scrollY;
      rules.push({ text: `under ${name}`, x, inside: y - bottom / 2, outside: y - bottom - 1.5 });
    }
  }
  return rules;
}

function luminanceAt({ data, width, height }: Picture, x: number, y: number): number {
  const [column, row] = [Math.min(width - 1, Math.floor(x * scale)), Math.min(height - 1, Math.floor(y * scale))];
  return luminanceOf(data, (row * width + column) * 3);
}

const contrastOf = (one: number, other: number): number =>
  (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);

type Line = { text: string; x: number; y: number; width: number; height: number };

/** Runs in the page. */
function linesOfText(): Line[] {
  // Text in two directions, or in fallback fonts, has several rectangles on a line, some with
  // nothing but a space or an emoji in them.
  const isOneLine = (one: DOMRect, other: DOMRect) =>
    Math.abs(one.top + one.bottom - other.top - other.bottom) < one.height;
  const linesIn = (rectangles: DOMRect[]) => {
    const found: DOMRect[][] = [];
    for (const rectangle of rectangles) {
      const line = found.find(([first]) => first && isOneLine(first, rectangle));
      if (line) line.push(rectangle);
      else found.push([rectangle]);
    }
    return found;
  };
  const rows = (rectangles: DOMRect[]) =>
    linesIn(rectangles).map((row) => {
      const x = Math.min(...row.map(({ left }) => left));
      const y = Math.min(...row.map(({ top }) => top));
      const width = Math.max(...row.map(({ right }) => right)) - x;
      const height = Math.max(...row.map(({ bottom }) => bottom)) - y;
      return { x: x + scrollX, y: y + scrollY, width, height };
    });
  const lines: Line[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = node.textContent?.trim() ?? "";
    if (!/[\p{L}\p{N}]/u.test(text) || node.parentElement?.closest("[aria-hidden],style,script,title")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    // Chromium reports a wrong place for a large first letter, so it is skipped; it has the colour of the letters after
    // it.
    const first = node.parentElement && getComputedStyle(node.parentElement, "::first-letter");
    if (first && !["", "normal"].includes(first.getPropertyValue("initial-letter"))) range.setStart(node, 1);
    lines.push(...rows([...range.getClientRects()]).map((row) => ({ ...row, text })));
  }
  return lines;
}

function ratioIn({ data, width, height }: Picture, line: Line): number {
  const [left, right] = [line.x * scale, Math.min(width, (line.x + line.width) * scale)].map(Math.floor);
  const [top, bottom] = [line.y * scale, Math.min(height, (line.y + line.height) * scale)].map(Math.floor);
  let least = 1;
  let most = 0;
  for (let y = top ?? 0; y < (bottom ?? 0); y++) {
    for (let i = (y * width + (left ?? 0)) * 3; i < (y * width + (right ?? 0)) * 3; i += 3) {
      const light = luminanceOf(data, i);
      least = Math.min(least, light);
      most = Math.max(most, light);
    }
  }
  return contrastOf(most, least);
}

/** Relative luminance of the pixel whose first byte is there. */
const luminanceOf = (data: Buffer, at: number): number =>
  0.2126 * (linear[data[at] ?? 0] ?? 0) +
  0.7152 * (linear[data[at + 1] ?? 0] ?? 0) +
  0.0722 * (linear[data[at + 2] ?? 0] ?? 0);

const linear = Float64Array.from({ length: 256 }, (_, value) =>
  value <= 10.31475 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4,
);
