import { randomBytes } from "node:crypto";
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { isMainThread } from "node:worker_threads";
import * as z from "zod";
import { RunCredentials } from "./aws.ts";

/**
 * The data folder of a local system, with all its data in one place. It holds readers' addresses and keys, so folders
 * have mode 0700 and files 0600: other users of the machine can't read them.
 *
 *     system.json      which layout this is, and the running system's endpoints and credentials (the CLI reads it)
 *     aws              the same as an AWS config file
 *     keys.json        the signing keys
 *     parts/X.json     where part X listens, so the parts find each other and come back on the same port
 *     locks/X.lock     which process runs part X
 *     dynamodb/        the table         ses/  the inbox         logs/  what the functions wrote
 *     pictures/        copies of leads' pictures
 */
export type Folder = { readonly path: string };

/** Version of the layout above. Raised when older folders can't be read any more. */
export const folderVersion = 1;

export const partNames = ["host", "data", "queues", "ses", "identity"] as const;
export type PartName = (typeof partNames)[number];

const PartRecord = z.object({ v: z.literal(folderVersion), part: z.enum(partNames), url: z.url(), pid: z.number() });
type PartRecord = z.infer<typeof PartRecord>;

/** The content of `system.json`, for the CLI. */
const SystemRecord = z.object({
  v: z.literal(folderVersion),
  stack: z.string(),
  region: z.string(),
  site: z.url(),
  inbox: z.url().nullable(),
  endpoints: z.object({ dynamodb: z.url(), sqs: z.url(), lambda: z.url(), sesv2: z.url() }),
  queues: z.object({ kicks: z.url(), feedback: z.url() }),
  credentials: RunCredentials,
});
export type SystemRecord = z.infer<typeof SystemRecord>;

/** Opens or makes a data folder. @throws Error for people if another version wrote it, or it can't be made. */
export function openFolder(path: string): Folder {
  const folder = { path: resolve(path) };
  const version = readVersion(folder);
  if (version !== undefined && version !== folderVersion) {
    throw new Error(
      `The data folder ${folder.path} has layout ${JSON.stringify(version)}, and this Broadsheet reads layout ` +
        `${folderVersion}. Run the version that wrote it, choose another folder with --data, or delete it to start afresh.`,
    );
  }
  // Files of libraries, such as LevelDB, are private too. Worker threads have no umask of their own.
  if (isMainThread) process.umask(0o077);
  for (const sub of ["parts", "locks", "logs"]) makeFolder(folder, sub);
  if (process.platform !== "win32") makePrivate(folder.path);
  if (version === undefined) writeWhole(join(folder.path, "system.json"), JSON.stringify({ v: folderVersion }));
  return folder;
}

function makeFolder(folder: Folder, sub: string): void {
  try {
    mkdirSync(join(folder.path, sub), { recursive: true, mode: 0o700 });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    const why =
      code === "ENOTDIR" || code === "EEXIST" ? "it or a part of its path is a file" : `${code ?? String(error)}`;
    throw new Error(`The data folder ${folder.path} cannot be made: ${why}. Choose another with --data.`);
  }
}

/** Removes other users' permissions from files of an earlier version. */
function makePrivate(path: string): void {
  chmodSync(path, 0o700);
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const inside = join(path, entry.name);
    if (entry.isDirectory()) makePrivate(inside);
    else if (entry.isFile()) makeFilePrivate(inside);
  }
}

/** Another part of the system may remove its file at the same time. */
function makeFilePrivate(path: string): void {
  try {
    chmodSync(path, 0o600);
  } catch (error) {
    if (!isCode(error, "ENOENT")) throw error;
  }
}

function readVersion(folder: Folder): unknown {
  const path = join(folder.path, "system.json");
  if (!existsSync(path)) return undefined;
  const parsed = z.object({ v: z.unknown() }).safeParse(readJson(path));
  return parsed.success ? (parsed.data.v ?? null) : null;
}

/** Writes where the running system is: `system.json` for the CLI, `aws` for other AWS clients. */
export function writeSystem(folder: Folder, system: SystemRecord, awsConfig: string): void {
  writeWhole(join(folder.path, "aws"), awsConfig);
  writeWhole(join(folder.path, "system.json"), `${JSON.stringify(system, null, 2)}\n`);
}

/** The system that runs on the folder, or ran last. @throws Error if there was none. */
export const readSystem = (folder: Folder): SystemRecord =>
  SystemRecord.parse(readJson(join(folder.path, "system.json")));

/** Access to its functions. */
export const connectionOf = ({ endpoints, credentials }: SystemRecord) => ({ endpoint: endpoints.lambda, credentials });

/** A part's last address; the same port is used again if it is free, so links in emails still work. */
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
 * Locks a part of the folder for this process. The lock of a dead process is taken over, so after `kill -9` the system
 * can start again. @returns a function that releases it. @throws Error naming the process that has it.
 */
export function claimPart(folder: Folder, part: PartName): () => void {
  const path = join(folder.path, "locks", `${part}.lock`);
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      const file = openSync(path, "wx", 0o600);
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

/** A process id may be reused, but not together with its start time. */
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

/** The signing keys, made once: the secret of a local system. */
export function signingKeys(folder: Folder): { read(): string; write(value: string): void } {
  const path = join(folder.path, "keys.json");
  const write = (value: string) => writeWhole(path, `${value}\n`);
  if (!existsSync(path)) write(JSON.stringify({ id: "k1", key: randomBytes(32).toString("base64url") }));
  return { read: () => readFileSync(path, "utf8").trim(), write };
}

/** The addresses of webhooks and chats from `webhooks.json`, which an operator writes; without the file, none. */
export function webhooks(folder: Folder): { read(): string; write(value: string): void } {
  const path = join(folder.path, "webhooks.json");
  return {
    read: () => (existsSync(path) ? readFileSync(path, "utf8") : "{}"),
    write: (value) => writeWhole(path, value),
  };
}

/** A parsed file of the folder; undefined: it is missing or isn't JSON. */
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

/** Written completely, then renamed, so it is never read in part. */
function writeWhole(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}.new`;
  writeFileSync(draft, text, { mode: 0o600 });
  renameSync(draft, path);
}

export const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && "code" in error && error.code === code;
