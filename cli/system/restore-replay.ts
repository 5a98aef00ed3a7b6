import { open } from "node:fs/promises";
import * as z from "zod";
import type { CommandInput } from "#functions/command/contract.ts";
import type { Context } from "../command.ts";
import { parseJson } from "../terminal/files.ts";
import type { Output } from "../terminal/output.ts";
import { counted } from "../terminal/output.ts";
import { misuse, Problem } from "../terminal/problem.ts";

export type ReplayFlags = { log?: string; suppressed?: string; dryRun?: boolean };
type Left = CommandInput<"restore replay">["left"];
type Stopped = CommandInput<"restore replay">["stopped"];

/** Bytes: some hundred thousand lines. */
const LARGEST = 256 * 1024 * 1024;
/** Readers a call: each takes a read and a write. */
const PAGE = 200;

/** The output of `aws logs filter-log-events` and `aws sesv2 list-suppressed-destinations`. */
const LogEvents = z.object({ events: z.array(z.object({ message: z.string(), timestamp: z.number().optional() })) });
const LogLine = z.object({
  message: z.literal("unsubscribed"),
  newsletter: z.string(),
  id: z.string(),
  timestamp: z.string(),
});
const Suppressed = z.object({
  SuppressedDestinationSummaries: z.array(
    z.object({
      EmailAddress: z.string(),
      Reason: z.enum(["BOUNCE", "COMPLAINT"]),
      LastUpdateTime: z.union([z.string(), z.number()]),
    }),
  ),
});

/** Replays, from AWS's records, what a restored table doesn't know. */
export async function replayForgotten({ invoke, options, by }: Context<ReplayFlags>): Promise<Output> {
  const { log, suppressed, dryRun = false } = options;
  if (log === undefined && suppressed === undefined)
    throw misuse("What happened since? Give --log, --suppressed or both.");
  const left = log === undefined ? [] : leftIn(await readJson(log, LogEvents));
  const stopped = suppressed === undefined ? [] : stoppedIn(await readJson(suppressed, Suppressed));
  const sum = { left: 0, bounced: 0, complained: 0, unchanged: 0 };
  for (const page of pagesOf(left, stopped)) {
    const done = await invoke("restore replay", { ...page, dryRun, by });
    sum.left += done.left;
    sum.bounced += done.bounced;
    sum.complained += done.complained;
    sum.unchanged += done.unchanged;
  }
  const read = { unsubscriptions: left.length, suppressed: stopped.length };
  return {
    json: { dryRun, read, ...sum },
    text: [
      `Read ${counted(left.length, "unsubscription")} and ${counted(stopped.length, "suppressed address", "suppressed addresses")}.`,
      `${dryRun ? "Would take" : "Took"} in again: ${sum.left} left, ${sum.bounced} bounced, ${sum.complained} complained. ${sum.unchanged} needed nothing.`,
      ...(dryRun ? ["Run it without --dry-run to do this."] : []),
    ].join("\n"),
  };
}

async function readJson<T>(file: string, shape: z.ZodType<T>): Promise<T> {
  const handle = await open(file).catch(() => {
    throw new Problem("bad-request", `Can't read ${file}: there is no such file.`);
  });
  try {
    if ((await handle.stat()).size > LARGEST)
      throw new Problem("bad-request", `${file} is larger than 256 MB. Split it by time, and replay each part.`);
    const read = shape.safeParse(parseJson(await handle.readFile("utf8")));
    if (read.success) return read.data;
    throw new Problem(
      "bad-request",
      `${file} isn't what the AWS CLI prints: see docs/guides/restore.md for the command.`,
    );
  } finally {
    await handle.close();
  }
}

/** Other lines of the log are left out. */
const leftIn = ({ events }: z.infer<typeof LogEvents>): Left =>
  events.flatMap(({ message }) => {
    const line = LogLine.safeParse(parseJson(message));
    if (!line.success) return [];
    const at = instantOf(line.data.timestamp);
    return at === undefined ? [] : [{ newsletter: line.data.newsletter, id: line.data.id, at }];
  });

/** The AWS CLI prints times as text, or as seconds where its configuration says so. */
const stoppedIn = ({ SuppressedDestinationSummaries: all }: z.infer<typeof Suppressed>): Stopped =>
  all.flatMap(({ EmailAddress: address, Reason, LastUpdateTime }) => {
    const at = instantOf(typeof LastUpdateTime === "number" ? LastUpdateTime * 1000 : LastUpdateTime);
    return at === undefined ? [] : [{ address, complained: Reason === "COMPLAINT", at }];
  });

function instantOf(time: string | number): string | undefined {
  const at = new Date(time);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

function* pagesOf(left: Left, stopped: Stopped) {
  for (let at = 0; at < left.length; at += PAGE) yield { left: left.slice(at, at + PAGE), stopped: [] };
  for (let at = 0; at < stopped.length; at += PAGE) yield { left: [], stopped: stopped.slice(at, at + PAGE) };
}
