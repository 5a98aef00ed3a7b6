import { Parser } from "htmlparser2";
import { feedAddress } from "#domain/article/address.ts";
import { cleanLine } from "#domain/article/text.ts";
import { decodeFeed } from "./decode.ts";
import { titleText } from "./items/title.ts";
import { LONGEST_ATTRIBUTE, LONGEST_NAME, MOST_BYTES, UnreadableFeed, writeInPieces } from "./limits.ts";
import { expandEntities } from "./markup/repair.ts";

/** A feed in an OPML list. */
export type Listed = { readonly url: string; readonly title: string | undefined };

/** Elements that are open at once: careless lists end none, and the parser's time is the square of their number. */
const DEEPEST_LIST = 10_000;

/**
 * The feeds of an OPML file (opml.org/spec2) in any of its folders; each address once. Feed readers often write invalid
 * XML, so the parser is lenient.
 * @returns undefined if the text isn't OPML
 * @throws UnreadableFeed if the file is too large, too deep, or takes too long
 */
export function readOpml(file: string | Uint8Array): Listed[] | undefined {
  if (file.length > MOST_BYTES) throw new UnreadableFeed(`it is larger than ${MOST_BYTES / 1024 / 1024} MB`);
  const text = expandEntities(typeof file === "string" ? file : decodeFeed(file, null));
  const found = new Map<string, Listed>();
  let isOpml = false;
  let depth = 0;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        depth += 1;
        if (depth > DEEPEST_LIST) throw new UnreadableFeed("its elements are nested too deep");
        if (name === "opml") isOpml = true;
        if (name !== "outline" || !isOpml) return;
        const address = attributes.xmlurl ?? (isFeed(attributes.type) ? (attributes.url ?? "") : "");
        const url = address.length > LONGEST_ATTRIBUTE ? "" : feedAddress(address);
        const named = (attributes.title || attributes.text || "").slice(0, LONGEST_NAME);
        const title = oneLine(titleText(named, "text"));
        if (url !== "" && !found.has(url))
          found.set(url, { url, title: title === "" || title === url ? undefined : title });
      },
      onclosetag() {
        depth -= 1;
      },
    },
    { xmlMode: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  writeInPieces(text, (piece) => parser.write(piece));
  parser.end();
  return isOpml ? [...found.values()] : undefined;
}

/** Some readers put a feed's address into the page's attribute, with the feed's type. */
const isFeed = (type: string | undefined) => /^(?:rss|atom|feed|rdf|json)/i.test(type ?? "");

const oneLine = (text: string) => cleanLine(text).slice(0, 200);
