import { Parser } from "htmlparser2";

/** A feed in a reader's list of subscriptions. */
export type Listed = { readonly url: string; readonly title: string | undefined };

/**
 * The feeds of an OPML file (opml.org/spec2), whatever folders they are in; each address once. Lists written by feed
 * readers are seldom quite XML, so that no parser that insists on it is used.
 * @returns undefined where the text is no OPML
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

/** OPML 2.0 that any feed reader takes in. */
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
