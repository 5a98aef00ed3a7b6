import type { Article } from "../../article/article.ts";
import { readable } from "../../article/furniture/furniture.ts";

/** What a lead made of this article would show: its body, else its summary. */
export function bodyOf(article: Pick<Article, "paragraphs" | "summary" | "title">): string[] {
  const body = readable(article.paragraphs, article.title);
  return body.length > 0 ? body : readable([article.summary], article.title);
}

const sentenceEnd = /[.!?…。？！؟]["'”’»)\]]*$/u;
/** Characters of a standfirst: fewer are a kicker, more are a paragraph whose full stop was lost. */
const STANDFIRST = { least: 30, most: 300 };

/** Whether a body begins with a standfirst: one short text without a full stop, before sentences that have one. */
export function startsWithStandfirst([first = "", second = ""]: readonly string[]): boolean {
  const { least, most } = STANDFIRST;
  const isShort = first.length >= least && first.length <= most;
  return isShort && !sentenceEnd.test(first) && sentenceEnd.test(second);
}
