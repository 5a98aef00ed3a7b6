import type { Command } from "commander";
import type { CommandOutput } from "#functions/command/contract.ts";
import {
  addExamples,
  type Context,
  groups,
  parseCount,
  parseDate,
  resolveNewsletter,
  runRemotely,
} from "../command.ts";
import { columns, number, type Output } from "../terminal/output.ts";
import { answersText } from "./edition-text.ts";

type Report = CommandOutput<"results">;

/** Registers `edition results`. */
export function registerResults(edition: Command): void {
  const results = edition
    .command("results [newsletter]")
    .helpGroup(groups.inspect)
    .description("Show the results of the last editions: accepted, bounced, marked as spam, worth reading")
    .option("--date <date>", "The edition to show bounces by cause for (default: the newest)", parseDate)
    .option("--editions <number>", "How many of the newest editions, at most 60 (default: 14)", parseCount);
  addExamples(runRemotely(results, show), "edition results daily", "edition results daily --date 2026-11-23 --json");
}

async function show({
  invoke,
  args: [given],
  options,
}: Context<{ editions?: number; date?: string }>): Promise<Output> {
  const newsletter = await resolveNewsletter(given);
  const { editions, date } = options;
  const report = await invoke("results", {
    ...{ newsletter, ...(date === undefined ? {} : { date }) },
    ...(editions === undefined ? {} : { editions }),
  });
  return { json: report, text: [tableOf(report), causesOf(report)].filter(Boolean).join("\n\n") };
}

function tableOf({ editions }: Report): string {
  const isAnswered = editions.some(({ worth }) => worth !== null);
  const isOpen = editions.some(({ unknown, held }) => unknown + held > 0);
  const isWarmingUp = editions.some(({ waiting }) => waiting > 0);
  const isCounted = editions.some(({ audienceChange }) => audienceChange !== null);
  const head = [
    ...["DATE", "STATE", "READERS", ...(isWarmingUp ? ["WAITING"] : [])],
    ...["ACCEPTED", "BOUNCED", "SPAM", "REJECTED"],
    ...(isCounted ? ["LEFT", "JOINED"] : []),
    ...[...(isOpen ? ["OPEN"] : []), ...(isAnswered ? ["WORTH IT"] : []), "SUBJECT"],
  ];
  const rows = editions.map((one) => [
    ...[one.date, one.state, number(one.audience), ...(isWarmingUp ? [number(one.waiting)] : []), number(one.accepted)],
    ...[one.bounced, one.complained, one.rejected].map((n) => partOf(n, one.accepted)),
    ...(isCounted ? [known(one.audienceChange?.left), known(one.audienceChange?.joined)] : []),
    ...(isOpen ? [number(one.unknown + one.held)] : []),
    ...(isAnswered ? [answersText(one)] : []),
    one.subject,
  ]);
  return columns(head, rows);
}

const known = (n: number | undefined): string => (n === undefined ? "-" : number(n));

/** `12 (0.3 %)`, of the accepted. */
const partOf = (n: number, accepted: number): string =>
  n === 0 || accepted === 0
    ? number(n)
    : `${number(n)} (${((n / accepted) * 100).toFixed(n / accepted < 0.01 ? 2 : 1)} %)`;

function causesOf({ of, causes }: Report): string {
  if (causes.length === 0) return "";
  const rows = causes.map(({ kind, deliveries }) => [kind, number(deliveries)]);
  return `Of ${of}, by what SES said:\n\n${columns(["OUTCOME", "DELIVERIES"], rows)}`;
}
