import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { dynamoArticles } from "#adapters/dynamo/articles/articles.ts";
import { type Table, toItem } from "#adapters/dynamo/table.ts";
import type { Article } from "#domain/article/article.ts";
import { keptUntil } from "#domain/article/retention.ts";
import { toInstant } from "#domain/time/instant.ts";
import { startData } from "#local/data/start.ts";
import { openMeter } from "../meter.ts";

/** Candidates of one day, and characters of a text. */
const COUNT = 5_000;
const [SHORTEST, LONGEST] = [2_000, 10_000];
const DAY = "2026-11-22";
const [from, to] = [`${DAY}T00:00:00.000Z`, `${DAY}T23:59:59.999Z`];
const RUNS = 5;
/** On-demand reads in us-east-1, November 2026: dollars a million units. */
const DOLLARS_A_MILLION = 0.125;
/** The most that reading candidates may cost, as a share of reading them with their texts. */
const BAR = 0.4;

type Figures = { reads: number; writes: number; milliseconds: number; megabytes: number };
const ways = ["with their texts", "with excerpts"] as const;
type Way = (typeof ways)[number];

/** Prints the cost of reading a day's candidates with their whole texts and with excerpts. */
export async function reportCandidates(): Promise<boolean> {
  const figures: Record<string, Figures> = {};
  for (const way of ways) figures[way] = await measure(way);
  const [whole, excerpts] = ways.map((way) => figures[way]);
  if (whole === undefined || excerpts === undefined) throw new Error("both ways are measured");
  for (const [way, { reads, writes, milliseconds, megabytes }] of Object.entries(figures)) {
    const dollars = (reads * DOLLARS_A_MILLION) / 1e6;
    console.log(
      `  ${way}: ${reads} read units ($${(dollars * 1000).toFixed(2)} a thousand times), ${milliseconds.toFixed(0)} ms of processor, ` +
        `${megabytes.toFixed(0)} MB of memory; ${(writes / COUNT).toFixed(1)} write units an article`,
    );
  }
  const share = excerpts.reads / whole.reads;
  console.log(`  ${(share * 100).toFixed(0)} % of the read units${share <= BAR ? "" : "  TOO MUCH"}`);
  return share <= BAR;
}

async function measure(way: Way): Promise<Figures> {
  const data = await startData({ port: 0, table: "broadsheet" });
  const meter = openMeter(data.url);
  try {
    await fill(meter.table, way);
    const { writes } = meter.reset();
    await dynamoArticles(meter.table).seenBetween(from, to);
    const { reads } = meter.reset();
    // In a separate process, so the table's own memory isn't measured.
    const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", import.meta.filename, data.url]);
    const [milliseconds = 0, megabytes = 0] = stdout.split(" ").map(Number);
    return { reads, writes, milliseconds, megabytes };
  } finally {
    meter.close();
    await data.close();
  }
}

async function fill(table: Table, way: Way): Promise<void> {
  const store = dynamoArticles(table);
  const until = keptUntil(Date.parse(from));
  const all = newsOfADay();
  const put = async (article: Article) => {
    if (way === "with excerpts") return store.add(article, until);
    const keys = { PK: `A#${DAY}`, SK: `${article.seenAt}#${article.id}` };
    return table.document.send(
      new PutCommand({ TableName: table.name, Item: toItem("article", 1, keys, article, until) }),
    );
  };
  for (let at = 0; at < all.length; at += 50) await Promise.all(all.slice(at, at + 50).map(put));
}

const WORDS =
  "the council of harbour and a bridge has said that it will not in spring before for mayor flood river school two years".split(
    " ",
  );

/** Invented articles with everything that full-text feeds give. The same every time. */
function newsOfADay(): Article[] {
  let state = 20261122;
  const random = () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
  const words = (length: number) => {
    let text = "";
    while (text.length < length) text += `${WORDS[Math.floor(random() * WORDS.length)]}${Math.floor(random() * 900)} `;
    return text.trim();
  };
  return Array.from({ length: COUNT }, (_, n) => {
    const seenAt = toInstant(Date.parse(from) + Math.floor((n / COUNT) * 86_000_000) + 1);
    const length = SHORTEST + random() * (LONGEST - SHORTEST);
    const url = `https://paper${n % 200}.example/news/2026/11/22/${words(40).replaceAll(" ", "-")}-${n}`;
    return {
      id: n.toString(16).padStart(24, "0"),
      sourceId: `paper-${n % 200}`,
      sourceTitle: `The Paper ${n % 200}`,
      title: words(70),
      url,
      guid: url,
      published: seenAt,
      doubts: [],
      seenAt,
      changedAt: seenAt,
      summary: words(200),
      paragraphs: Array.from({ length: Math.ceil(length / 400) }, () => words(400)),
      author: "A. Writer",
      section: "News",
      language: "en",
      image: { url: `${url}/picture.jpg`, alt: words(50), width: 1200, height: 800 },
      archive: false,
    };
  });
}

/** Reads candidates in this process, and measures the median time and their memory. */
async function readHere(endpoint: string): Promise<void> {
  const meter = openMeter(endpoint);
  const store = dynamoArticles(meter.table);
  // Once before: the client is made then.
  await store.seenBetween(from, from);
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const kept = await store.seenBetween(from, to);
  globalThis.gc?.();
  const megabytes = (process.memoryUsage().heapUsed - before) / 1024 / 1024;
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const start = process.cpuUsage();
    await store.seenBetween(from, to);
    const { user, system } = process.cpuUsage(start);
    times.push((user + system) / 1000);
  }
  if (kept.length !== COUNT) throw new Error(`${kept.length} candidates were read`);
  console.log(`${times.toSorted((a, b) => a - b)[RUNS >> 1]} ${megabytes}`);
  meter.close();
}

const [endpoint] = process.argv.slice(2);
if (import.meta.main && endpoint !== undefined) await readHere(endpoint);
