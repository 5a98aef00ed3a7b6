import { type Command, Option } from "commander";
import type { CommandOutput } from "#functions/command/contract.ts";
import type { Invoke } from "../client.ts";
import { addEditionCommand, addExamples, type Context, resolveNewsletter, runRemotely } from "../command.ts";
import { pagesOf } from "../pages.ts";
import { columns, counted, number, type Output } from "../terminal/output.ts";
import { misuse } from "../terminal/problem.ts";

type Row = CommandOutput<"deliveries">["deliveries"][number];
/** Listed here, because loading the contract takes longer than everything else that `--help` needs. */
const states = Object.keys({
  waiting: true,
  calling: true,
  accepted: true,
  declared: true,
  refused: true,
  failed: true,
  skipped: true,
  held: true,
  unknown: true,
} satisfies Record<Row["state"], true>);
type Flags = { date?: string; state?: Row["state"]; addresses?: boolean; csv?: boolean };

/** Registers `edition deliveries` and `edition calls`. */
export function registerDeliveries(edition: Command): void {
  const deliveries = addEditionCommand(
    edition,
    "deliver",
    "deliveries [newsletter]",
    "List the outcome of each reader's delivery",
  )
    .addOption(new Option("--state <state>", "Only deliveries in this state").choices(states))
    .option("--addresses", "Show each reader's current address")
    .option("--csv", "Print comma-separated values with a header (RFC 4180)");
  addExamples(
    runRemotely(deliveries, listDeliveries),
    "edition deliveries daily --state unknown",
    "edition deliveries daily --date 2026-11-23 --addresses --csv > deliveries.csv",
  );
  const calls = addEditionCommand(
    edition,
    "deliver",
    "calls [newsletter]",
    "List the calls to SES that need a decision: when each was made, and for how many of its readers events arrived",
  );
  addExamples(runRemotely(calls, listCalls), "edition calls daily");
}

async function listCalls({ invoke, args: [given], options }: Context<{ date?: string }>): Promise<Output> {
  const { calls, more } = await invoke("calls", { newsletter: await resolveNewsletter(given), date: options.date });
  if (calls.length === 0) return { json: { calls, more }, text: "No delivery of the edition has to be decided on." };
  const rows = calls.map(({ id, at, readers, seen, undecided, resendFrom, note }) => [
    id,
    second(at),
    number(readers),
    number(seen),
    number(undecided),
    resendFrom === null ? "now" : second(resendFrom),
    note ?? "",
  ]);
  const head = ["CALL", "CALLED (UTC)", "READERS", "SEEN", "TO DECIDE", "RESEND FROM (UTC)", "NOTE"];
  const others = more === 0 ? "" : `\n${counted(more, "newer call")} not shown.`;
  const how = "Decide with: npx --no-install broadsheet edition resolve --call CALL --as delivered, or resend";
  return { json: { calls, more }, text: `${columns(head, rows)}\n${others}\n${how}` };
}

const second = (instant: string): string => instant.slice(0, 19).replace("T", " ");

const fields = [
  "reader",
  "address",
  "state",
  "after",
  "batch",
  "position",
  "attempt",
  "at",
  "rev",
  "messageId",
  "note",
  "call",
  "calledAt",
  "callReaders",
  "callSeen",
] as const;

/** For a delivery that needs a decision, the last four columns identify its call, and how much of it was seen. */
function cellOf(row: Row, field: (typeof fields)[number]): string | number | null {
  switch (field) {
    case "call":
      return row.call?.id ?? null;
    case "calledAt":
      return row.call?.at ?? null;
    case "callReaders":
      return row.call?.readers ?? null;
    case "callSeen":
      return row.call?.seen ?? null;
    default:
      return row[field];
  }
}

async function listDeliveries({ invoke, args: [given], options }: Context<Flags>): Promise<Output> {
  const { state, csv } = options;
  if (csv && options.json) throw misuse("Give --json or --csv, not both.");
  const addresses = options.addresses === true;
  const request = { newsletter: await resolveNewsletter(given), date: options.date, state, addresses };
  if (csv) return printCsv(invoke, request, addresses);
  const deliveries: Row[] = [];
  for await (const page of pages(invoke, request)) deliveries.push(...page);
  return { json: { deliveries }, text: table(deliveries, addresses, state) };
}

type Request = { newsletter: string; date: string | undefined; state: Flags["state"]; addresses: boolean };

async function* pages(invoke: Invoke, request: Request): AsyncGenerator<Row[]> {
  for await (const page of pagesOf((after) => invoke("deliveries", { ...request, after }))) yield page.deliveries;
}

/** Prints page by page: a million deliveries never fit in memory. */
async function printCsv(invoke: Invoke, request: Request, addresses: boolean): Promise<Output> {
  const { stringify } = await import("csv-stringify/sync");
  const chosen = addresses ? fields : fields.filter((field) => field !== "address");
  let header = true;
  for await (const page of pages(invoke, request)) {
    const rows = page.map((row) => chosen.map((field) => cellOf(row, field)));
    // A spreadsheet would run a cell that begins like a formula.
    process.stdout.write(stringify(header ? [[...chosen], ...rows] : rows, { escape_formulas: true }));
    header = false;
  }
  return { json: {}, text: "" };
}

function table(deliveries: readonly Row[], addresses: boolean, state: Flags["state"]): string {
  if (deliveries.length === 0)
    return state === undefined ? "The edition has no deliveries yet." : `No delivery is ${state}.`;
  const who = (row: Row) => (addresses ? (row.address ?? `${row.reader} (erased)`) : row.reader);
  const rows = deliveries.map((row) => [
    who(row),
    row.after === null ? row.state : `${row.state}, ${row.after}`,
    row.batch,
    calledAt(row),
    row.call === null ? "" : `${number(row.call.seen)} of ${number(row.call.readers)}`,
    row.rev === null ? "" : number(row.rev),
    row.note ?? row.messageId ?? "",
  ]);
  const head = [
    addresses ? "ADDRESS" : "READER",
    "STATE",
    "BATCH",
    "CALLED (UTC)",
    "SEEN",
    "REV",
    "SES MESSAGE ID OR NOTE",
  ];
  return `${columns(head, rows)}\n\n${counted(deliveries.length, "delivery", "deliveries")}`;
}

function calledAt({ at, call }: Row): string {
  const instant = at ?? call?.at;
  return instant === undefined ? "" : second(instant);
}
