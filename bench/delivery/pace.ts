import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { calm } from "#tests/simulation/conditions.ts";
import { runStory } from "#tests/simulation/story.ts";
import { broken } from "#tests/simulation/verdict/verdict.ts";
import { send } from "#usecases/delivery/send/send.ts";
import { engineOver, readersOf } from "./engine.ts";

/** The least share of SES's rate that a whole send must use. No second may exceed the rate. */
const leastShare = 0.97;

/** One send, from its first departure to its last. */
type PaceFigures = {
  rate: number;
  recipients: number;
  seconds: number;
  share: number;
  /** The most departures in any one second; at rates below one a second, in the time for one departure. */
  peak: number;
};

/**
 * The real use cases in virtual time, over a slow network, with a new run of each sender every 9 minutes. Several send
 * groups of 10,000 readers.
 */
async function virtualPace(rate: number, seconds: number, senders: number): Promise<PaceFigures> {
  const readers = Math.ceil(rate * seconds);
  const own = { readers, drift: 1, rates: [rate], senders: [senders], runSeconds: 540, confirmations: false };
  const world = await runStory({ seed: 1, conditions: { ...calm, ...own } });
  const findings = broken(world);
  if (findings.length > 0) throw new Error(`the promise is broken: ${findings[0]?.is}, ${findings[0]?.what}`);
  return figuresOf(rate, world.ses.departures);
}

function figuresOf(rate: number, departures: readonly { at: number; n: number }[]): PaceFigures {
  const recipients = departures.reduce((sum, { n }) => sum + n, 0);
  const [first, last] = [departures[0], departures.at(-1)];
  if (!first || !last) return { rate, recipients, seconds: 0, share: 0, peak: 0 };
  // n calls have n - 1 intervals, so the last call's recipients don't count.
  const seconds = (last.at - first.at) / 1_000;
  return { rate, recipients, seconds, share: (recipients - last.n) / seconds / rate, peak: peakOf(departures, rate) };
}

function peakOf(departures: readonly { at: number; n: number }[], rate: number): number {
  const window = 1_000 / Math.min(1, rate);
  let [most, within, oldest] = [0, 0, 0];
  for (const { at, n } of departures) {
    within += n;
    while (at - (departures[oldest]?.at ?? at) >= window) within -= departures[oldest++]?.n ?? 0;
    most = Math.max(most, within);
  }
  return most;
}

const root = fileURLToPath(new URL("../..", import.meta.url));
const Ready = z.object({ sesv2: z.url() });
const Calls = z.array(z.object({ ms: z.number(), recipients: z.number(), accepted: z.number(), status: z.number() }));

/** `arrived`: the most that reached SES in any second, on a machine that also does other work. */
type RealFigures = PaceFigures & { arrived: number; throttled: number };

/** In real time: the engine and SES's client in this process, the simulator, which throttles, in another. */
async function realPace(rate: number, seconds: number): Promise<RealFigures> {
  const simulator = await startSimulator(rate);
  try {
    const engine = await engineOver(simulator.url, readersOf(rate * seconds), rate);
    const departures: { at: number; n: number }[] = [];
    const { sendBulk } = engine.ports.ses;
    const watched: typeof sendBulk = (call, gate) =>
      sendBulk(call, () => {
        const verdict = gate();
        if (verdict === "go") departures.push({ at: performance.now(), n: call.entries.length });
        return verdict;
      });
    await send({ ...engine.ports, ses: { ...engine.ports.ses, sendBulk: watched } }, engine.settings);
    engine.close();
    const log = Calls.parse(await (await fetch(`${simulator.url}/_control/calls`)).json());
    const arrivals = log
      .filter(({ recipients }) => recipients > 0)
      .map(({ ms, accepted }) => ({ at: ms, n: accepted }));
    const throttled = log.filter(({ status }) => status === 429).length;
    const arrived = peakOf(
      arrivals.toSorted((a, b) => a.at - b.at),
      rate,
    );
    return { ...figuresOf(rate, departures), arrived, throttled };
  } finally {
    await simulator.stop();
  }
}

async function startSimulator(rate: number): Promise<{ url: string; stop: () => Promise<void> }> {
  const data = mkdtempSync(join(tmpdir(), "bench-ses-"));
  const flags = ["--port", "0", "--data", data, "--rate", String(rate), "--quota=-1", "--json"];
  const child = spawn(process.execPath, ["local/ses/main.ts", ...flags], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(child.stdout, "data");
  const { sesv2: url } = Ready.parse(JSON.parse(String(line)));
  const stop = async () => {
    child.kill("SIGTERM");
    await once(child, "exit");
    rmSync(data, { recursive: true, force: true });
  };
  return { url, stop };
}

/** Recipients a second, for how long, and by how many senders. */
const virtual: readonly [rate: number, seconds: number, senders?: number][] = [
  [0.5, 1_200],
  [1, 1_200],
  [14, 900],
  [97, 600],
  [200, 300],
  [5_000, 40],
  [20_000, 60, 4],
];

const TEN_MILLION = 10_000_000;
/** Rates at which someone would send to ten million. */
const PROJECTED_FROM = 5_000;

export async function reportPace(): Promise<boolean> {
  let good = true;
  const line = (time: string, { rate, recipients, seconds, share, peak }: PaceFigures, more = "") => {
    const fine = share >= leastShare && peak <= Math.max(1, rate);
    good &&= fine;
    const cells = [`${rate}/s`.padStart(8), time, `${recipients} in ${seconds.toFixed(0)} s`.padEnd(20)];
    console.log(
      `  ${cells.join("  ")}  ${share.toFixed(3)} of the rate, at most ${peak} in a second${more}${fine ? "" : "  MISSED"}`,
    );
  };
  console.log(`Share of SES's rate that is used: at least ${leastShare}, and never more than the rate in any second`);
  for (const [rate, seconds, senders = 1] of virtual) {
    const figures = await virtualPace(rate, seconds, senders);
    const minutes = TEN_MILLION / (rate * figures.share) / 60;
    const projected = rate >= PROJECTED_FROM ? `; ten million readers take ${minutes.toFixed(1)} minutes` : "";
    line(senders === 1 ? "virtual" : `virtual, ${senders} senders`, figures, projected);
  }
  const real = await realPace(200, 30);
  line("real   ", real, `; ${real.arrived} arrived in one, ${real.throttled} throttled`);
  return good;
}

if (import.meta.main) process.exitCode = (await reportPace()) ? 0 : 1;
