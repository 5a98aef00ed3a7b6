import { once } from "node:events";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { conditionsOf, editionsOf } from "./conditions.ts";
import { addTo, emptyTotals, reportOf, type StoryResult, type Totals, toJson } from "./tally.ts";
import { traceOf } from "./trace.ts";

const help = `npm run simulate [-- OPTIONS]

Tells stories of editions in virtual time, with all that can go wrong, and judges each by the promise of delivery
(docs/delivery.md). The same seed tells the same story.

  --editions N     so many editions, about (default 1000)
  --first-seed S   begin with this seed (default 1)
  --seed S         tell the story of this seed alone, and print what happened in it
  --several        with two to eight senders
  --workers N      processes (default: as many as there are cores)
  --json           one JSON object instead of lines
  --help           this

Example: npm run simulate -- --editions 20000
Exit codes: 0 the promise held; 1 it was broken, the seeds are printed; 2 wrong usage.`;

/** Seeds that a worker gets at once. */
const BLOCK = 25;
const PROGRESS_MS = 5_000;

type Options = {
  editions: number;
  firstSeed: number;
  seed: number | undefined;
  workers: number;
  several: boolean;
  json: boolean;
};

function optionsOf(args: string[]): Options | "help" {
  const number = { type: "string" } as const;
  const { values } = parseArgs({
    args,
    options: {
      ...{ editions: number, "first-seed": number, seed: number, workers: number },
      ...{ several: { type: "boolean" }, json: { type: "boolean" }, help: { type: "boolean" } },
    },
  });
  if (values.help) return "help";
  const whole = (name: string, text: string | undefined): number | undefined => {
    if (text !== undefined && !/^[1-9]\d{0,9}$/.test(text))
      throw new Error(`--${name} takes a whole number, not "${text}"`);
    return text === undefined ? undefined : Number(text);
  };
  return {
    editions: whole("editions", values.editions) ?? 1_000,
    firstSeed: whole("first-seed", values["first-seed"]) ?? 1,
    seed: whole("seed", values.seed),
    workers: whole("workers", values.workers) ?? availableParallelism(),
    several: values.several ?? false,
    json: values.json ?? false,
  };
}

/** Blocks of seeds, up to this number of editions. */
function* blocks(firstSeed: number, editions: number): Generator<number[]> {
  let [seed, left] = [firstSeed, editions];
  while (left > 0) {
    const block: number[] = [];
    for (; left > 0 && block.length < BLOCK; seed++) {
      left -= editionsOf(conditionsOf(seed));
      block.push(seed);
    }
    yield block;
  }
}

/** Runs them on several cores. The totals don't depend on the number of cores. */
async function simulate(
  { editions, firstSeed, workers, several }: Options,
  progress: (totals: Totals) => void,
): Promise<Totals> {
  const totals = emptyTotals();
  const waiting = blocks(firstSeed, editions);
  const began = performance.now();
  await Promise.all(
    Array.from({ length: workers }, async () => {
      const worker = new Worker(new URL("./worker.ts", import.meta.url));
      for (const block of waiting) {
        for (const results of await runBlock(worker, block, several)) addTo(totals, results);
        totals.seconds = (performance.now() - began) / 1_000;
        progress(totals);
      }
      await worker.terminate();
    }),
  );
  return totals;
}

async function runBlock(worker: Worker, block: readonly number[], several: boolean): Promise<StoryResult[]> {
  const answer = once(worker, "message");
  worker.postMessage({ seeds: block, several });
  const [results] = await answer;
  return results;
}

async function main(): Promise<number> {
  const options = optionsOf(process.argv.slice(2));
  if (options === "help") {
    console.log(help);
    return 0;
  }
  if (options.seed !== undefined) return replaySeed(options.seed, options);
  let shown = performance.now();
  const totals = await simulate(options, (soFar) => {
    if (performance.now() - shown < PROGRESS_MS) return;
    shown = performance.now();
    const done = Math.round((100 * soFar.editions) / options.editions);
    console.error(`${soFar.editions} editions (${done} %), ${Math.round(soFar.editions / soFar.seconds)} a second`);
  });
  console.log(options.json ? JSON.stringify(toJson(totals, options.several)) : reportOf(totals, options.several));
  return totals.failures.size > 0 ? 1 : 0;
}

/** Prints everything that happens in one story. */
async function replaySeed(seed: number, { json, several }: Options): Promise<number> {
  const conditions = conditionsOf(seed, several);
  const { result, lines } = await traceOf(seed, conditions);
  if (json) console.log(JSON.stringify({ ...result, conditions, trace: lines }));
  else console.log([...lines, "", JSON.stringify(conditions), JSON.stringify(result)].join("\n"));
  return result.findings.length > 0 ? 1 : 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}. See npm run simulate -- --help`);
  process.exitCode = 2;
}
