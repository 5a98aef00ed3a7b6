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
