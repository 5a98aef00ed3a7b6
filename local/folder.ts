import { randomBytes } from "node:crypto";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as z from "zod";

/**
 * The data folder of a local system: all it keeps, in one place that can be thrown away.
 *
 *     system.json      which layout this is, and where the running system's endpoints are (the CLI reads it)
 *     keys.json        the signing keys, mode 0600
 *     parts/X.json     where part X listens, so that the parts find each other and come back on the same port
 *     locks/X.lock     which process runs part X
 *     dynamodb/        the table         ses/  the inbox         logs/  what the functions wrote
 *     pictures/        copies of leads' pictures
 */
export type Folder = { readonly path: string };

/** The layout above. Raised when an older folder could not be read any more. */
export const folderVersion = 1;

export const partNames = ["host", "data", "queues", "ses", "identity"] as const;
export type PartName = (typeof partNames)[number];

const PartRecord = z.object({ v: z.literal(folderVersion), part: z.enum(partNames), url: z.url(), pid: z.number() });
export type PartRecord = z.infer<typeof PartRecord>;

/** What `system.json` says to the CLI. */
export type SystemRecord = {
  v: typeof folderVersion;
  stack: string;
  region: string;
  site: string;
  inbox: string | null;
  endpoints: { dynamodb: string; sqs: string; lambda: string; sesv2: string };
  queues: { kicks: string; feedback: string };
};

/** Opens or makes a data folder. @throws Error in words when another version wrote it, or it cannot be made. */
export function openFolder(path: string): Folder {
  const folder = { path: resolve(path) };
  const version = readVersion(folder);
  if (version !== undefined && version !== folderVersion) {
    throw new Error(
      `The data folder ${folder.path} has layout ${JSON.stringify(version)}, and this Broadsheet reads layout ` +
        `${folderVersion}. Run the version that wrote it, choose another folder with --data, or delete it to start afresh.`,
    );
  }
  for (const sub of ["parts", "locks", "logs"]) makeFolder(folder, sub);
  if (version === undefined) writeWhole(join(folder.path, "system.json"), JSON.stringify({ v: folderVersion }));
  return folder;
}

function makeFolder(folder: Folder, sub: string): void {
  try {
    mkdirSync(join(folder.path, sub), { recursive: true });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    const why =
      code === "ENOTDIR" || code === "EEXIST" ? "it or a part of its path is a file" : `${code ?? String(error)}`;
    throw new Error(`The data folder ${folder.path} cannot be made: ${why}. Choose another with --data.`);
  }
}

function readVersion(folder: Folder): unknown {
  const path = join(folder.path, "system.json");
  if (!existsSync(path)) return undefined;
  const parsed = z.object({ v: z.unknown() }).safeParse(readJson(path));
  return parsed.success ? (parsed.data.v ?? null) : null;
}

export const writeSystem = (folder: Folder, system: SystemRecord) =>
  writeWhole(join(folder.path, "system.json"), `${JSON.stringify(system, null, 2)}\n`);

/** Where a part listened last; the same port is taken again where it is free, so that links in emails still work. */
export function recallPart(folder: Folder, part: PartName): PartRecord | undefined {
  const parsed = PartRecord.safeParse(readJson(join(folder.path, "parts", `${part}.json`)));
  return parsed.success ? parsed.data : undefined;
}

export const rememberPart = (folder: Folder, part: PartName, url: string) =>
  writeWhole(
    join(folder.path, "parts", `${part}.json`),
    `${JSON.stringify({ v: folderVersion, part, url, pid: process.pid } satisfies PartRecord)}\n`,
  );

const Lock = z.object({ pid: z.number().int(), started: z.string() });

/**
 * Takes a part of the folder for this process. A lock whose process is gone is taken over: after `kill -9` one just
 * starts again. @returns what gives it back. @throws Error naming the process that has it.
 */
export function claimPart(folder: Folder, part: PartName): () => void {
  const path = join(folder.path, "locks", `${part}.lock`);
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      const file = openSync(path, "wx");
      writeFileSync(file, JSON.stringify({ pid: process.pid, started: startOf(process.pid) }));
      closeSync(file);
      return () => rmSync(path, { force: true });
    } catch (error) {
      if (!isCode(error, "EEXIST")) throw error;
    }
    const lock = Lock.safeParse(readJson(path));
    if (lock.success && isRunning(lock.data)) {
      throw new Error(
        `A local system already runs on ${folder.path} (its ${part} is process ${lock.data.pid}). ` +
          `Stop it first, or choose another folder with --data.`,
      );
    }
    rmSync(path, { force: true });
  }
  throw new Error(`${path} could not be taken. Is another local system starting on the same folder?`);
}

/** A process number alone may have been given to another process since; number and start time together are not. */
function isRunning(lock: z.infer<typeof Lock>): boolean {
  try {
    process.kill(lock.pid, 0);
  } catch (error) {
    if (!isCode(error, "EPERM")) return false;
  }
  return startOf(lock.pid) === lock.started;
}

/** Start time in clock ticks since boot (proc(5), field 22); empty where there is no /proc. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}

/** The signing keys, made once. Readable by the owner alone. */
export function signingKeys(folder: Folder): string {
  const path = join(folder.path, "keys.json");
  if (!existsSync(path)) {
    writeWhole(path, `${JSON.stringify({ id: "k1", key: randomBytes(32).toString("base64url") })}\n`, 0o600);
  }
  return readFileSync(path, "utf8").trim();
}

/** A file of the folder's root, parsed; undefined when there is none or it is not JSON. */
export const readNote = (folder: Folder, name: string): unknown => readJson(join(folder.path, name));
export const writeNote = (folder: Folder, name: string, value: unknown) =>
  writeWhole(join(folder.path, name), `${JSON.stringify(value)}\n`);

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

/** Whoever reads sees the old file or the new one, never half of it. */
function writeWhole(path: string, text: string, mode = 0o644): void {
  mkdirSync(join(path, ".."), { recursive: true });
  const draft = `${path}.${process.pid}.new`;
  writeFileSync(draft, text, { mode });
  renameSync(draft, path);
}

export const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && "code" in error && error.code === code;
