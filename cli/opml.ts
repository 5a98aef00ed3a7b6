import { Parser } from "htmlparser2";

/** A feed in an OPML list. */
export type Listed = { readonly url: string; readonly title: string | undefined };

/**
 * The feeds of an OPML file (opml.org/spec2) in any of its folders; each address once. Feed readers seldom write valid
 * XML, so the parser is a lenient one.
 * @returns undefined if the text isn't OPML
 */
export function readOpml(text: string): Listed[] | undefined {
  const found = new Map<string, Listed>();
  let isOpml = false;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (name === "opml") isOpml = true;
        if (name !== "outline" || !isOpml) return;
        const url = (attributes.xmlurl ?? "").trim();
        const title = oneLine(attributes.title ?? attributes.text ?? "");
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

const oneLine = (text: string) => text.replace(/\s+/gu, " ").trim().slice(0, 200);

/** Writes OPML 2.0, which any feed reader imports. */
export function writeOpml(title: string, feeds: readonly { url: string; title: string }[]): string {
  const outlines = feeds.map(({ url, title: name }) => {
    const text = escaped(name);
    return `    <outline type="rss" text="${text}" title="${text}" xmlUrl="${escaped(url)}"/>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<opml version="2.0">',
    `  <head><title>${escaped(title)}</title></head>`,
    "  <body>",
    ...outlines,
    "  </body>",
    "</opml>",
  ].join("\n");
}

const escaped = (text: string) =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
