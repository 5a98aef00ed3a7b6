import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
type Name = "data" | "queues" | "ses" | "host";

/** One of the four local parts, in a process of its own. */
export type Part = { readonly url: string; readonly kill: (signal: NodeJS.Signals) => Promise<void> };

/** The four parts' shared folder, and functions that start and stop them. */
export function openParts() {
  const folder = mkdtempSync(join(tmpdir(), "broadsheet-chaos-"));
  const running = new Set<Part>();
  const start = async (name: Name, flags: readonly string[] = []): Promise<Part> => {
    const child = spawn(process.execPath, [`local/${name}/main.ts`, "--port", "0", "--data", folder, ...flags], {
      cwd: root,
      stdio: ["ignore", "pipe", "inherit"],
      env: ownEnvironment(),
    });
    const part: Part = { url: await listening(name, child), kill: (signal) => end(child, signal) };
    running.add(part);
    return part;
  };
  const close = async () => {
    for (const part of [...running].toReversed()) await part.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  };
  return { start, close, folder: { path: folder } };
}

/** The parts find each other by the folder, not by the variables that this process has set for its own clients. */
const ownEnvironment = () =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("AWS_")));

async function listening(name: Name, child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error(`The part ${name} has no output.`);
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
    if (!url) continue;
    child.stdout.resume();
    return url;
  }
  throw new Error(`The part ${name} ended before it listened.`);
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, "exit");
}
