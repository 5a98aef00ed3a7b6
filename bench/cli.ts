import { spawnSync } from "node:child_process";

/** At most so many seconds more than Node needs to start. */
const BAR = 1;
const RUNS = 5;

/** How long the command line takes to say anything, beside Node's own start. */
export function reportCli(): boolean {
  const node = best("node", ["-e", "0"]);
  const direct = best("node", ["cli/start.js", "--version"]);
  const npx = best("npx", ["--no-install", "broadsheet", "--version"]);
  const more = npx - node;
  console.log(`  node -e 0                                  ${seconds(node)}`);
  console.log(`  node cli/start.js --version                ${seconds(direct)}`);
  console.log(`  npx --no-install broadsheet --version      ${seconds(npx)}: ${seconds(more)} more (at most ${BAR} s)`);
  return more <= BAR;
}

/** The quickest of some runs: what else the machine does only ever adds to it. Seconds. */
function best(command: string, args: readonly string[]): number {
  const times = Array.from({ length: RUNS }, () => {
    const since = performance.now();
    const { status, stderr } = spawnSync(command, args, { encoding: "utf8", shell: process.platform === "win32" });
    if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed: ${stderr}`);
    return (performance.now() - since) / 1000;
  });
  return Math.min(...times);
}

const seconds = (value: number) => `${value.toFixed(2)} s`;
