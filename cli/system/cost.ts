import { type Command, Option } from "commander";
import type { CommandOutput } from "#functions/command/contract.ts";
import { addExamples, type Context, parseAtLeast, resolveNewsletter, runRemotely } from "../command.ts";
import { columns, counted, number, type Output } from "../terminal/output.ts";

type Flags = { readers?: number; rate?: number; plan?: Plan };
type Plan = CommandOutput<"cost">["plan"];

/** Registers `cost`. */
export function registerCost(program: Command): void {
  const cost = program
    .command("cost [newsletter]")
    .description("Estimate what an edition costs: SES's fee and what AWS charges for Broadsheet")
    .option("--readers <n>", "Number of readers (default: the newsletter's)", parseAtLeast(0))
    .option("--rate <n>", "Recipients a second (default: the account's SES rate)", parseAtLeast(0.01))
    .addOption(
      new Option("--plan <plan>", "SES's plan (default: the account's)").choices([
        ...(["none", "essentials", "pro", "enterprise"] satisfies Plan[]),
      ]),
    );
  addExamples(runRemotely(cost, showCost), "cost daily", "cost daily --readers 1000000 --rate 200 --plan none");
}

async function showCost({ invoke, args: [given], options }: Context<Flags>): Promise<Output> {
  const { readers, rate, plan } = options;
  const cost = await invoke("cost", { newsletter: await resolveNewsletter(given), readers, rate, plan });
  return { json: cost, text: costText(cost) };
}

const planNames: Record<Plan, string> = {
  none: "no plan (pay as you go)",
  essentials: "the plan Essentials",
  pro: "the plan Pro, at Essentials' rates: see your agreement",
  enterprise: "the plan Enterprise, at Essentials' rates: see your agreement",
};

const planText = (plan: Plan, isKnown: boolean) =>
  `SES charges by ${planNames[plan]}${isKnown ? "" : " (a new account's; SES hasn't been asked yet)"}.`;

const dollars = (amount: number) => `$${amount.toFixed(amount < 1 ? 4 : 2)}`;

function costText({
  readers,
  rate,
  isRateKnown,
  size,
  confirmations,
  inLocalTime,
  plan,
  isPlanKnown,
  parts,
  dollars: sum,
  possibleDollars,
  prices,
}: CommandOutput<"cost">) {
  const rows = parts.map(({ what, units, dollars: amount }) => [what, number(Math.ceil(units)), dollars(amount)]);
  const source = isRateKnown ? "" : " (a new account's rate; SES hasn't been asked yet)";
  const events = confirmations ? "with Send and Delivery events" : "without Send and Delivery events";
  const times = inLocalTime ? ", each reader at their own time" : "";
  return [
    `An edition to ${counted(readers, "reader")} at ${number(rate)} a second${source}, ${size} recipients a call, ${events}${times}:`,
    columns(["ITEM", "UNITS", "COST"], rows),
    planText(plan, isPlanKnown),
    `EventBridge may ask for ${dollars(possibleDollars)} more: its price page doesn't say whether SES's events are free.`,
    `Total ${dollars(sum)}; ${dollars(sum * 30)} a month for an edition a day. Prices of ${prices.region}, ${prices.date}, without free tiers.`,
  ].join("\n");
}
