import { type Handler, Parser } from "htmlparser2";
import { DEEPEST_MARKUP } from "../limits.ts";

/**
 * htmlparser2 searches the whole stack of open elements for every end tag, so a text that opens a million elements and
 * then closes others takes hours. Both parsers here limit the stack to DEEPEST_MARKUP.
 */
type HtmlEvents = {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly text?: (data: string) => void;
  readonly close?: (name: string) => void;
};

/** Enough of a page for its head, a first heading, and links that some pages put after it. Characters. */
export const PAGE_HEAD = 300_000;

const tooDeep = new Error("elements are nested too deep");

/** Parses HTML, and stops where elements are nested deeper than on any real page; the text up to there is kept. */
export function parseHtml(html: string, { open, text, close }: HtmlEvents): void {
  let depth = 0;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        depth += 1;
        if (depth > DEEPEST_MARKUP) throw tooDeep;
        open?.(name, attributes);
      },
      ontext: (data) => text?.(data),
      onclosetag(name) {
        depth -= 1;
        close?.(name);
      },
    },
    { decodeEntities: true, recognizeCDATA: true, recognizeSelfClosing: true },
  );
  try {
    parser.write(html);
    parser.end();
  } catch (error) {
    if (error !== tooDeep) throw error;
  }
}

/** HTML elements without an end tag. None of these names means anything else in a feed. */
const VOID = new Set(["br", "hr", "img", "wbr"]);

/** For XML that contains HTML: `<br>` doesn't open an element that everything after it is nested in. */
class FeedParser extends Parser {
  protected override isVoidElement(name: string): boolean {
    return VOID.has(name.toLowerCase());
  }
}

/** A parser for XML. The handler of its events limits the depth, because that depends on the feed's structure. */
export const xmlParser = (handler: Partial<Handler>): Parser =>
  new FeedParser(handler, { xmlMode: true, decodeEntities: true });
