import type { DraftArticle } from "#domain/article/article.ts";
import type { PageFacts } from "#domain/article/page-facts.ts";
import { fault, type Outcome } from "#domain/outcome.ts";
import type { Refusal } from "../items/normalise.ts";
import type { PushedItem } from "../pushed.ts";
import type { FeedDocument, ReadFeed } from "../read.ts";
import type { Task } from "./worker.ts";
import { type FeedWorker, GivenUp, startWorker, type WorkerLimits } from "./worker-process.ts";

const LIMITS: WorkerLimits = { cpu: 5000, wall: 20_000, memory: 128 };
/** Enough processes for the other feeds while one feed uses its full time. */
const WORKERS = 3;

/**
 * Reads feeds and pushed articles in a few reused processes. If a task exceeds its time or memory, only its process is
 * ended; the others continue, and a new one replaces it.
 */
export function openParsers(options: { limits?: Partial<WorkerLimits>; workers?: number } = {}) {
  const run = openPool({ ...LIMITS, ...options.limits }, options.workers ?? WORKERS);
  return {
    /** Like readFeed of read.ts; a feed that exceeds a limit is a fault. */
    readFeed: async (document: FeedDocument): Promise<Outcome<ReadFeed>> => {
      const read = await run<Outcome<ReadFeed>>({ name: "readFeed", input: document });
      if (!(read instanceof GivenUp)) return read;
      const name = document.url ?? "The file";
      return fault("not-a-feed", `${name} can't be read: it ${read.message}. Ask its publisher to fix it.`);
    },
    /** Like feedsOfPage of read.ts; a page that exceeds a limit has no feeds. */
    feedsOfPage: async (document: Omit<FeedDocument, "now">): Promise<string[]> => {
      const feeds = await run<string[]>({ name: "feedsOfPage", input: document });
      return feeds instanceof GivenUp ? [] : feeds;
    },
    /** Like factsOfPage of read.ts; a page that exceeds a limit has no facts. */
    factsOfPage: async (document: Omit<FeedDocument, "now">): Promise<PageFacts | null> => {
      const facts = await run<PageFacts | null>({ name: "factsOfPage", input: document });
      return facts instanceof GivenUp ? null : facts;
    },
    /** Like normalisePushed of pushed.ts; if a push exceeds a limit, every article is refused. */
    normalisePushed: async (items: readonly PushedItem[], now: number): Promise<(DraftArticle | Refusal)[]> => {
      const read = await run<(DraftArticle | Refusal)[]>({ name: "normalisePushed", input: { items, now } });
      if (!(read instanceof GivenUp)) return read;
      const why = `The push ${read.message}. Send fewer or shorter articles.`;
      return items.map((_, index) => ({ why, at: `item ${index + 1}` }));
    },
  };
}

/** Runs tasks in order, at most `most` at a time. */
function openPool(limits: WorkerLimits, most: number) {
  const idle: FeedWorker[] = [];
  const waiting: (() => void)[] = [];
  let working = 0;

  async function withWorker(task: Task): Promise<unknown> {
    let worker = idle.pop();
    while (worker?.isFit() === false) worker = idle.pop();
    worker ??= startWorker(limits);
    try {
      return await worker.run(task);
    } finally {
      if (worker.isFit()) idle.push(worker);
      else worker.end();
    }
  }

  return async <T>(task: Task): Promise<T | GivenUp> => {
    if (working >= most) await new Promise<void>((start) => waiting.push(start));
    working += 1;
    try {
      // A task returns the result of worker.ts's function with that name.
      return (await withWorker(task)) as T;
    } catch (error) {
      if (error instanceof GivenUp) return error;
      throw error;
    } finally {
      working -= 1;
      waiting.shift()?.();
    }
  };
}
