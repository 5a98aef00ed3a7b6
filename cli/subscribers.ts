import type { Command } from "commander";
import type { Gives } from "#functions/command/contract.ts";
import type { Door } from "./door.ts";
import { readText } from "./editions.ts";
import { asks, examples, type Given } from "./leaf.ts";
import { columns, counted, number, type Shown } from "./output.ts";
import { misuse, Problem, problemOf } from "./problem.ts";
import { openProgress } from "./progress.ts";

type File = { file?: string };
type Line = { line: number; address: string };
type Refused = Line & { why: string };

/** `subscriber add|list|show|remove`. */
export function registerSubscribers(program: Command): void {
  const subscriber = program.command("subscriber").description("who gets a newsletter");
  examples(subscriber, "subscriber add daily ann@example.com", "subscriber list daily");
  const file = ["--file <file>", "one address a line, UTF-8; - for standard input"] as const;
  const add = subscriber
    .command("add <newsletter> [address...]")
    .description("add addresses whose consent you vouch for")
    .option(...file);
  examples(
    asks(add, addSubscribers),
    "subscriber add daily ann@example.com",
    "subscriber add daily --file readers.txt",
  );
  const list = subscriber.command("list <newsletter>").description("all subscribers, those who left too");
  examples(asks(list, listSubscribers), "subscriber list daily");
  const show = subscriber
    .command("show <newsletter> <address>")
    .description("one subscriber: how consent was given, and what became of each edition");
  examples(asks(show, showSubscriber), "subscriber show daily ann@example.com");
  const remove = subscriber
    .command("remove <newsletter> [address...]")
    .description("take addresses off the list")
    .option(...file);
  examples(asks(remove, removeSubscribers), "subscriber remove daily ann@example.com");
}

/** Addresses a call; the function takes no more. */
const CHUNK = 500;

async function addSubscribers({ door, args: [newsletter = "", ...words], options, by }: Given<File>): Promise<Shown> {
  const lines = await linesOf(words, options.file);
  const total = { added: 0, already: 0, refused: [] as Refused[] };
  const progress = openProgress(options.json === true || lines.length <= CHUNK);
  for (let from = 0; from < lines.length; from += CHUNK) {
    const chunk = lines.slice(from, from + CHUNK);
    const addresses = chunk.map(({ address }) => address);
    const given = await door("subscriber add", { newsletter, addresses, by }).catch((error) => {
      throw from === 0 ? error : interrupted(problemOf(error), total.added);
    });
    total.added += given.added;
    total.already += given.already;
    total.refused.push(...given.refused.flatMap(({ at, why }) => (chunk[at] ? [{ ...chunk[at], why }] : [])));
    const waiting = lines.length - from - chunk.length;
    progress.show({ audience: lines.length, waiting, failed: 0, unknown: 0, held: 0 });
  }
  progress.close();
  return { json: total, text: addedText(newsletter, total), problem: refusal(total.refused, options.file, "added") };
}

const interrupted = ({ code, message, exitCode }: Problem, added: number) =>
  new Problem(
    code,
    `${message}\n${counted(added, "subscriber")} had been added by then. Run it again: who is on the list stays.`,
    exitCode,
  );

function addedText(newsletter: string, { added, already }: { added: number; already: number }): string {
  if (added === 0 && already === 0) return "";
  const known = already === 0 ? "" : ` ${counted(already, "address is", "addresses are")} on the list already.`;
  return `${counted(added, "subscriber")} added to ${newsletter}.${known}`;
}

/** The addresses that are meant, each with its line; blank lines are nobody. */
async function linesOf(words: readonly string[], file: string | undefined): Promise<Line[]> {
  if (file !== undefined && words.length > 0) throw misuse("Give addresses or --file, not both.");
  if (file === undefined && words.length === 0)
    throw misuse("Whom? Give an address, or --file with one address a line.");
  const all = file === undefined ? words : (await readText(file)).split(/\r\n|\r|\n/);
  const lines = all.map((address, at) => ({ line: at + 1, address })).filter(({ address }) => address.trim() !== "");
  if (lines.length === 0) throw new Problem("bad-request", `${file} has no addresses: put one on each line.`);
  return lines;
}

/** At most so many bad lines are printed; the rest is a number. */
const SHOWN = 20;

