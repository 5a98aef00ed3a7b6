import { App } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { config } from "#broadsheet.config.ts";
import { BroadsheetStack } from "#infra/stack.ts";
import { idleCost, tableUsage, total } from "./idle-cost.ts";
import { measureIdleUsage } from "./idle-usage.ts";

/** US dollars a month, net of AWS's always-free allowances. */
const limit = 2.5;

/** Prints what the deployment of the config costs a month without readers, item by item; false above the limit. */
export async function reportIdle(): Promise<boolean> {
  const app = new App({ context: { "aws:cdk:bundling-stacks": [] } });
  const stack = new BroadsheetStack(app, config.name, { config, emulator: false, allowOrigins: "" });
  const items = idleCost({ Resources: Template.fromStack(stack).toJSON().Resources });
  const number = (value: number) => value.toLocaleString("en", { maximumFractionDigits: 3 });
  const line = (what: string, units: string, free: string, gross: number, net: number) =>
    `  ${what.padEnd(32)}${units.padStart(11)}${free.padStart(12)}${`$${gross.toFixed(3)}`.padStart(9)}${`$${net.toFixed(3)}`.padStart(9)}`;
  const net = total(items, "net");
  console.log(
    [
      "A month with one newsletter, 50 sources and no readers, in us-east-1",
      `  ${"".padEnd(32)}${"units".padStart(11)}${"free".padStart(12)}${"gross".padStart(9)}${"net".padStart(9)}`,
      ...items.map(({ what, units, free, ...of }) => line(what, number(units), number(free), of.gross, of.net)),
      line("total", "", "", total(items, "gross"), net),
      `  at most $${limit.toFixed(2)} net${net > limit ? "  TOO MUCH" : ""}`,
    ].join("\n"),
  );
  return (await usageHolds()) && net <= limit;
}

/** Counts again what the price list assumes. */
async function usageHolds(): Promise<boolean> {
  const counted = Object.entries(await measureIdleUsage());
  const assumed = new Map(Object.entries(tableUsage));
  const more = counted.filter(([what, { reads, writes }]) => {
    const most = assumed.get(what) ?? { reads: 0, writes: 0 };
    return reads > most.reads || writes > most.writes;
  });
  console.log(
    counted.map(([what, { reads, writes }]) => `  counted for ${what}: ${reads} reads, ${writes} writes`).join("\n"),
  );
  for (const [what] of more) console.log(`  ${what} asks for more than bench/cost/idle-cost.ts says`);
  return more.length === 0;
}

if (import.meta.main) process.exitCode = (await reportIdle()) ? 0 : 1;
