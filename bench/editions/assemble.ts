import { execFileSync } from "node:child_process";
import type { Article } from "#domain/article/article.ts";
import { defineConfig } from "#domain/config.ts";
import { windowOf } from "#domain/edition/choosing/candidates.ts";
import { type Ingredients, makeEdition } from "#domain/edition/content/make.ts";
import type { Decision } from "#domain/edition/decisions/decisions.ts";
import { type Instant, toInstant } from "#domain/time/instant.ts";
import { fieldFor } from "#usecases/editions/making/known-field.ts";

/** Milliseconds of real time, and of this process's processor time. */
type Time = { wall: number; processor: number };

/** The time to make an edition, clustering included: for the first time in a process, and later. */
type AssembleFigures = { candidates: number; sources: number; cold: Time & { memory: number }; warm: Time };

const HOUR = 3_600_000;
const closing = Date.parse("2026-11-23T07:00:00Z");
const sources = 200;

/**
 * Editions of 5,000 and of 20,000 candidates from 200 sources. Cold is the first edition of a process, as in a Lambda
 * that was just started; warm the median of `runs`, taken in turns, so what else the machine does hits both.
 */
function assembleFigures(runs = 9): AssembleFigures[] {
  const days = [5_000, 20_000].map((candidates) => ({ candidates, articles: newsroom(candidates, sources) }));
  const cold = days.map(({ candidates }) => coldTime(candidates));
  const times = Array.from({ length: runs }, () => days.map(({ articles }) => timed(() => edition(articles))));
  return days.map(({ candidates }, day) => {
    const median = (of: keyof Time): number =>
      times.map((run) => run[day]?.[of] ?? 0).toSorted((a, b) => a - b)[Math.floor(runs / 2)] ?? 0;
    const warm = { wall: median("wall"), processor: median("processor") };
    return { candidates, sources, cold: cold[day] ?? { ...warm, memory: 0 }, warm };
  });
}

function timed(run: () => void): Time {
  const [start, before] = [performance.now(), process.threadCpuUsage()];
  run();
  const { user, system } = process.threadCpuUsage(before);
  return { wall: performance.now() - start, processor: (user + system) / 1000 };
}

/** The time of the first edition in a process of its own, and the most memory that process had, in megabytes. */
function coldTime(candidates: number): Time & { memory: number } {
  const out = execFileSync(process.execPath, [import.meta.filename, "cold", String(candidates)], { encoding: "utf8" });
  const [wall = 0, processor = 0, memory = 0] = out.split(" ").map(Number);
  return { wall, processor, memory };
}

function edition(articles: readonly Article[]): void {
  const { missing } = makeEdition({ ...ingredientsOf(articles), decisions: [] });
  if (missing !== null) throw new Error(missing);
}

function ingredientsOf(articles: readonly Article[]): Omit<Ingredients, "decisions"> {
  const config = defineConfig({
    newsletters: {
      bench: { title: "Bench", from: { name: "Bench", address: "bench@example.com" }, postalAddress: "1 Street" },
    },
  }).newsletters.bench;
  if (!config) throw new Error("the bench has no newsletter");
  return {
    newsletter: "bench",
    config,
    date: "2026-11-23",
    window: windowOf(null, toInstant(closing)),
    articles,
    textOf: ({ paragraphs }) => paragraphs,
    sourceWeight: () => 1,
    past: [],
  };
}

/**
 * A day of invented news: word frequencies by Zipf's law, stories of one to eight sources, each partly in its own
 * words. The same at every run.
 */
function newsroom(count: number, sources: number): Article[] {
  const random = randomFrom(20261123);
  // Without the thirty most frequent words, which headlines leave out.
  const word = () => syllables(Math.floor(20_000 ** (0.35 + 0.65 * random())));
  const articles: Article[] = [];
  while (articles.length < count) {
    const story = Array.from({ length: 7 + Math.floor(random() * 4) }, word);
    const tellings = random() < 0.7 ? 1 : 2 + Math.floor(random() * 7);
    for (let n = 0; n < tellings && articles.length < count; n++) {
      const title = story.map((own) => (random() < 0.35 ? word() : own)).join(" ");
      articles.push(articleOf(articles.length, title, sources, random));
    }
  }
  return articles;
}

function articleOf(n: number, title: string, sources: number, random: () => number): Article {
  const source = `source-${Math.floor(random() * sources)}`;
  const seenAt: Instant = toInstant(closing - Math.floor(random() * 23 * HOUR));
  return {
    id: n.toString(16).padStart(24, "0"),
    sourceId: source,
    sourceTitle: source,
    title,
    url: `https://${source}.example/desk-${n % 9}/${n}`,
    guid: null,
    published: seenAt,
    doubts: [],
    seenAt,
    changedAt: seenAt,
    summary: title,
    paragraphs: [title, `${title} again`],
    author: null,
    section: null,
    language: "en",
    image: null,
    archive: false,
  };
}

const parts = "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu".split(" ");

/** The nth word of an invented language, whose words differ from the first syllable on, as those of real ones do. */
function syllables(n: number): string {
  const rest = Math.floor(n / parts.length);
  return (parts[n % parts.length] ?? "") + (rest > 0 ? syllables(rest) : "n");
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Bars: an edition of 5,000 candidates within 300 ms, and one of 20,000 within five times as long. */
const bars = { milliseconds: 300, factor: 5 };

/** Prints the table; false if an edition takes too long. The bars are for the processor time of a warm process. */
export function reportAssemble(): boolean {
  const figures = assembleFigures();
  const [small, large] = figures;
  if (!small || !large) return false;
  const factor = large.warm.processor / small.warm.processor;
  const within = small.warm.processor <= bars.milliseconds && factor <= bars.factor;
  console.log(
    `An edition: at most ${bars.milliseconds} ms of ${small.candidates} candidates, and ${bars.factor} × that of ${large.candidates}`,
  );
  const describeTime = ({ wall, processor }: Time) =>
    `${processor.toFixed(0)} ms of processor, ${wall.toFixed(0)} ms in all`;
  for (const { candidates, sources, cold, warm } of figures) {
    console.log(
      `  ${candidates} candidates of ${sources} sources: ${describeTime(warm)}; first in a process: ${describeTime(cold)}, ${cold.memory.toFixed(0)} MB`,
    );
  }
  console.log(
    `  ${factor.toFixed(1)} × as long for ${large.candidates / small.candidates} × as many${within ? "" : "  TOO MUCH"}`,
  );
  console.log(`  ${rebuildTime().toFixed(0)} ms of processor to make it again after a decision, of 5000`);
  return within;
}

/** The time of an editor's next decision after reading its articles; it reuses the stories of the decision before. */
function rebuildTime(runs = 9): number {
  const gathered = ingredientsOf(newsroom(5_000, sources));
  const field = fieldFor(gathered);
  const story = field.scored[5]?.candidate.id ?? "";
  const decisions: Decision[] = [{ do: "move", story, to: 2, n: 1, by: "bench", at: toInstant(closing) }];
  const again = () => makeEdition({ ...gathered, decisions }, fieldFor(gathered));
  return Array.from({ length: runs }, () => timed(again).processor).toSorted((a, b) => a - b)[runs >> 1] ?? 0;
}

if (import.meta.main) {
  const [mode, candidates] = process.argv.slice(2);
  if (mode === "cold") {
    const articles = newsroom(Number(candidates), sources);
    const { wall, processor } = timed(() => edition(articles));
    console.log(`${wall} ${processor} ${process.resourceUsage().maxRSS / 1024}`);
  } else process.exitCode = reportAssemble() ? 0 : 1;
}
