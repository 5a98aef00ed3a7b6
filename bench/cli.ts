import { spawnSync } from "node:child_process";

/** The most that the command line may take beyond Node's own start, in seconds. */
const BAR = 1;
const RUNS = 5;

/** Measures the command line's first output beside Node's own start. */
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

/** The fastest of some runs in seconds, because other work on the machine can only slow it down. */
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