function refusal(refused: readonly Refused[], file: string | undefined, done: string) {
  const [first] = refused;
  if (first === undefined) return undefined;
  if (file === undefined && refused.length === 1)
    return { code: "bad-address", message: `${first.address}: ${first.why}.` };
  const where = file === undefined ? "" : "line ";
  const lines = refused
    .slice(0, SHOWN)
    .map(({ line, address, why }) => `  ${where}${file === undefined ? "" : `${line}: `}${address}: ${why}`);
  const rest = refused.length > SHOWN ? [`  and ${number(refused.length - SHOWN)} more`] : [];
  return {
    code: "bad-address",
    message: [`${counted(refused.length, "address was", "addresses were")} not ${done}:`, ...lines, ...rest].join("\n"),
  };
}

async function listSubscribers({ door, args: [newsletter = ""] }: Given<object>): Promise<Shown> {
  const subscribers = await allOf(door, newsletter);
  subscribers.sort((a, b) => (a.address < b.address ? -1 : 1));
  const rows = subscribers.map(({ address, status, addedAt }) => [address, status, addedAt.slice(0, 10)]);
  const active = subscribers.filter(({ status }) => status === "active").length;
  const text =
    subscribers.length === 0
      ? `${newsletter} has no subscribers yet. Add one with: npx broadsheet subscriber add ${newsletter} ADDRESS`
      : `${columns(["ADDRESS", "STATUS", "SINCE"], rows)}\n\n${number(active)} of ${number(subscribers.length)} active`;
  return { json: { subscribers }, text };
}

async function allOf(door: Door, newsletter: string) {
  const all: { address: string; status: string; addedAt: string }[] = [];
  let after: string | undefined;
  do {
    const page = await door("subscriber list", { newsletter, after });
    all.push(...page.subscribers);
    after = page.next ?? undefined;
  } while (after !== undefined);
  return all;
}

async function showSubscriber({ door, args: [newsletter = "", address = ""] }: Given<object>): Promise<Shown> {
  const { subscriber, deliveries } = await door("subscriber show", { newsletter, address });
  const { status, consent, addedAt, changedAt } = subscriber;
  const rows = [
    ["Status", status],
    ["Consent", consent],
    ["Added", `${addedAt.slice(0, 16).replace("T", " ")} UTC`],
    ["Changed", `${changedAt.slice(0, 16).replace("T", " ")} UTC`],
  ];
  const about = columns(["Address", subscriber.address], rows);
  return { json: { ...subscriber, deliveries }, text: `${about}\n\n${gotText(deliveries)}` };
}

/** What the reader got of each edition, when, in which revision, and SES's name for it. */
function gotText(deliveries: Gives<"subscriber show">["deliveries"]): string {
  if (deliveries.length === 0) return "No edition of the last 90 days was meant for this reader.";
  const rows = deliveries.map(({ date, state, after, at, rev, messageId }) => [
    date,
    after === null ? state : `${state}, ${after}`,
    at === null ? "" : at.slice(0, 19).replace("T", " "),
    rev === null ? "" : number(rev),
    messageId ?? "",
  ]);
  return columns(["EDITION", "STATE", "CALLED (UTC)", "REV", "SES'S MESSAGE ID"], rows);
}

async function removeSubscribers({
  door,
  args: [newsletter = "", ...words],
  options,
  by,
}: Given<File>): Promise<Shown> {
  const lines = await linesOf(words, options.file);
  const total = { removed: 0, already: 0, refused: [] as Refused[] };
  for (const line of lines) {
    try {
      const { removed } = await door("subscriber remove", { newsletter, address: line.address.trim(), by });
      total[removed ? "removed" : "already"] += 1;
    } catch (error) {
      if (lines.length === 1 || !(error instanceof Problem) || !about(error)) throw error;
      total.refused.push({ ...line, why: error.message });
    }
  }
  const gone = total.already === 0 ? "" : ` ${counted(total.already, "address had", "addresses had")} left before.`;
  const text = `${counted(total.removed, "subscriber")} removed from ${newsletter}.${gone}`;
  const json = lines.length === 1 ? { removed: total.removed === 1 } : total;
  return { json, text, problem: refusal(total.refused, options.file, "removed") };
}

/** One address's own trouble, which stops no other. */
const about = ({ code }: Problem) => code === "bad-address" || code === "unknown-subscriber" || code === "conflict";
