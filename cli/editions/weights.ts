import type { Command } from "commander";
import type { CommandOutput } from "#functions/command/contract.ts";
import { addExamples, type Context, groups, parseCount, resolveNewsletter, runRemotely } from "../command.ts";
import { columns, counted, type Output } from "../terminal/output.ts";

type Report = CommandOutput<"weights">;

/** Registers `edition weights`. */
export function registerWeights(edition: Command): void {
  const weights = edition
    .command("weights [newsletter]")
    .helpGroup(groups.inspect)
    .description("Replay past editions under other weights, to see which keep more of the editors' decisions")
    .option("--editions <number>", "How many of the newest editions to replay, at most 30 (default: 30)", parseCount);
  addExamples(runRemotely(weights, weigh), "edition weights daily", "edition weights daily --editions 10 --json");
}

async function weigh({ invoke, args: [given], options }: Context<{ editions?: number }>): Promise<Output> {
  const { editions } = options;
  const report = await invoke("weights", {
    newsletter: await resolveNewsletter(given),
    ...(editions === undefined ? {} : { editions }),
  });
  return { json: report, text: [tableOf(report), report.sentence, nextStep(report)].filter(Boolean).join("\n\n") };
}

function tableOf({ editions, leads, removals, today, better }: Report): string {
  const row = (name: string, one: Report["today"]) => [
    name,
    `${one.leads} of ${leads}`,
    `${one.removals} of ${removals}`,
    one.inBothHalves ? "" : "in one half of the time only",
  ];
  const rows = [row("as today", today), ...better.map((one) => row(one.change, one))];
  return `${counted(editions, "edition")} replayed.\n\n${columns(["WEIGHTS", "LEADS KEPT", "REMOVALS KEPT", "NOTE"], rows)}`;
}

const nextStep = ({ better, newsletter }: Report): string =>
  better.length === 0
    ? ""
    : `Nothing was changed. To change weights, set them under newsletters.${newsletter}.weights in broadsheet.config.ts.`;
