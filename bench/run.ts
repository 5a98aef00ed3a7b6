/**
 * `npm run bench [-- NAME…]`: measures what the README claims, each figure beside a baseline of the same run, and fails
 * if a bar is missed. Absolute times depend on the machine, so compare the ratios.
 */
import { spawnSync } from "node:child_process";
import { reportImport } from "./audience/import.ts";
import { reportImportMemory } from "./audience/import-memory.ts";
import { reportSubscribe } from "./audience/subscribe.ts";
import { reportBundles } from "./bundles.ts";
import { reportCli } from "./cli.ts";
import { reportCost } from "./cost/cost.ts";
import { reportIdle } from "./cost/idle.ts";
import { reportMemory } from "./delivery/memory.ts";
import { reportOverhead } from "./delivery/overhead.ts";
import { reportPace } from "./delivery/pace.ts";
import { reportSender } from "./delivery/sender.ts";
import { reportAssemble } from "./editions/assemble.ts";
import { reportCandidates } from "./editions/candidates.ts";
import { reportEmail } from "./editions/email.ts";
import { reportSpam } from "./editions/spam.ts";
import { reportFirstByte } from "./first-byte.ts";
import { reportLocal } from "./local.ts";
import { reportDesk } from "./pages/desk.ts";
import { reportDeskCalls } from "./pages/desk-calls.ts";
import { reportDeskOpen } from "./pages/desk-open.ts";
import { reportPages } from "./pages/pages.ts";
import { reportPolling } from "./polling.ts";

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
  "desk-open": reportDeskOpen,
  pace: reportPace,
  overhead: reportOverhead,
  sender: reportSender,
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
  // Each in its own process, so one doesn't affect another's memory.
  for (const name of Object.keys(benches).filter((one) => selected.length === 0 || selected.includes(one))) {
    const { status } = spawnSync(process.execPath, [import.meta.filename, name], { stdio: "inherit" });
    if (status !== 0) process.exitCode = 1;
  }
}
