import type { Command } from "commander";
import { asks, examples, type Given } from "./leaf.ts";
import type { Shown } from "./output.ts";

/** `restore accept`. */
export function registerRestore(program: Command): void {
  const restore = program.command("restore").description("a table that was restored from a backup");
  examples(restore, "restore accept --stack broadsheet");
  const accept = restore.command("accept").description("send from it again; the runbook says what must be done before");
  examples(asks(accept, acceptRestore), "restore accept --stack broadsheet");
}

async function acceptRestore({ door, by }: Given<object>): Promise<Shown> {
  const given = await door("restore accept", { by });
  const { arn, createdAt } = given.table;
  const text = given.accepted
    ? `The table ${arn}, created ${createdAt}, is accepted. Editions that were held stay so: resume or cancel each.`
    : `The table ${arn} is the one it was: there is nothing to accept.`;
  return { json: given, text };
}
