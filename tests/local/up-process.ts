import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { connectionOf, readSystem } from "#local/folder.ts";
import { commandCaller } from "#local/samples/bring.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const url = z.string().regex(/^http:\/\/127\.0\.0\.1:\d+$/);

/** The line that `up --json` prints, and nothing besides. */
export const ReadyLine = z.strictObject({
  ready: z.literal(true),
  inbox: url.nullable(),
  site: url,
  desk: z.string().regex(/^http:\/\/127\.0\.0\.1:\d+\/desk$/),
  endpoints: z.strictObject({ dynamodb: url, sqs: url, lambda: url, sesv2: url }),
  queues: z.strictObject({ feedback: z.string().regex(/^http:\/\/127\.0\.0\.1:\d+\/000000000000\/feedback$/) }),
});
export type ReadyLine = z.infer<typeof ReadyLine>;

export const newFolder = () => mkdtempSync(join(tmpdir(), "broadsheet-up-"));

/** A node process of this checkout whose output is kept. */
export type Program = {
  process: ChildProcess;
  stdout(): string;
  stderr(): string;
  /** The exit code, or the signal that ended it. */
  ended: Promise<number | string>;
  end(signal: NodeJS.Signals): Promise<number | string>;
};

export function startProgram(args: readonly string[], env: Record<string, string> = {}): Program {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(AWS_|TABLE_NAME|SITE_URL|KICKS_)/.test(name));
  const child = spawn(process.execPath, args, { cwd: root, env: { ...Object.fromEntries(inherited), ...env } });
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  const ended = once(child, "close").then(([code, signal]) => code ?? signal);
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return ended;
  };
  return { process: child, stdout: () => out, stderr: () => err, ended, end };
}

/** Starts `broadsheet up --json --port 0` on a folder and waits until it is ready. */
export async function startUp(folder: string, flags: readonly string[] = [], env: Record<string, string> = {}) {
  const args = ["cli/broadsheet.ts", "up", "--json", "--port", "0", "--data", folder, ...flags];
  const program = startProgram(args, env);
  for (const end = Date.now() + 60_000; !program.stdout().includes("\n"); ) {
    const ended = program.process.exitCode ?? program.process.signalCode;
    if (ended !== null || Date.now() > end) throw new Error(`up is not ready (${ended}): ${program.stderr()}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  const ready = ReadyLine.parse(JSON.parse(program.stdout()));
  return { ...program, ready, door: commandCaller(connectionOf(readSystem({ path: folder }))) };
}

const Message = z.looseObject({
  id: z.string(),
  to: z.string(),
  subject: z.string(),
  headers: z.record(z.string(), z.string()),
  tags: z.record(z.string(), z.string()),
});

/** What the inbox shows. */
export async function messages({ inbox }: ReadyLine): Promise<z.infer<typeof Message>[]> {
  return z.array(Message).parse(await (await fetch(`${inbox}/messages`)).json());
}

/** Waits until something is so. @throws with what was seen last */
export async function until<T>(
  what: string,
  look: () => Promise<T>,
  is: (seen: T) => boolean,
  ms = 30_000,
): Promise<T> {
  for (const end = Date.now() + ms; ; await new Promise((resolve) => setTimeout(resolve, 100))) {
    const seen = await look();
    if (is(seen)) return seen;
    if (Date.now() > end)
      throw new Error(`waited ${ms} ms for ${what}; last seen: ${JSON.stringify(seen).slice(0, 500)}`);
  }
}
