import { betweenPlaceholders } from "../email/placeholders.ts";

/**
 * Wraps a line of text at spaces to at most `width` columns. A longer word is broken between letters (Chinese and
 * Japanese have no spaces); an address is never broken and gets its own line.
 */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").flatMap((piece) => breakable(piece, width))) {
    const joined = line === "" ? word.text : `${line}${word.glued ? "" : " "}${word.text}`;
    if (columns(joined) <= width) {
      line = joined;
      continue;
    }
    if (line !== "") lines.push(line.trimEnd());
    line = word.text;
  }
  return line === "" ? lines : [...lines, line];
}

/** A piece that may begin a line; `glued`: no space before it. */
type Word = { text: string; glued: boolean };

/**
 * Splits text into letters and measures their width. It takes tens of milliseconds to create, so it is created for the
 * first text that has more than Latin letters.
 */
let measures: { letters: Intl.Segmenter; invisible: RegExp; wide: RegExp } | undefined;

function measured() {
  measures ??= {
    letters: new Intl.Segmenter(undefined, { granularity: "grapheme" }),
    invisible: /[\p{Mn}\p{Me}\p{Cf}\p{Cc}]/u,
    // bounded: one letter, at most some 30 characters
    wide: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303F\uFF01-\uFF60]|\p{RGI_Emoji}/v,
  };
  return measures;
}

function breakable(piece: string, width: number): Word[] {
  if (columns(piece) <= width || /https?:\/\//.test(piece)) return [{ text: piece, glued: false }];
  return lettersOf(piece).map((text, i) => ({ text, glued: i > 0 }));
}

/** A brace of content is written as a placeholder of several signs; broken in two, SES could not fill it in. */
const lettersOf = (text: string): string[] =>
  text.split(betweenPlaceholders).flatMap((part, i) => {
    const isPlaceholder = i % 2 === 1;
    return isPlaceholder ? [part] : Array.from(measured().letters.segment(part), ({ segment }) => segment);
  });

/** How many columns a terminal or a fixed-width font gives the text: two for Han, kana, Hangul and emoji. */
export function columns(text: string): number {
  if (/^[\x20-\x7E]*$/.test(text)) return text.length;
  const { letters, invisible, wide } = measured();
  let sum = 0;
  for (const { segment } of letters.segment(text)) {
    sum += wide.test(segment) ? 2 : Array.from(segment).some((sign) => !invisible.test(sign)) ? 1 : 0;
  }
  return sum;
}
