import type { Command } from "commander";
import type { CommandOutput } from "#functions/command/contract.ts";
import { addExamples, type Context, runRemotely } from "../command.ts";
import { pagesOf } from "../pages.ts";
import { columns, counted, type Output } from "../terminal/output.ts";
import { misuse } from "../terminal/problem.ts";

type Options = { edition?: string; from?: string; until?: string; dryRun?: boolean };
type Reader = CommandOutput<"subscriber restore">["readers"][number];

/** Registers `subscriber restore`. */
export function registerRestoreReaders(subscriber: Command): void {
  const restore = subscriber
    .command("restore <newsletter>")
    .description("Bring back readers whose subscription a fault of yours ended, by edition or time")
    .option("--edition <date>", "Date of the edition that receivers refused")
    .option("--from <time>", "Start of the period, such as 2026-11-22T05:00:00Z")
    .option("--until <time>", "End of the period")
    .option("--dry-run", "Only list who would be brought back");
  addExamples(
    runRemotely<Options>(restore, restoreReaders),
    "subscriber restore daily --edition 2026-11-22 --dry-run",
    "subscriber restore daily --from 2026-11-20T00:00:00Z --until 2026-11-22T00:00:00Z",
  );
}

async function restoreReaders({ invoke, args: [newsletter = ""], options, by }: Context<Options>): Promise<Output> {
  const rule = ruleOf(options);
  const dryRun = options.dryRun === true;
  const readers = new Map<string, Reader>();
  let erased = 0;
  for await (const page of pagesOf((after) =>
    invoke("subscriber restore", { newsletter, ...rule, dryRun, after, by }),
  )) {
    for (const reader of page.readers) {
      if (reader.address === null) erased += 1;
      else if (readers.get(reader.address)?.outcome !== "restored") readers.set(reader.address, reader);
    }
  }
  const all = [...readers.values()].toSorted((a, b) => ((a.address ?? "") < (b.address ?? "") ? -1 : 1));
  return { json: { dryRun, readers: all, erased }, text: textOf(all, dryRun) };
}

/** One edition, or a time. */
function ruleOf({ edition, from, until }: Options): { edition?: string; from?: string; until?: string } {
  const isTime = from !== undefined && until !== undefined;
  if ((edition === undefined) === !isTime || (edition !== undefined && (from ?? until) !== undefined)) {
    throw misuse("Which readers? Give --edition, or --from and --until.");
  }
  return edition === undefined ? { from: instantOf("--from", from), until: instantOf("--until", until) } : { edition };
}

function instantOf(flag: string, text = ""): string {
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) throw misuse(`${flag} takes a time such as 2026-11-22T05:00:00Z, not "${text}".`);
  return time.toISOString();
}

function textOf(readers: readonly Reader[], dryRun: boolean): string {
  const of = (outcome: Reader["outcome"]) => readers.filter((one) => one.outcome === outcome);
  const [restored, cleared, left] = [of("restored"), of("cleared"), of("leftAlone")];
  const would = dryRun ? "would be " : "";
  const lines = [
    `${counted(restored.length, "reader")} ${would}brought back.`,
    `${counted(cleared.length, "reader")} ${would}taken off SES's suppression list, and mailed as before.`,
    `${counted(left.length, "reader")} left alone.`,
  ];
  const rows = [...restored, ...cleared, ...left].map(({ address, outcome, why }) => [
    address ?? "",
    outcome === "leftAlone" ? `left alone: ${why ?? "no reason was given"}` : `${would}${outcome}`,
  ]);
  const table = rows.length === 0 ? "" : `${columns(["ADDRESS", "OUTCOME"], rows)}\n\n`;
  const next = dryRun && restored.length + cleared.length > 0 ? "\nRun it without --dry-run to do this." : "";
  return `${table}${lines.join("\n")}${next}`;
}
