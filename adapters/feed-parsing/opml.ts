import { Parser } from "htmlparser2";
import { feedAddress } from "#domain/article/address.ts";
import { decodeFeed } from "./decode.ts";
import { titleText } from "./items/title.ts";

/** A feed in an OPML list. */
export type Listed = { readonly url: string; readonly title: string | undefined };

/**
 * The feeds of an OPML file (opml.org/spec2) in any of its folders; each address once. Feed readers often write invalid
 * XML, so the parser is lenient.
 * @returns undefined if the text isn't OPML
 */
export function readOpml(file: string | Uint8Array): Listed[] | undefined {
  const text = typeof file === "string" ? file : decodeFeed(file, null);
  const found = new Map<string, Listed>();
  let isOpml = false;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (name === "opml") isOpml = true;
        if (name !== "outline" || !isOpml) return;
        const url = feedAddress(attributes.xmlurl ?? (isFeed(attributes.type) ? (attributes.url ?? "") : ""));
        const title = oneLine(titleText(attributes.title || attributes.text || "", "text"));
        if (url !== "" && !found.has(url))
          found.set(url, { url, title: title === "" || title === url ? undefined : title });
      },
    },
    { xmlMode: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  parser.write(text);
  parser.end();
  return isOpml ? [...found.values()] : undefined;
}

/** Some readers put a feed's address into the page's attribute, with the feed's type. */
const isFeed = (type: string | undefined) => /^(?:rss|atom|feed|rdf|json)/i.test(type ?? "");

const oneLine = (text: string) => text.replace(/\s+/gu, " ").trim().slice(0, 200);
