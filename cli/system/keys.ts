import type { Command } from "commander";
import type { CommandOutput } from "#functions/command/contract.ts";
import { addExamples, type Context, runRemotely } from "../command.ts";
import { columns, type Output } from "../terminal/output.ts";
import { misuse } from "../terminal/problem.ts";

const uses = ["link", "session", "seal", "push-key", "all"] as const;
type Use = (typeof uses)[number];

/** Registers `keys list` and `keys rotate`. */
export function registerKeys(program: Command): void {
  const keys = program.command("keys").description("List and rotate the deployment's signing keys").helpCommand(false);
  addExamples(keys, "keys list --stack broadsheet", "keys rotate session --stack broadsheet");
  const list = keys.command("list").description("List what each key is used for and since when; never shows a key");
  addExamples(runRemotely(list, listKeys), "keys list --stack broadsheet");
  const rotate = keys
    .command("rotate <use>")
    .description(`Sign with a new key; links and push keys made before stay valid (${uses.join(", ")})`);
  addExamples(runRemotely(rotate, rotateKeys), "keys rotate session", "keys rotate all --stack broadsheet");
}

async function listKeys({ invoke }: Context<object>): Promise<Output> {
  const given = await invoke("keys list", {});
  return { json: given, text: keysText(given) };
}

async function rotateKeys({ invoke, args: [named = ""], by }: Context<object>): Promise<Output> {
  const use = uses.find((one) => one === named);
  if (use === undefined) throw misuse(`There is no key for "${named}": choose one of ${uses.join(", ")}.`);
  const given = await invoke("keys rotate", { use: use satisfies Use, by });
  const after = "The new keys sign from the time shown as next. What was signed before stays valid.";
  return { json: given, text: `${keysText(given)}\n${after}` };
}

function keysText({ keys }: CommandOutput<"keys list">): string {
  const rows = keys.map(({ use, id, since, next, keys: count }) => [
    use,
    id,
    since ?? "the first deployment",
    next ?? "",
    String(count),
  ]);
  return columns(["use", "key", "since", "next", "keys"], rows);
}
