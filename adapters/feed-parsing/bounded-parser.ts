import { type Handler, Parser } from "htmlparser2";
import { DEEPEST_MARKUP } from "./limits.ts";

/**
 * htmlparser2 looks for every end tag in the whole stack of open elements, so a text that opens a million elements and
 * then closes others takes hours. Neither parser here lets that stack grow beyond DEEPEST_MARKUP.
 */
type HtmlEvents = {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly text?: (data: string) => void;
  readonly close?: (name: string) => void;
};

const tooDeep = new Error("elements are nested too deep");

/** Reads HTML, and stops where elements are nested deeper than any page: the text up to there counts. */
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

/** Elements of HTML that have no end tag. None of these names means anything else in a feed. */
const VOID = new Set(["br", "hr", "img", "wbr"]);

/** XML with HTML put into it as it is: `<br>` stays no open element that everything after it is nested in. */
class FeedParser extends Parser {
  protected override isVoidElement(name: string): boolean {
    return VOID.has(name.toLowerCase());
  }
}

/** A parser for XML. Who handles its events bounds the depth, since only a feed's own structure says how deep is too deep. */
export const xmlParser = (handler: Partial<Handler>): Parser =>
  new FeedParser(handler, { xmlMode: true, decodeEntities: true });
