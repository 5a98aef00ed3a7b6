/**
 * `npm run chaos`: runs the four local parts as processes and kills the sending one at random moments. Afterwards it
 * compares the simulator's own log with the ledger. Exits with 1 if a reader is lost or has two emails.
 */
import { parseArgs } from "node:util";
import { createDice } from "#tests/simulation/world/time.ts";
import { described, type Outcome, play, type Round } from "./chaos.ts";

const usage = `Kills the sending part of a local system again and again, and counts what came of every reader.

  npm run chaos [-- --readers 20000] [--kills 20] [--rate 400] [--drop 0.01] [--lose 0.05] [--seed 1] [--json]

Two rounds: one without faults, one in which --drop of the answers are lost after SES accepted and --lose of its events
never come. Settings of the trial: ${described}

Example:
  $ npm run chaos -- --readers 2000 --kills 5 --rate 200`;

const options = {
  readers: { type: "string", default: "20000" },
  kills: { type: "string", default: "20" },
  rate: { type: "string", default: "400" },
  drop: { type: "string", default: "0.01" },
  lose: { type: "string", default: "0.05" },
  seed: { type: "string", default: String(Date.now() % 100_000) },
  json: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

function readFlags() {
  const { values } = parseArgs({ options });
  const number = (name: "readers" | "kills" | "rate" | "drop" | "lose" | "seed", least: number) => {
    const value = Number(values[name]);
    if (Number.isFinite(value) && value >= least) return value;
    throw new Error(`--${name} ${values[name]}: give a number, ${least} or more.`);
  };
  const size = { readers: number("readers", 1), kills: number("kills", 0), rate: number("rate", 1) };
  const faults = { drop: number("drop", 0), lose: number("lose", 0), seed: number("seed", 0) };
  return { ...size, ...faults, json: values.json, help: values.help };
}

const isGood = ({ lost, doubled, untrue }: Outcome) => lost.length + doubled.length + untrue.length === 0;

function report(name: string, outcome: Outcome): string {
  const { readers, accepted, lost, doubled, untrue, unknown, kills, seconds, state } = outcome;
  const known = unknown.map(
    (one) => `    unknown: batch ${one.batch}, ${one.deliveries} deliveries, ${one.taken} taken by SES`,
  );
  const wrong = [...lost, ...doubled, ...untrue].slice(0, 20).map((line) => `    ${line}`);
  return [
    `${name}: ${readers} readers, ${kills} kills, ${Math.round(seconds)} s; the edition is ${state}`,
    `  ${accepted} mailed, ${lost.length} lost, ${doubled.length} doubled, ${untrue.length} wrong in the ledger, ` +
      `${unknown.reduce((sum, { deliveries }) => sum + deliveries, 0)} unknown in ${unknown.length} batches`,
    ...known,
    ...wrong,
  ].join("\n");
}

async function main(): Promise<void> {
  const flags = readFlags();
  if (flags.help) return console.log(usage);
  const say = (text: string) => console.error(`  ${text}`);
  const dice = createDice(flags.seed);
  const common = { readers: flags.readers, kills: flags.kills, rate: flags.rate, dice, say };
  const rounds: [string, Round][] = [
    ["no faults", { ...common, drop: 0, lose: 0 }],
    ["faults", { ...common, drop: flags.drop, lose: flags.lose }],
  ];
  if (!flags.json) console.log(`Chaos, seed ${flags.seed}; settings of the trial: ${described}`);
  const outcomes: Record<string, Outcome> = {};
  for (const [name, round] of rounds) {
    const outcome = await play(round);
    outcomes[name] = outcome;
    if (!flags.json) console.log(report(name, outcome));
    if (!isGood(outcome)) process.exitCode = 1;
  }
  if (flags.json) console.log(JSON.stringify({ seed: flags.seed, settings: described, outcomes }));
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
