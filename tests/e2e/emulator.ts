import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const python = join(root, ".e2e/bin/python");

/** False until `npm run setup:e2e`. */
export const isSetUp = existsSync(join(root, ".e2e/packages.txt"));

export type Emulator = {
  /** Its endpoint: what AWS_ENDPOINT_URL should say. */
  url: string;
  /** The last lines of its log, to print when something fails. */
  log: () => string;
  stop: () => Promise<void>;
};

/** Starts an AWS of our own. Lambdas inherit `environment`, and run on the Node that runs this. */
export async function startEmulator(port: number, environment: Record<string, string> = {}): Promise<Emulator> {
  const folder = mkdtempSync(join(tmpdir(), "emulator-"));
  const logFile = join(folder, "log");
  const output = openSync(logFile, "a");
  const child = spawn(python, [join(root, "tests/e2e/launch.py")], {
    cwd: folder,
    stdio: ["ignore", output, output],
    env: {
      ...process.env,
      ...environment,
      PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
      BIND_HOST: "127.0.0.1",
      GATEWAY_PORT: String(port),
      // Else it opens a port for devices to all the network.
      IOT_MTLS_ENABLED: "0",
      // Each Lambda acts by its role, so a missing permission fails here as it would in AWS.
      AUTH: "true",
      // Besides `test`, which may do everything: our simulator tells events by this name, as a service of AWS would.
      AWS_ACCESS_KEY_ID: "local",
      AWS_SECRET_ACCESS_KEY: "local",
      TMPDIR: folder,
    },
  });
  const log = () => readFileSync(logFile, "utf8").split("\n").slice(-60).join("\n");
  const url = `http://127.0.0.1:${port}`;
  await until(
    async () => (await fetch(`${url}/_ministack/health`)).ok,
    () => (child.exitCode === null ? undefined : `The emulator ended: ${log()}`),
  );
  return { url, log, stop: () => stop(child, folder) };
}

async function stop(child: ChildProcess, folder: string): Promise<void> {
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  // A Lambda that hangs keeps it from ending.
  const kill = setTimeout(() => child.kill("SIGKILL"), 5_000);
  await ended;
  clearTimeout(kill);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** Waits for `check`, every quarter of a second for at most `seconds`. @throws what `hopeless` says at once. */
export async function until<T>(
  check: () => Promise<T>,
  hopeless: () => string | undefined = () => undefined,
  seconds = 60,
): Promise<NonNullable<T>> {
  const end = Date.now() + seconds * 1000;
  let last: unknown = "it never came true";
  while (Date.now() < end) {
    const why = hopeless();
    if (why !== undefined) throw new Error(why);
    try {
      const found = await check();
      if (found) return found;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`Waited ${seconds} s without success.`, { cause: last });
}

export function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (address && typeof address === "object" ? resolve(address.port) : reject(address)));
    });
  });
}
