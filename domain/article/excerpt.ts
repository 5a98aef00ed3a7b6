import { createHash } from "node:crypto";
import type { Article } from "./article.ts";
import { echoOf } from "./furniture/echo.ts";

/**
 * Characters kept of the first paragraphs. Choosing needs no more: copies are found by the first 250 of three
 * paragraphs (stories/copies.ts), and a headline's summary is a sentence within the first 440
 * (edition/content/summary.ts), plus whether there are more.
 */
const BEGINNINGS = [441, 250, 250] as const;
/** Placeholder for each later paragraph with content. */
const LEFT_OUT = "…";
/**
 * A text is stored separately if that shortens the article by this many characters; fewer wouldn't save a read unit.
 */
const WORTH_PARTING = 1000;

/** The place of an article's whole text, if it is stored separately. */
export type TextPlace = Pick<Article, "seenAt" | "id"> & { text: string };

/**
 * An article for choosing. A long text is stored separately; its paragraphs keep their number, but only what choosing
 * needs: the beginning of the first ones, and which others say more than the title.
 */
export function excerptOf(article: Article): Article {
  if (article.text !== undefined) return article;
  const paragraphs = beginningsOf(article);
  if (lengthOf(article.paragraphs) - lengthOf(paragraphs) < WORTH_PARTING) return article;
  return { ...article, paragraphs, text: textName(article.paragraphs) };
}

/** An article with its whole text again. */
export function wholeOf({ text: _, ...article }: Article, paragraphs: readonly string[]): Article {
  return { ...article, paragraphs: [...paragraphs] };
}

/** A text's name, which is different for each text. */
export const textName = (paragraphs: readonly string[]): string =>
  createHash("sha256").update(JSON.stringify(paragraphs)).digest("hex").slice(0, 24);

/** The beginning of a text, as in an excerpt, to compare two texts of which one may be an excerpt. */
export const beginningOf = (text: string): string => cut(text, BEGINNINGS[2]);

function beginningsOf({ paragraphs, title }: Article): string[] {
  const isEcho = echoOf(title);
  return paragraphs.map((paragraph, at) => {
    const most = BEGINNINGS[at];
    if (most === undefined) return paragraph.trim() === "" || isEcho(paragraph) ? "" : LEFT_OUT;
    const beginning = cut(paragraph, most);
    return isEcho(beginning) === isEcho(paragraph) ? beginning : paragraph;
  });
}

/** Doesn't split surrogate pairs. */
function cut(text: string, most: number): string {
  const isHalf = /[\ud800-\udbff]/.test(text.charAt(most - 1));
  return text.slice(0, isHalf ? most + 1 : most);
}

const lengthOf = (paragraphs: readonly string[]): number => paragraphs.reduce((sum, { length }) => sum + length, 0);
