import type { ServerResponse } from "node:http";

/** Events for pages: mail arrived, or the inbox was emptied; never its content. */
type News = { added: number; total: number };

const heartbeat = 20_000;

/** Server-sent events to the open pages. Arrivals of one tick are sent together. */
export function createLive() {
  const followers = new Set<ServerResponse>();
  let pending: News | undefined;

  const tell = () => {
    const news = pending;
    pending = undefined;
    if (news) for (const follower of followers) follower.write(`event: mail\ndata: ${JSON.stringify(news)}\n\n`);
  };
  const beat = setInterval(() => {
    for (const follower of followers) follower.write(":\n\n");
  }, heartbeat);
  beat.unref();

  return {
    follow(outgoing: ServerResponse) {
      outgoing.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
      outgoing.write("retry: 1000\n\nevent: open\ndata: {}\n\n");
      followers.add(outgoing);
      outgoing.on("close", () => followers.delete(outgoing));
    },
    /** Tells pages at most ten times a second, however fast mail comes. */
    announce(news: News) {
      if (pending === undefined) setTimeout(tell, 100).unref();
      pending = { added: (pending?.added ?? 0) + news.added, total: news.total };
    },
    close() {
      clearInterval(beat);
      for (const follower of followers) follower.end();
    },
  };
}

export type Live = ReturnType<typeof createLive>;
