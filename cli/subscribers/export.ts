import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { setFlagsFromString } from "node:v8";
import type { Command } from "commander";
import { addExamples, type Context, runRemotely } from "../command.ts";
import { pagesOf } from "../pages.ts";
import { columns, counted, type Output } from "../terminal/output.ts";
import { Problem } from "../terminal/problem.ts";

/** Registers `subscriber export|history|erase`. */
export function registerExport(subscriber: Command): void {
  const exporting = subscriber
    .command("export <newsletter> [file]")
    .description("Export the list as CSV; with --json, one line of JSON for each subscriber");
  addExamples(runRemotely(exporting, exportList), "subscriber export daily readers.csv");
  const history = subscriber
    .command("history <newsletter> <address>")
    .description("Show every event of one reader's consent");
  addExamples(runRemotely(history, showHistory), "subscriber history daily ann@example.com");
  const erase = subscriber
    .command("erase <newsletter> <address>")
    .description("Erase one reader; an import won't bring them back");
  addExamples(runRemotely(erase, eraseOne), "subscriber erase daily ann@example.com");
}

const plain = ["address", "status", "consent", "addedAt", "changedAt", "zone", "language", "pausedUntil"] as const;
/** The history of consent as JSON, because it has several events. */
const fields = [...plain, "history"];

async function exportList({ invoke, args: [newsletter = "", path], options }: Context<object>): Promise<Output> {
  const { stringify } = await import("csv-stringify/sync");
  const write = await writerTo(path);
  keepHeapSmall();
  const isJson = options.json === true;
  if (!isJson) await write.put(stringify([fields]));
  let count = 0;
  const pages = pagesOf((after) => invoke("subscriber export", { newsletter, after, limit: PAGE }));
  for await (const { subscribers } of pages) {
    count += subscribers.length;
    const rows = subscribers.map((one) => [...plain.map((field) => one[field]), JSON.stringify(one.history)]);
    await write.put(
      isJson
        ? subscribers.map((one) => `${JSON.stringify(one)}\n`).join("")
        : stringify(rows, { escape_formulas: true }),
    );
  }
  await write.end();
  const said = path === undefined ? undefined : `Exported ${counted(count, "subscriber")} of ${newsletter} to ${path}.`;
  return { text: said ?? "" };
}

/**
 * V8 lets the heap grow by what a long command throws away: by 130 MB for 200,000 rows or more. With these flags it
 * collects garbage sooner (`npm run bench -- import-memory`). It goes on without a flag that it doesn't know.
 */
function keepHeapSmall(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
  setFlagsFromString("--heap-growing-percent=20");
}

/** Subscribers in one answer; with their histories it stays far below Lambda's 6 MB. */
const PAGE = 500;

/** Writes as fast as the file takes it, so nothing piles up in memory. */
async function writerTo(path: string | undefined) {
  const stream = path === undefined || path === "-" ? process.stdout : createWriteStream(path, { mode: 0o600 });
  if (stream !== process.stdout) {
    await once(stream, "open").catch((error: Error) => {
      throw new Problem("bad-request", `Can't write ${path}: ${error.message}.`);
    });
  }
  return {
    put: async (text: string) => {
      if (!stream.write(text)) await once(stream, "drain");
    },
    end: async () => {
      if (stream === process.stdout) return;
      stream.end();
      await once(stream, "finish");
    },
  };
}

async function showHistory({ invoke, args: [newsletter = "", address = ""] }: Context<object>): Promise<Output> {
  const { events, erased } = await invoke("subscriber history", { newsletter, address });
  const rows = events.map(({ at, did, by, source, evidence }) => [
    `${at.slice(0, 19).replace("T", " ")}`,
    did,
    by,
    source ?? "",
    evidence ?? "",
  ]);
  const mark = erased ? ["This reader was erased; an import leaves the address alone."] : [];
  const table =
    rows.length === 0 ? ["No event is known."] : [columns(["TIME (UTC)", "EVENT", "BY", "FROM", "EVIDENCE"], rows)];
  return { json: { events, erased }, text: [...table, ...mark].join("\n") };
}

async function eraseOne({ invoke, args: [newsletter = "", address = ""], by }: Context<object>): Promise<Output> {
  const { erased } = await invoke("subscriber erase", { newsletter, address, by });
  const text = erased
    ? `Erased a subscriber of ${newsletter}, with the history of consent.`
    : `Nothing was stored about that address in ${newsletter}. It is marked as erased, so no import adds it.`;
  return { json: { erased }, text };
}
