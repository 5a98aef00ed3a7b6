import type { Command } from "commander";
import type { CommandOutput } from "#functions/command/contract.ts";
import type { Invoke } from "../client.ts";
import { addExamples, type Context, runRemotely } from "../command.ts";
import { pagesOf } from "../pages.ts";
import { readText } from "../terminal/files.ts";
import { columns, counted, number, type Output } from "../terminal/output.ts";
import { misuse, Problem, problemOf } from "../terminal/problem.ts";
import { openProgress, workCounts } from "../terminal/progress.ts";
import { registerExport } from "./export.ts";
import { registerImport } from "./import.ts";
import { registerRestoreReaders } from "./restore-readers.ts";
import { registerWarmUp } from "./warm-up.ts";

type File = { file?: string };
type Line = { line: number; address: string };
type Refused = Line & { why: string };

/** Registers `subscriber add|list|show|remove`. */
export function registerSubscribers(program: Command): void {
  const subscriber = program
    .command("subscriber")
    .description("Add, import, show, export and erase subscribers")
    .helpCommand(false);
  addExamples(subscriber, "subscriber add daily ann@example.com", "subscriber list daily");
  const file = ["--file <file>", "File with one address on each line, UTF-8; - for standard input"] as const;
  const add = subscriber
    .command("add <newsletter> [address...]")
    .description("Add addresses; you vouch for their consent")
    .option(...file);
  addExamples(
    runRemotely(add, addSubscribers),
    "subscriber add daily ann@example.com",
    "subscriber add daily --file readers.txt",
  );
  const list = subscriber.command("list <newsletter>").description("List all subscribers, including those who left");
  addExamples(runRemotely(list, listSubscribers), "subscriber list daily");
  const show = subscriber
    .command("show <newsletter> <address>")
    .description("Show one subscriber: consent, status, and the outcome of each edition");
  addExamples(runRemotely(show, showSubscriber), "subscriber show daily ann@example.com");
  const remove = subscriber
    .command("remove <newsletter> [address...]")
    .description("Remove addresses from the list")
    .option(...file);
  addExamples(runRemotely(remove, removeSubscribers), "subscriber remove daily ann@example.com");
  registerImport(subscriber);
  registerWarmUp(subscriber);
  registerExport(subscriber);
  registerRestoreReaders(subscriber);
}

/** Addresses in one call; the function accepts no more. */
const CHUNK = 500;

async function addSubscribers(context: Context<File>): Promise<Output> {
  const { invoke, options, by } = context;
  const { newsletter, lines } = await readLines(context);
  const total = { added: 0, already: 0, refused: [] as Refused[] };
  const progress = openProgress({ silent: options.json === true || lines.length <= CHUNK, done: "processed" });
  for (let from = 0; from < lines.length; from += CHUNK) {
    const chunk = lines.slice(from, from + CHUNK);
    const addresses = chunk.map(({ address }) => address);
    const given = await invoke("subscriber add", { newsletter, addresses, by }).catch((error) => {
      throw from === 0 ? error : interrupted(problemOf(error), total.added);
    });
    total.added += given.added;
    total.already += given.already;
    total.refused.push(...given.refused.flatMap(({ at, why }) => (chunk[at] ? [{ ...chunk[at], why }] : [])));
    const waiting = lines.length - from - chunk.length;
    progress.show(workCounts(lines.length, waiting));
  }
  progress.close();
  return { json: total, text: addedText(newsletter, total), problem: refusal(total.refused, options.file, "added") };
}

const interrupted = ({ code, message, exitCode }: Problem, added: number) =>
  new Problem(
    code,
    `${message}\n${counted(added, "subscriber")} had been added by then. Run it again to add the rest.`,
    exitCode,
  );

function addedText(newsletter: string, { added, already }: { added: number; already: number }): string {
  if (added === 0 && already === 0) return "";
  const known = already === 0 ? "" : ` ${counted(already, "address was", "addresses were")} already on the list.`;
  return `${counted(added, "subscriber")} added to ${newsletter}.${known}`;
}

/** The newsletter, and the addresses, each with its line number; blank lines are skipped. */
async function readLines({
  args: [newsletter = "", ...words],
  options: { file },
}: Context<File>): Promise<{ newsletter: string; lines: Line[] }> {
  if (file !== undefined && words.length > 0) throw misuse("Give addresses or --file, not both.");
  if (file === undefined && words.length === 0)
    throw misuse("Which addresses? Give one or more, or --file with one address a line.");
  const all = file === undefined ? words : (await readText(file)).split(/\r\n|\r|\n/);
  const lines = all.map((address, at) => ({ line: at + 1, address })).filter(({ address }) => address.trim() !== "");
  if (lines.length === 0) throw new Problem("bad-request", `${file} has no addresses. Put one on each line.`);
  return { newsletter, lines };
}

