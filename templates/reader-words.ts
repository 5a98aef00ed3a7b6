import { ar } from "./reader-words/ar.ts";
import type { ReaderWords } from "./reader-words/catalogue.ts";
import { de } from "./reader-words/de.ts";
import { en } from "./reader-words/en.ts";
import { es } from "./reader-words/es.ts";
import { fr } from "./reader-words/fr.ts";
import { he } from "./reader-words/he.ts";
import { pt } from "./reader-words/pt.ts";

export type { ReaderWords };

const catalogues: Readonly<Record<string, ReaderWords>> = { ar, de, en, es, fr, he, pt };

/** What readers' pages and mails say in a language; English where there is none. */
export const readerWordsFor = (language: string): ReaderWords => catalogues[new Intl.Locale(language).language] ?? en;

/** The languages a page can be switched to, by their own names. */
export const languageNames: readonly { tag: string; name: string }[] = Object.entries(catalogues).map(
  ([tag, { name }]) => ({ tag, name }),
);

/** Longer headers are not looked at. */
const LONGEST_HEADER = 500;

/**
 * The language of a page: what its address asks for, else the first of Accept-Language that we have (RFC 9110 §12.5.4),
 * else the newsletter's own. Its own full tag wins over a bare one, so dates look as they do in the email.
 */
export function chooseLanguage(requested: string | undefined, accepted: string | undefined, own: string): string {
  const wanted = [requested ?? "", ...acceptedTags((accepted ?? "").slice(0, LONGEST_HEADER))];
  const primary = wanted.map(primaryOf).find((tag) => Object.hasOwn(catalogues, tag));
  return primary === undefined || primary === primaryOf(own) ? own : primary;
}

const primaryOf = (tag: string): string => tag.toLowerCase().split("-")[0] ?? "";

/** The tags of an Accept-Language header, the most wanted first. */
function acceptedTags(header: string): string[] {
  const parts = header.split(",").map((part) => {
    const [tag = "", quality = ""] = part.split(";");
    const q = /q=(\d(?:\.\d+)?)/.exec(quality)?.[1];
    return { tag: tag.trim(), q: q === undefined ? 1 : Number(q) };
  });
  return parts
    .filter(({ tag, q }) => /^[a-z]{2,3}(-[a-z0-9]+)*$/i.test(tag) && q > 0)
    .sort((a, b) => b.q - a.q)
    .map(({ tag }) => tag);
}
