import type { Page } from "playwright-core";

export type Contrast = { text: string; ratio: number };

/**
 * The contrast of every line of text as it is painted (WCAG 2.2, 1.4.3): the lightest against the darkest pixel in the
 * line's rectangle. Taken from the picture, because no style sheet knows what a mail client did to the colours.
 */
export async function contrasts(page: Page): Promise<Contrast[]> {
  const lines = await page.evaluate(linesOfText);
  const { width, height } = await page.evaluate(() => ({
    width: document.documentElement.clientWidth,
    height: document.documentElement.scrollHeight,
  }));
  const judge = await page.context().browser()?.newPage();
  if (judge === undefined) throw new Error("the page has no browser");
  const found: Contrast[] = [];
  try {
    for (let top = 0; top < height; top += slice) {
      const within = lines.filter(({ y }) => y >= top && y < top + slice);
      const clip = { x: 0, y: top, width, height: Math.min(slice + overlap, height - top) };
      const picture = (await page.screenshot({ fullPage: true, clip })).toString("base64");
      const moved = within.map((line) => ({ ...line, y: line.y - top }));
      const ratios = await judge.evaluate(ratiosIn, { picture, lines: moved, scale: 2 });
      found.push(...within.map(({ text }, i) => ({ text, ratio: ratios[i] ?? 0 })));
    }
  } finally {
    await judge.close();
  }
  return found;
}

/** Pixels of CSS: a picture of a whole email at twice its size is taller than Chromium paints in one. */
const slice = 2_500;
/** Taller than any line that a slice cuts. */
const overlap = 100;

type Line = { text: string; x: number; y: number; width: number; height: number };

/** Runs in the page. */
function linesOfText(): Line[] {
  // Text in two directions has several rectangles on a line, some with nothing but a space in them.
  const rows = (rectangles: DOMRect[]) =>
    [...Map.groupBy(rectangles, ({ bottom }) => Math.round(bottom)).values()].map((row) => {
      const x = Math.min(...row.map(({ left }) => left));
      const y = Math.min(...row.map(({ top }) => top));
      const width = Math.max(...row.map(({ right }) => right)) - x;
      return { x: x + scrollX, y: y + scrollY, width, height: row[0]?.height ?? 0 };
    });
  const lines: Line[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = node.textContent?.trim() ?? "";
    if (!/[\p{L}\p{N}]/u.test(text) || node.parentElement?.closest("[aria-hidden],style,script,title")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    lines.push(...rows([...range.getClientRects()]).map((row) => ({ ...row, text })));
  }
  return lines;
}

/** Runs in another page, whose colours nothing changes. */
async function ratiosIn({
  picture,
  lines,
  scale,
}: {
  picture: string;
  lines: Line[];
  scale: number;
}): Promise<number[]> {
  const image = new Image();
  image.src = `data:image/png;base64,${picture}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.width;
  canvas.height = image.height;
  const brush = canvas.getContext("2d", { willReadFrequently: true });
  if (brush === null) throw new Error("no canvas");
  brush.drawImage(image, 0, 0);
  const linear = (value: number) => (value <= 10.31475 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  return lines.map(({ x, y, width, height }) => {
    const { data } = brush.getImageData(x * scale, y * scale, Math.max(1, width * scale), Math.max(1, height * scale));
    let least = 1;
    let most = 0;
    for (let i = 0; i < data.length; i += 4) {
      const [red = 0, green = 0, blue = 0] = data.subarray(i, i + 3);
      const light = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
      least = Math.min(least, light);
      most = Math.max(most, light);
    }
    return (most + 0.05) / (least + 0.05);
  });
}
