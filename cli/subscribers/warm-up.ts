import type { Command } from "commander";
import type { CommandOutput } from "#functions/command/contract.ts";
import { addExamples, type Context, runRemotely } from "../command.ts";
import type { Output } from "../terminal/output.ts";
import { counted, number } from "../terminal/output.ts";

/** Registers `subscriber warm-up`. */
export function registerWarmUp(subscriber: Command): void {
  const command = subscriber
    .command("warm-up <newsletter>")
    .description("Show how editions admit the readers of a large import, step by step")
    .option("--end", "Send the next edition to everyone who still waits");
  addExamples(runRemotely(command, showWarmUp), "subscriber warm-up daily", "subscriber warm-up daily --end");
}

type WarmUp = CommandOutput<"plan">["warmUp"];

async function showWarmUp({
  invoke,
  args: [newsletter = ""],
  options,
  by,
}: Context<{ end?: boolean }>): Promise<Output> {
  const end = options.end === true;
  const shown = await invoke("subscriber warm-up", { newsletter, end, by });
  return { json: shown, text: textOf(shown, end) };
}

function textOf({ newsletter, warmUp }: CommandOutput<"subscriber warm-up">, end: boolean): string {
  if (warmUp === null) {
    return end
      ? `The warm-up of ${newsletter} has ended: its next edition goes to all readers.`
      : `No warm-up of ${newsletter} is under way: its editions go to all readers.`;
  }
  const { readers, startedAt } = warmUp;
  const since = `${counted(readers, "reader")} imported since ${startedAt.slice(0, 10)}`;
  return `${newsletter}: ${since}. The next edition: ${warmUpText(warmUp)}`;
}

/** `1,500 of the imported readers get it, 3,500 wait. All get it from the edition for 2026-12-04 on.` */
function warmUpText({ admitted, waiting, lastDate, braked }: NonNullable<WarmUp>): string {
  const gets = admitted === 1 ? "gets" : "get";
  if (waiting === 0) return `${number(admitted)} of the imported readers ${gets} it, none of them waits.`;
  const last =
    lastDate === null
      ? "At this pace, all get it in more than a year; to end it: subscriber warm-up NEWSLETTER --end."
      : `All get it from the edition for ${lastDate} on, if each is taken well until then.`;
  const stopped = braked === null ? "" : ` ${braked}`;
  return `${number(admitted)} of the imported readers ${gets} it, ${number(waiting)} ${waiting === 1 ? "waits" : "wait"}. ${last}${stopped}`;
}

/** A line about a warm-up for an edition that not all imported readers get yet; none otherwise. */
export const warmUpLines = (warmUp: WarmUp): string[] =>
  warmUp === null || warmUp.waiting === 0 ? [] : [`Warm-up: ${warmUpText(warmUp)}`];
