/**
 * `npm run bench [-- NAME…]`: measures what the README claims, each figure beside a baseline of the same run, and fails
 * where a bar is missed. Absolute times depend on the machine; the ratios are what to compare.
 */
import { spawnSync } from "node:child_process";
import { reportAssemble } from "./assemble.ts";
import { reportBundles } from "./bundles.ts";
import { reportCandidates } from "./candidates.ts";
import { reportCli } from "./cli.ts";
import { reportCost } from "./cost.ts";
import { reportDesk } from "./desk.ts";
import { reportDeskCalls } from "./desk-calls.ts";
import { reportEmail } from "./email.ts";
import { reportFirstByte } from "./first-byte.ts";
import { reportIdle } from "./idle.ts";
import { reportImport } from "./import.ts";
import { reportImportMemory } from "./import-memory.ts";
import { reportLocal } from "./local.ts";
import { reportMemory } from "./memory.ts";
import { reportOverhead } from "./overhead.ts";
import { reportPace } from "./pace.ts";
import { reportPages } from "./pages.ts";
import { reportPolling } from "./polling.ts";
import { reportSpam } from "./spam.ts";
import { reportSubscribe } from "./subscribe.ts";

const benches: Record<string, () => boolean | Promise<boolean>> = {
  bundles: reportBundles,
  cost: reportCost,
  idle: reportIdle,
  cli: reportCli,
  assemble: reportAssemble,
  candidates: reportCandidates,
  pages: reportPages,
  "first-byte": reportFirstByte,
  polling: reportPolling,
  import: reportImport,
  "import-memory": reportImportMemory,
  subscribe: reportSubscribe,
  local: reportLocal,
  email: reportEmail,
  spam: reportSpam,
  desk: reportDesk,
  "desk-calls": reportDeskCalls,
  pace: reportPace,
  overhead: reportOverhead,
  memory: reportMemory,
};

const selected = process.argv.slice(2);
const unknown = selected.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(`No bench is called ${unknown.join(", ")}. There are: ${Object.keys(benches).join(", ")}.`);
  process.exitCode = 2;
} else if (selected.length === 1) {
  for (const name of selected) {
    console.log(`\n${name}`);
    if (!(await benches[name]?.())) process.exitCode = 1;
  }
} else {
  // Each in a process of its own: what one leaves in memory isn't a part of another's figures.
  for (const name of Object.keys(benches).filter((one) => selected.length === 0 || selected.includes(one))) {
    const { status } = spawnSync(process.execPath, [import.meta.filename, name], { stdio: "inherit" });
    if (status !== 0) process.exitCode = 1;
  }
}
