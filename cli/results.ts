import type { Command } from "commander";
import type { CommandOutput } from "#functions/command/contract.ts";
import { addExamples, type Context, groups, parseCount, resolveNewsletter, runRemotely } from "./command.ts";
import { answersText } from "./edition-text.ts";
import { columns, number, type Output } from "./output.ts";

type Report = CommandOutput<"results">;

/** Registers `edition results`. */
export function registerResults(edition: Command): void {
  const results = edition
    .command("results [newsletter]")
    .helpGroup(groups.inspect)
    .description("Show what came of the last editions: accepted, bounced, called spam, worth reading")
    .option("--editions <number>", "How many of the newest editions, at most 60 (default: 14)", parseCount);
  addExamples(runRemotely(results, show), "edition results daily", "edition results daily --editions 30 --json");
}

async function show({ invoke, args: [given], options }: Context<{ editions?: number }>): Promise<Output> {
  const newsletter = await resolveNewsletter(given);
  const { editions } = options;
  const report = await invoke("results", { newsletter, ...(editions === undefined ? {} : { editions }) });
  return { json: report, text: [tableOf(report), causesOf(report)].filter(Boolean).join("\n\n") };
}

function tableOf({ editions }: Report): string {
  const isAnswered = editions.some(({ worth }) => worth !== null);
  const isOpen = editions.some(({ unknown, held }) => unknown + held > 0);
  const head = [
    ...["DATE", "STATE", "READERS", "ACCEPTED", "BOUNCED", "SPAM", "REJECTED"],
    ...[...(isOpen ? ["OPEN"] : []), ...(isAnswered ? ["WORTH IT"] : []), "SUBJECT"],
  ];
  const rows = editions.map((one) => [
    ...[one.date, one.state, number(one.audience), number(one.accepted)],
    ...[one.bounced, one.complained, one.rejected].map((n) => partOf(n, one.accepted)),
    ...(isOpen ? [number(one.unknown + one.held)] : []),
    ...(isAnswered ? [answersText(one)] : []),
    one.subject,
  ]);
  return columns(head, rows);
}

/** `12 (0.3 %)`, of the accepted. */
const partOf = (n: number, accepted: number): string =>
  n === 0 || accepted === 0
    ? number(n)
    : `${number(n)} (${((n / accepted) * 100).toFixed(n / accepted < 0.01 ? 2 : 1)} %)`;

function causesOf({ editions: [newest], causes }: Report): string {
  if (!newest || causes.length === 0) return "";
  const rows = causes.map(({ kind, deliveries }) => [kind, number(deliveries)]);
  return `Of ${newest.date}, by what SES said:\n\n${columns(["OUTCOME", "DELIVERIES"], rows)}`;
}
