import type { Article } from "../../article/article.ts";
import { readable } from "../../article/furniture/furniture.ts";

/** What a lead made of this article would show: its body, else its summary. */
export function bodyOf(article: Pick<Article, "paragraphs" | "summary" | "title">): string[] {
  const body = readable(article.paragraphs, article.title);
  return body.length > 0 ? body : readable([article.summary], article.title);
}
