import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type Command, InvalidArgumentError } from "commander";
import type { ConfigInput } from "#domain/config.ts";
import { type Weekday, weekdays } from "#domain/time/calendar.ts";
import { addExamples, type Context, collect, runLocally } from "../command.ts";
import type { Output } from "../terminal/output.ts";
import { misuse, Problem } from "../terminal/problem.ts";
import { type Answers, configOf, missingFlags } from "./answers.ts";

type Flags = Answers & { out?: string; force?: true; yes?: true; region?: string };

/** Registers `init`. */
export function registerInit(program: Command): void {
  const init = program
    .command("init")
    .description("Write broadsheet.config.ts: asks on a terminal, or takes everything from the options")
    .option("--newsletter <name>", "Short name of the newsletter, used in commands and addresses (default: daily)")
    .option("--title <text>", "Name that readers see")
    .option("--from <address>", "Address that editions come from; you must own its domain")
    .option("--postal-address <text>", "Postal address at the foot of each email, as anti-spam laws require")
    .option("--language <tag>", "Language of the newsletter, such as en-GB or de (default: en)")
    .option("--time-zone <zone>", "IANA time zone, such as Europe/London (default: this machine's)")
    .option("--send-at <time>", "Local time at which an edition is due (default: 07:00)")
    .option("--days <days>", "Days with an edition, such as mon,tue,fri (default: every day)", parseDays)
    .option("--mode <mode>", "auto sends when due, approve waits for an editor (default: auto)", parseMode)
    .option("--editor <address>", "Address to notify of skipped and held editions; repeatable", collect, [])
    .option("--operator <address>", "Address that alarms go to")
    .option("--budget <dollars>", "Mail the operator when a month's bill approaches this sum", parseDollars)
    .option("--domain <domain>", "Domain of the website and the pictures; needs --certificate")
    .option("--certificate <arn>", "Certificate of that domain, from ACM in us-east-1")
    .option("--source <url>", "Feed to read from the start; repeatable", collect, [])
    .option("--name <name>", "Name of the stack (default: broadsheet)")
    .option("--existing-identities", "Use the senders' domains that are already in SES")
    .option("--out <file>", "File to write (default: broadsheet.config.ts of this checkout)")
    .option("--force", "Replace a configuration that isn't the sample")
    .option("--yes", "Don't ask anything; use the defaults for what isn't given");
  addExamples(
    runLocally(init, initialise),
    "init",
    'init --title "Harbour News" --from news@harbour.example --postal-address "2 Quay, Port"',
  );
}

function parseDays(text: string): Weekday[] {
  return text.split(",").map((item) => {
    const day = weekdays.find((one) => one === item.trim().toLowerCase());
    if (day === undefined) throw new InvalidArgumentError(`"${item}" isn't one of ${weekdays.join(", ")}.`);
    return day;
  });
}

function parseMode(text: string): "auto" | "approve" {
  if (text === "auto" || text === "approve") return text;
  throw new InvalidArgumentError("It is auto or approve.");
}

function parseDollars(text: string): number {
  const value = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && value > 0) return value;
  throw new InvalidArgumentError("It is not a sum above 0, such as 20.");
}

async function initialise({ options }: Pick<Context<Flags>, "options">): Promise<Output> {
  const file = options.out ?? fileURLToPath(new URL("../../broadsheet.config.ts", import.meta.url));
  if (options.force !== true) await refuseToReplace(file);
  const answers = await complete(options);
  const [{ configText }, { defineConfig }] = await Promise.all([
    import("./config-text.ts"),
    import("#domain/config.ts"),
  ]);
  await requireOpenSources(answers.source);
  const config: ConfigInput = configOf(answers);
  // Throws with every fault and its path: nothing is written that doesn't pass.
  const checked = defineConfig(config);
  await writeFile(file, configText(config)).catch((error: Error) => {
    throw new Problem("bad-request", `Can't write ${file}: ${error.message}.`);
  });
  const next = ["npx --no-install broadsheet doctor --before-deploy", "npx cdk bootstrap", "npx cdk deploy"];
  return {
    json: { ok: true, file, name: checked.name, newsletters: Object.keys(checked.newsletters), next },
    text: [`Wrote ${file}. Next:`, ...next.map((line) => `  ${line}`)].join("\n"),
  };
}

/** As `source add` does, so no source is in the config that is never fetched. */
async function requireOpenSources(urls: readonly string[]): Promise<void> {
  if (urls.length === 0) return;
  const { fetchGuard } = await import("#adapters/fetch/guard.ts");
  const why = urls.map(fetchGuard([])).find((one) => one !== null);
  if (why !== undefined) throw new Problem("fetch-refused", why);
}

/** Names what is missing; on a terminal asks for it instead. */
async function complete(options: Flags & { json?: boolean }): Promise<Answers> {
  const isTerminal = process.stdin.isTTY === true && process.stdout.isTTY === true;
  if (isTerminal && options.yes !== true && options.json !== true) {
    const { askAll } = await import("./questions.ts");
    return askAll(options);
  }
  const missing = missingFlags(options);
  if (missing.length > 0)
    throw misuse(`Missing: ${missing.join(", ")}. Without a terminal init asks nothing; give them as options.`);
  return options;
}

/** The sample may be replaced; another configuration needs --force. */
async function refuseToReplace(file: string): Promise<void> {
  if (!existsSync(file)) return;
  const text = await readFile(file, "utf8");
  if (text.includes("@broadsheet.example")) return;
  throw new Problem(
    "exists",
    `${file} has a configuration already. Edit it, write to another file with --out, or replace it with --force.`,
  );
}
