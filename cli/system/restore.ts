import type { Command } from "commander";
import { addExamples, type Context, runRemotely } from "../command.ts";
import type { Output } from "../terminal/output.ts";
import type { ReplayFlags } from "./restore-replay.ts";

/** Registers `restore replay` and `restore accept`. */
export function registerRestore(program: Command): void {
  const restore = program
    .command("restore")
    .description("Resume sending after the table was restored from a backup")
    .helpCommand(false);
  addExamples(
    restore,
    "restore replay --log unsubscribed.json --suppressed suppressed.json --stack broadsheet",
    "restore accept --stack broadsheet",
  );
  const replay = restore
    .command("replay")
    .description("Replay who unsubscribed, bounced or complained since the backup")
    .option("--log <file>", "The site's log of unsubscriptions, as aws logs filter-log-events prints it")
    .option("--suppressed <file>", "SES's suppression list, as aws sesv2 list-suppressed-destinations prints it")
    .option("--dry-run", "Count them, and change nothing");
  addExamples(
    runRemotely<ReplayFlags>(replay, async (context) => (await import("./restore-replay.ts")).replayForgotten(context)),
    "restore replay --log unsubscribed.json --suppressed suppressed.json --dry-run --stack broadsheet",
  );
  const accept = restore
    .command("accept")
    .description("Resume sending from the restored table, after the runbook's steps");
  addExamples(runRemotely(accept, acceptRestore), "restore accept --stack broadsheet");
}

async function acceptRestore({ invoke, by }: Context<object>): Promise<Output> {
  const given = await invoke("restore accept", { by });
  const { arn, createdAt } = given.table;
  const text = given.accepted
    ? `The table ${arn}, created ${createdAt}, is accepted. Resume or cancel each edition that is held.`
    : `The table ${arn} has not changed: there is nothing to accept.`;
  return { json: given, text };
}
