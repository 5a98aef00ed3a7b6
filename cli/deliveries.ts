import { type Command, Option } from "commander";
import { stringify } from "csv-stringify/sync";
import type { Gives } from "#functions/command/contract.ts";
import { commands } from "#functions/command/contract.ts";
import type { Door } from "./door.ts";
import { asks, date, examples, type Given, newsletter } from "./leaf.ts";
import { columns, counted, number, type Shown } from "./output.ts";
import { misuse } from "./problem.ts";

type Row = Gives<"deliveries">["deliveries"][number];
const State = commands.deliveries.takes.shape.state.unwrap();
type Flags = { date?: string; state?: (typeof State.options)[number]; addresses?: boolean; csv?: boolean };

/** `edition deliveries`. */
export function registerDeliveries(edition: Command): void {
  const deliveries = edition
    .command("deliveries [newsletter]")
    .description("what became of each reader's delivery")
    .option("--date <date>", "the edition's date (default: today's)", date)
    .addOption(new Option("--state <state>", "only those").choices(State.options))
    .option("--addresses", "with each reader's address of now, not only their id")
    .option("--csv", "comma-separated, with a head (RFC 4180)");
  examples(
    asks(deliveries, listDeliveries),
    "edition deliveries daily --state unknown",
    "edition deliveries daily --date 2026-11-23 --addresses --csv > deliveries.csv",
  );
}

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
] as const;

async function listDeliveries({ door, args: [named], options }: Given<Flags>): Promise<Shown> {
  const { state, csv } = options;
  if (csv && options.json) throw misuse("Give --json or --csv, not both.");
  const addresses = options.addresses === true;
  const asked = { newsletter: await newsletter(named), date: options.date, state, addresses };
  if (csv) return printed(door, asked, addresses);
  const deliveries: Row[] = [];
  for await (const page of pages(door, asked)) deliveries.push(...page);
  return { json: { deliveries }, text: table(deliveries, addresses, state) };
}

type Asked = { newsletter: string; date: string | undefined; state: Flags["state"]; addresses: boolean };

async function* pages(door: Door, asked: Asked): AsyncGenerator<Row[]> {
  let after: string | undefined;
  do {
    const page = await door("deliveries", { ...asked, after });
    yield page.deliveries;
    after = page.next ?? undefined;
  } while (after !== undefined);
}

/** A page as it comes: of a million deliveries none is kept. */
async function printed(door: Door, asked: Asked, addresses: boolean): Promise<Shown> {
  const chosen = addresses ? fields : fields.filter((field) => field !== "address");
  let header = true;
  for await (const page of pages(door, asked)) {
    const rows = page.map((row) => chosen.map((field) => row[field]));
    // A spreadsheet runs what begins like a formula.
    process.stdout.write(stringify(header ? [[...chosen], ...rows] : rows, { escape_formulas: true }));
    header = false;
  }
  return { json: {}, text: "" };
}

function table(deliveries: readonly Row[], addresses: boolean, state: Flags["state"]): string {
  if (deliveries.length === 0) return state === undefined ? "It has no deliveries yet." : `No delivery is ${state}.`;
  const who = (row: Row) => (addresses ? (row.address ?? `${row.reader} (erased)`) : row.reader);
  const rows = deliveries.map((row) => [
    who(row),
    row.after === null ? row.state : `${row.state}, ${row.after}`,
    row.batch,
    row.at === null ? "" : row.at.slice(0, 19).replace("T", " "),
    row.rev === null ? "" : number(row.rev),
    row.note ?? row.messageId ?? "",
  ]);
  const head = [addresses ? "ADDRESS" : "READER", "STATE", "BATCH", "CALLED (UTC)", "REV", "SES'S MESSAGE ID, OR WHY"];
  return `${columns(head, rows)}\n\n${counted(deliveries.length, "delivery", "deliveries")}`;
}
