import { type Command, InvalidArgumentError } from "commander";
import type { Gives } from "#functions/command/contract.ts";
import { asks, examples, type Given, newsletter } from "./leaf.ts";
import { columns, counted, number, type Shown } from "./output.ts";

type Flags = { readers?: number; rate?: number };

/** `cost`: what an edition costs. */
export function registerCost(program: Command): void {
  const cost = program
    .command("cost [newsletter]")
    .description("what an edition costs: SES's fee, and what Broadsheet adds to it")
    .option("--readers <n>", "for so many (default: the newsletter's)", atLeast(0))
    .option("--rate <n>", "at so many recipients a second (default: what SES allows)", atLeast(0.01));
  examples(asks(cost, showCost), "cost daily", "cost daily --readers 1000000 --rate 200");
}

const atLeast = (least: number) => (text: string) => {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value) && value >= least) return value;
  throw new InvalidArgumentError(`It is a number, ${least} or more.`);
};

async function showCost({ door, args: [named], options }: Given<Flags>): Promise<Shown> {
  const { readers, rate } = options;
  const cost = await door("cost", { newsletter: await newsletter(named), readers, rate });
  return { json: cost, text: costText(cost) };
}

const dollars = (amount: number) => `$${amount.toFixed(amount < 1 ? 4 : 2)}`;

function costText({ readers, rate, isRateKnown, size, confirmations, parts, dollars: sum, prices }: Gives<"cost">) {
  const rows = parts.map(({ what, units, dollars: amount }) => [what, number(Math.ceil(units)), dollars(amount)]);
  const guessed = isRateKnown ? "" : ", a new account's rate, since SES has not been asked yet";
  const events = confirmations ? "Send and Delivery events of each among it" : "without Send and Delivery events";
  return [
    `An edition to ${counted(readers, "reader")} at ${number(rate)} a second${guessed}, ${size} a call, ${events}:`,
    columns(["of", "units", ""], rows),
    `in all ${dollars(sum)}, and ${dollars(sum * 30)} for one each day of a month. Prices of ${prices.region}, ${prices.date}; free tiers are left out.`,
  ].join("\n");
}
