import { createServer } from "node:http";

export type Feed = {
  url: string;
  origin: string;
  /** Adds articles that were published just now. */
  publish: (titles: readonly string[]) => void;
  close: () => Promise<void>;
};

/** A feed of invented news on this machine. */
export async function serveFeed(): Promise<Feed> {
  const items: string[] = [];
  const server = createServer((request, response) => {
    if (request.url !== "/harbour.xml") return response.writeHead(404).end();
    response.writeHead(200, { "content-type": "application/rss+xml; charset=utf-8" });
    return response.end(rss(items));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The feed has no port.");
  const origin = `http://127.0.0.1:${address.port}`;
  return {
    url: `${origin}/harbour.xml`,
    origin,
    publish: (titles) => {
      for (const title of titles) items.unshift(item(origin, title));
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const rss = (items: readonly string[]) =>
  `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>The Harbour Gazette</title>
<link>https://harbour.example/</link><description>News of a town that is not there</description><language>en</language>
${items.join("\n")}</channel></rss>`;

function item(origin: string, title: string): string {
  const address = `${origin}/${title.toLowerCase().replaceAll(/[^a-z]+/g, "-")}`;
  const paragraphs = ["said the harbour master on the quay.", "said the woman who keeps the light."]
    .map((who) => `<p>“${title}, and the town had waited for it since the spring”, ${who}</p>`)
    .join("");
  return `<item><title>${title}</title><link>${address}</link><guid>${address}</guid>
<pubDate>${new Date().toUTCString()}</pubDate><description><![CDATA[${paragraphs}]]></description></item>`;
}
