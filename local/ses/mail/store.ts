import { createHash } from "node:crypto";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { gunzipSync, gzipSync } from "node:zlib";
import { Content, type Message, StoredCall } from "./message.ts";

/** Version of the format on disk. A folder with another version is refused. */
const version = 1;

class OtherVersion extends Error {
  override readonly name = "OtherVersion";
}

/**
 * Keeps accepted mail: one line of a log for each call to SES, and what the call says once under its hash. So 10,000
 * copies of an edition cost their addresses and variables, and a killed process loses at most a torn last line.
 * @param folder where to keep it; undefined keeps it in memory only.
 * @throws OtherVersion when the folder was written by a version that this one does not know.
 */
export function openStore(folder: string | undefined) {
  const disk = folder === undefined ? null : openDisk(folder);
  const contents = new Map<string, Content>();
  const byId = new Map<string, Message>();
  const messages: Message[] = [];
  let next = 1;
  /** The content kept last: an edition's calls all have the same. */
  let last: { content: Content; hash: string } | undefined;

  const remember = (call: StoredCall): Message[] => {
    const added = call.entries.map((entry) => ({ n: next++, call, entry }));
    for (const message of added) {
      messages.push(message);
      byId.set(message.entry.id, message);
    }
    return added;
  };
  for (const call of disk?.calls() ?? []) remember(call);

  return {
    /** The hash under which a content is kept, kept from now on. */
    keep(content: Content): string {
      if (last && isDeepStrictEqual(last.content, content)) return last.hash;
      const body = JSON.stringify(content);
      const hash = createHash("sha256").update(body).digest("hex");
      last = { content, hash };
      if (contents.has(hash)) return hash;
      disk?.writeContent(hash, body);
      contents.set(hash, content);
      return hash;
    },
    content(hash: string): Content {
      const known = contents.get(hash) ?? disk?.readContent(hash);
      if (!known) throw new Error(`The body ${hash} is missing from the mail folder: it was changed by hand.`);
      contents.set(hash, known);
      return known;
    },
    /** Stores what SES accepted; on disk when this returns. */
    add(call: StoredCall): Message[] {
      disk?.append(JSON.stringify(call));
      return remember(call);
    },
    get: (id: string): Message | undefined => byId.get(id),
    /** Oldest first. */
    all: (): readonly Message[] => messages,
    clear() {
      disk?.clear();
      last = undefined;
      contents.clear();
      byId.clear();
      messages.length = 0;
    },
    close: () => disk?.close(),
  };
}

export type Store = ReturnType<typeof openStore>;

function openDisk(folder: string) {
  const log = join(folder, "mail.jsonl");
  const bodies = join(folder, "bodies");
  mkdirSync(bodies, { recursive: true });
  checkVersion(folder);
  dropTornLine(log);
  let file = openSync(log, "a");
  const bodyFile = (hash: string) => join(bodies, `${hash}.json.gz`);
  return {
    calls: () =>
      readFileSync(log, "utf8")
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => StoredCall.parse(JSON.parse(line))),
    append: (line: string) => writeSync(file, `${line}\n`),
    writeContent(hash: string, body: string) {
      if (!existsSync(bodyFile(hash))) writeFileSync(bodyFile(hash), gzipSync(body));
    },
    readContent: (hash: string) =>
      existsSync(bodyFile(hash))
        ? Content.parse(JSON.parse(gunzipSync(readFileSync(bodyFile(hash))).toString("utf8")))
        : undefined,
    clear() {
      closeSync(file);
      rmSync(bodies, { recursive: true, force: true });
      mkdirSync(bodies, { recursive: true });
      file = openSync(log, "w");
    },
    close: () => closeSync(file),
  };
}

function checkVersion(folder: string): void {
  const file = join(folder, "version");
  if (!existsSync(file)) {
    writeFileSync(file, `${version}\n`);
    return;
  }
  const found = readFileSync(file, "utf8").trim();
  if (found === String(version)) return;
  throw new OtherVersion(
    `The mail in ${folder} was kept by another version of Broadsheet (${found}; this one reads ${version}). ` +
      "Use another data folder, or delete that one: it holds test mail only.",
  );
}

/** A process killed while writing leaves half a line. That call was never answered, so the half line is removed. */
function dropTornLine(log: string): void {
  if (!existsSync(log)) return;
  const bytes = readFileSync(log);
  const end = bytes.lastIndexOf(10) + 1;
  if (end < bytes.length) writeFileSync(log, bytes.subarray(0, end));
}
