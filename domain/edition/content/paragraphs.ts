import type { Article } from "../../article/article.ts";
import { echoOf } from "../../article/furniture/echo.ts";

/** An article's paragraphs as a lead: its body, else its summary. Furniture was removed from both when it landed. */
export function bodyOf({ paragraphs, summary, title }: Pick<Article, "paragraphs" | "summary" | "title">): string[] {
  const isEcho = echoOf(title);
  const saysMore = (text: string) => text.trim() !== "" && !isEcho(text);
  const body = paragraphs.filter(saysMore);
  return body.length > 0 ? body : [summary].filter(saysMore);
}

/** The same from the article's whole text. */
export const wholeBodyOf = (article: Article, textOf: (article: Article) => readonly string[]): string[] =>
  bodyOf({ ...article, paragraphs: [...textOf(article)] });
