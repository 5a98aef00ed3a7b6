import { createHash } from "node:crypto";
import type { Article } from "./article.ts";
import { echoOf } from "./furniture/echo.ts";

/**
 * Characters kept of the first paragraphs. Choosing reads no more of them: copies are found by the first 250 of three
 * (stories/copies.ts), and a headline's summary is a sentence of the first 440 (edition/content/summary.ts), which needs
 * to know whether there are more.
 */
const BEGINNINGS = [441, 250, 250] as const;
/** Stands for each paragraph after them that says something. */
const LEFT_OUT = "…";
/** A text is kept apart when the article is shorter by so many characters without it: fewer save no read unit. */
const WORTH_PARTING = 1000;

/** Where the whole text of an article is kept, if not with it. */
export type TextPlace = Pick<Article, "seenAt" | "id"> & { text: string };

/**
 * An article as choosing reads it. A long text is kept apart, and of its paragraphs, whose number stays, only what
 * choosing needs: how the first begin, and which of the others say more than the title.
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

/** Names a text: another text has another name. */
export const textName = (paragraphs: readonly string[]): string =>
  createHash("sha256").update(JSON.stringify(paragraphs)).digest("hex").slice(0, 24);

/** The beginning of a text as an excerpt has it: two texts are compared by theirs where one may be an excerpt. */
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

/** No character is cut in half. */
function cut(text: string, most: number): string {
  const isHalf = /[\ud800-\udbff]/.test(text.charAt(most - 1));
  return text.slice(0, isHalf ? most + 1 : most);
}

const lengthOf = (paragraphs: readonly string[]): number => paragraphs.reduce((sum, { length }) => sum + length, 0);
