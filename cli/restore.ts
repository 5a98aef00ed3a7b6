import type { Command } from "commander";
import { addExamples, type Context, runRemotely } from "./command.ts";
import type { Output } from "./output.ts";

/** Registers `restore accept`. */
export function registerRestore(program: Command): void {
  const restore = program
    .command("restore")
    .description("Send again after the table was restored from a backup")
    .helpCommand(false);
  addExamples(restore, "restore accept --stack broadsheet");
  const accept = restore.command("accept").description("Send from the restored table again, after the runbook's steps");
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
