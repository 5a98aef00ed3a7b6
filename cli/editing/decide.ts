import type { Command } from "commander";
import type { CommandInput } from "#functions/command/contract.ts";
import type { Context, groups } from "../command.ts";
import { type Edition, editionName, editionText } from "../editions/edition-text.ts";
import type { Output } from "../terminal/output.ts";

export type Decision = CommandInput<"decide">["decision"];
export type Dated = { date?: string };
/** Adds a subcommand of `edition` that makes a decision. */
export type AddCommand = (words: string, description: string, group?: keyof typeof groups) => Command;

/** The story that a command is about. */
export const storyOf = ({ args: [, story = ""] }: { args: string[] }) => story;

/** Makes a decision about the command's edition, and shows the result. */
export async function decide({ invoke, args, options, by }: Context<Dated>, decision: Decision): Promise<Output> {
  const [newsletter = ""] = args;
  const { edition } = await invoke("decide", { newsletter, date: options.date, decision, by });
  return {
    json: edition,
    text: decision.do === "skip" ? skipText(edition) : editionText(edition) + laterText(edition),
  };
}

/** A decision alone doesn't change what is being delivered. */
const laterText = ({ state, newsletter, date }: Edition) =>
  ["freezing", "sending", "paused", "held", "halted"].includes(state)
    ? "\n\nSaved, but delivery goes on unchanged. To send the change to readers who are still waiting, run: " +
      `npx --no-install broadsheet edition correct ${newsletter} --date ${date} --decisions`
    : "";

const skipText = (edition: Edition) =>
  `${editionName(edition)} is skipped${edition.reason === null ? "" : `: ${edition.reason}`}.`;
