import type { Article } from "../../article/article.ts";

/** Whole paragraphs that a web page puts between or around the text, and that mean nothing in an email. */
const furniture = [
  /^(?:continue reading|read more|read on|keep reading|read the full (?:story|article)|full story|view (?:the )?(?:original|full post)|weiterlesen|mehr lesen|lire la suite|lire plus|seguir leyendo|leer más|leia mais|continuar lendo)\b.{0,80}$/iu,
  /^(?:related|see also|read also|also read|more on this|read next|recommended|mehr zum thema|lesen sie auch|à lire aussi|lea también|leia também)\s*:/iu,
  /^the post .{1,300} (?:appeared first on|first appeared on) /iu,
  /^(?:sign up|subscribe|follow us|follow @|like us|share (?:this|on)|click here|download (?:our|the) app|join (?:us|our)|advertisement|anzeige|publicité|publicidad|publicidade)\b.{0,160}$/iu,
  /^(?:photograph|photo|image|picture|credit|foto|bild)\s*(?:by)?\s*:/iu,
  /^(?:updated|last modified|published)?\s*(?:at\s*)?\d{1,2}[.:]\d{2}\s*(?:am|pm)?\s*(?:gmt|bst|utc|est|edt|cet|cest)?$/iu,
  /^©|^copyright\b|^all rights reserved\b/iu,
  /^(?:submitted by|posted by)\b.{0,80}$/iu,
  /^\[?(?:link|comments?|permalink)\]?(?:\s*\[?(?:link|comments?)\]?)*$/iu,
  /^[\s\p{P}\p{S}]*$/u,
];

const tail =
  /\s*(?:\(?(?:continue reading|read more|weiterlesen|lire la suite|seguir leyendo|leia mais)\)?\s*(?:\.{2,3}|…|»|›|→|>)*|\[(?:…|\.{3})\])\s*$/iu;

/** No tail is longer: looking for one from every character of every text on would take most of an edition's time. */
const longestTail = 80;
/** How a tail ends, and hardly a sentence does. */
const endsLikeTail = /(?:\.\.|[\p{L}…»›→>)\]])$/u;

function withoutTail(paragraph: string): string {
  const text = paragraph.trim();
  if (!endsLikeTail.test(text.slice(-2))) return text;
  return (text.slice(0, -longestTail) + text.slice(-longestTail).replace(tail, "")).trim();
}

/** A body without its page's furniture. The paragraphs that stay keep every character, but for a "Read more" at their end. */
export function readable(paragraphs: readonly string[], title: string): string[] {
  const seen = new Set<string>();
  return paragraphs.flatMap((paragraph) => {
    const text = withoutTail(paragraph);
    const known = text === title || seen.has(text);
    if (known || furniture.some((pattern) => pattern.test(text))) return [];
    seen.add(text);
    return [text];
  });
}

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