/** Bad lines that are printed; the others are only counted. */
const MAX_PRINTED = 20;

function refusal(refused: readonly Refused[], file: string | undefined, done: string) {
  const [first] = refused;
  if (first === undefined) return undefined;
  if (file === undefined && refused.length === 1)
    return { code: "bad-address", message: `${first.address}: ${first.why}.` };
  const where = file === undefined ? "" : "line ";
  const lines = refused
    .slice(0, MAX_PRINTED)
    .map(({ line, address, why }) => `  ${where}${file === undefined ? "" : `${line}: `}${address}: ${why}`);
  const rest = refused.length > MAX_PRINTED ? [`  and ${number(refused.length - MAX_PRINTED)} more`] : [];
  return {
    code: "bad-address",
    message: [`${counted(refused.length, "address was", "addresses were")} not ${done}:`, ...lines, ...rest].join("\n"),
  };
}

async function listSubscribers({ invoke, args: [newsletter = ""] }: Context<object>): Promise<Output> {
  const subscribers = await allOf(invoke, newsletter);
  subscribers.sort((a, b) => (a.address < b.address ? -1 : 1));
  const rows = subscribers.map(({ address, status, addedAt }) => [address, status, addedAt.slice(0, 10)]);
  const active = subscribers.filter(({ status }) => status === "active").length;
  const text =
    subscribers.length === 0
      ? `${newsletter} has no subscribers yet. Add one with: npx --no-install broadsheet subscriber add ${newsletter} ADDRESS`
      : `${columns(["ADDRESS", "STATUS", "SINCE"], rows)}\n\n${number(active)} of ${number(subscribers.length)} active`;
  return { json: { subscribers }, text };
}

async function allOf(invoke: Invoke, newsletter: string) {
  const all: { address: string; status: string; addedAt: string }[] = [];
  for await (const page of pagesOf((after) => invoke("subscriber list", { newsletter, after })))
    all.push(...page.subscribers);
  return all;
}

async function showSubscriber({ invoke, args: [newsletter = "", address = ""] }: Context<object>): Promise<Output> {
  const { subscriber, deliveries } = await invoke("subscriber show", { newsletter, address });
  const { status, consent, addedAt, changedAt } = subscriber;
  const rows = [
    ["Status", status],
    ["Consent", consent],
    ["Added", `${addedAt.slice(0, 16).replace("T", " ")} UTC`],
    ["Changed", `${changedAt.slice(0, 16).replace("T", " ")} UTC`],
  ];
  const about = columns(["Address", subscriber.address], rows);
  return { json: { ...subscriber, deliveries }, text: `${about}\n\n${deliveriesText(deliveries)}` };
}

/** The outcome of each edition for the reader: when, which revision, and SES's message id. */
function deliveriesText(deliveries: CommandOutput<"subscriber show">["deliveries"]): string {
  if (deliveries.length === 0) return "No edition in the last 90 days had this reader in its audience.";
  const rows = deliveries.map(({ date, state, after, at, rev, messageId }) => [
    date,
    after === null ? state : `${state}, ${after}`,
    at === null ? "" : at.slice(0, 19).replace("T", " "),
    rev === null ? "" : number(rev),
    messageId ?? "",
  ]);
  return columns(["EDITION", "STATE", "CALLED (UTC)", "REV", "SES MESSAGE ID"], rows);
}

async function removeSubscribers(context: Context<File>): Promise<Output> {
  const { invoke, options, by } = context;
  const { newsletter, lines } = await readLines(context);
  const total = { removed: 0, already: 0, refused: [] as Refused[] };
  for (const line of lines) {
    try {
      const { removed } = await invoke("subscriber remove", { newsletter, address: line.address.trim(), by });
      total[removed ? "removed" : "already"] += 1;
    } catch (error) {
      if (lines.length === 1 || !(error instanceof Problem) || !isOwnProblem(error)) throw error;
      total.refused.push({ ...line, why: error.message });
    }
  }
  const gone =
    total.already === 0 ? "" : ` ${counted(total.already, "address was", "addresses were")} no longer on the list.`;
  const text = `${counted(total.removed, "subscriber")} removed from ${newsletter}.${gone}`;
  const json = lines.length === 1 ? { removed: total.removed === 1 } : total;
  return { json, text, problem: refusal(total.refused, options.file, "removed") };
}

/** Problems with one address that don't stop the others. */
const isOwnProblem = ({ code }: Problem) =>
  code === "bad-address" || code === "unknown-subscriber" || code === "conflict";
