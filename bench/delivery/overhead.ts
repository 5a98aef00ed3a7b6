import { readersOf } from "./engine.ts";
import { bareLoop, medianBy, type Run, startChild, wholeEngine } from "./runs.ts";

/** The least that the whole engine's recipients a second may be, as a share of the client's alone. */
const leastRatio = 0.8;

const ANSWERS_AFTER_MS = 60;
/** Readers of a first run that does not count. */
const WARM_UP = 10_000;

type OverheadFigures = { engine: number; bare: number; ratio: number; engineCpu: number; bareCpu: number };

/**
 * Medians of several runs, in turns, and the median of the pairs' ratios. Client, content, calls and simulator are the
 * same.
 */
async function overheadFigures(readers = 20_000, runs = 7): Promise<OverheadFigures> {
  const ses = await startChild("./bare-ses.ts", String(ANSWERS_AFTER_MS));
  try {
    const engines: Run[] = [];
    const bares: Run[] = [];
    // Warms up the compiler, because the first run is slower.
    await bareLoop(ses.url, WARM_UP);
    await wholeEngine(ses.url, readersOf(WARM_UP));
    for (let run = 0; run < runs; run++) {
      bares.push(await bareLoop(ses.url, readers));
      engines.push(await wholeEngine(ses.url, readersOf(readers)));
    }
    const [engine, bare] = [medianBy(engines, "seconds"), medianBy(bares, "seconds")];
    const ratios = engines.map((run, at) => (bares[at]?.seconds ?? Number.NaN) / run.seconds);
    return {
      engine: readers / engine.seconds,
      bare: readers / bare.seconds,
      ratio: ratios.toSorted((a, b) => a - b)[Math.floor(ratios.length / 2)] ?? Number.NaN,
      engineCpu: engine.cpu,
      bareCpu: bare.cpu,
    };
  } finally {
    ses.stop();
  }
}

export async function reportOverhead(): Promise<boolean> {
  const { engine, bare, ratio, engineCpu, bareCpu } = await overheadFigures();
  const line = (what: string, persecond: number, cpu: number) =>
    console.log(
      `  ${what.padEnd(24)} ${Math.round(persecond).toString().padStart(6)} recipients/s, ${cpu.toFixed(1)} ms CPU a batch`,
    );
  console.log(
    `Overhead of the engine: at least ${leastRatio} of the bare calls, SES answering in ${ANSWERS_AFTER_MS} ms`,
  );
  line("bare loop", bare, bareCpu);
  line("whole engine", engine, engineCpu);
  console.log(`  ratio                    ${ratio.toFixed(2)}${ratio < leastRatio ? "  MISSED" : ""}`);
  return ratio >= leastRatio;
}

if (import.meta.main) process.exitCode = (await reportOverhead()) ? 0 : 1;
