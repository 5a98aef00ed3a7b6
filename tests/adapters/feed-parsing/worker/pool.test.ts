import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { normalisePushed } from "#adapters/feed-parsing/pushed.ts";
import { feedsOfPage, readFeed } from "#adapters/feed-parsing/read.ts";
import { openParsers } from "#adapters/feed-parsing/worker/pool.ts";
import { item, now, rss } from "../../../testing/articles/feed-reading.ts";

const url = "https://gazette.example/feed.xml";
const document = (text: string) => ({ bytes: Buffer.from(text), url, contentType: null, now });
const small = document(item("<title>A</title><description>Words.</description>"));
/** Honest, and more than a tenth of a second's work. */
const large = document(
  rss(
    Array.from(
      { length: 2000 },
      (_, n) => `<item><title>Number ${n}</title>${"<category>c</category>".repeat(200)}</item>`,
    ).join(""),
  ),
);

test("what workers read is what is read here", async () => {
  const parsers = openParsers();
  expect(await parsers.readFeed(small)).toEqual(readFeed(small));
  expect(await parsers.readFeed(document("nothing"))).toEqual(readFeed(document("nothing")));
  const page = document('<html><head><link rel="alternate" type="application/rss+xml" href="/feed"></head></html>');
  expect(await parsers.feedsOfPage(page)).toEqual(feedsOfPage(page));
  const pushed = [{ title: "A", content_html: "<p>One</p><p>Two</p>" }, { title: " " }];
  expect(await parsers.normalisePushed(pushed, now)).toEqual(normalisePushed(pushed, now));
});

test("a feed that takes too much time is given up with a sentence, and others are read meanwhile", async () => {
  const parsers = openParsers({ limits: { cpu: 60 }, workers: 2 });
  await Promise.all([parsers.readFeed(small), parsers.readFeed(small)]);
  const started = performance.now();
  const slow = parsers.readFeed(large).then((read) => ({ read, after: performance.now() - started }));
  const others = await Promise.all(Array.from({ length: 20 }, () => parsers.readFeed(small)));
  expect(others.every(({ ok }) => ok)).toBe(true);
  expect((await slow).read).toMatchObject({
    ok: false,
    fault: {
      code: "not-a-feed",
      message: `${url} can't be read: it takes more than 0.06 seconds to read. Ask its publisher to fix it.`,
    },
  });
  expect(await parsers.readFeed(small)).toMatchObject({ ok: true });
});

/** Processes of this one that read feeds. */
function workersHere(): number[] {
  const pids = readdirSync("/proc/self/task").flatMap((thread) =>
    readFileSync(`/proc/self/task/${thread}/children`, "utf8").split(" ").filter(Boolean).map(Number),
  );
  return pids.filter((pid) => readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("feed-parsing/worker/worker.ts"));
}

test.runIf(process.platform === "linux")("a reader of feeds has none of the function's credentials", async () => {
  const before = new Set(workersHere());
  process.env.AWS_SESSION_TOKEN = "secret-of-the-function";
  try {
    expect(await openParsers({ workers: 1 }).readFeed(small)).toMatchObject({ ok: true });
    const own = workersHere().filter((one) => !before.has(one));
    expect(own).toHaveLength(1);
    for (const pid of own) expect(readFileSync(`/proc/${pid}/environ`, "utf8")).not.toContain("AWS_");
  } finally {
    delete process.env.AWS_SESSION_TOKEN;
  }
});

test.runIf(process.platform === "linux")("a reader of feeds that only waits is given up too", async () => {
  const before = new Set(workersHere());
  const parsers = openParsers({ limits: { wall: 4000 }, workers: 1 });
  expect(await parsers.readFeed(small)).toMatchObject({ ok: true });
  const [pid] = workersHere().filter((one) => !before.has(one));
  if (pid === undefined) throw new Error("no process reads feeds");
  process.kill(pid, "SIGSTOP");
  expect(await parsers.readFeed(small)).toMatchObject({
    ok: false,
    fault: { message: expect.stringContaining("takes more than 4 seconds") },
  });
  expect(await parsers.readFeed(small)).toMatchObject({ ok: true });
});

test("a feed that takes too much memory is given up too", async () => {
  const parsers = openParsers({ limits: { memory: 10 }, workers: 1 });
  // Within every limit of size and number, but more than this worker may take.
  const text = `{"version":"https://jsonfeed.org/version/1.1","title":"A","items":[${`{"id":"1","content_text":"${"word ".repeat(60_000)}"},`.repeat(25)}{"id":"2"}]}`;
  expect(await parsers.readFeed(document(text))).toMatchObject({
    ok: false,
    fault: { message: expect.stringContaining("needs more than 10 MB") },
  });
  expect(await parsers.readFeed(small)).toMatchObject({ ok: true });
});

test("of a push that takes too much, every article is refused and the client learns why", async () => {
  const parsers = openParsers({ limits: { cpu: 30 }, workers: 1 });
  const items = Array.from({ length: 100 }, () => ({ title: "A", content_html: "<b>x</b> ".repeat(40_000) }));
  const outcomes = await parsers.normalisePushed(items, now);
  expect(outcomes).toHaveLength(100);
  expect(outcomes[99]).toEqual({ why: expect.stringContaining("Send fewer or shorter articles"), at: "item 100" });
});
