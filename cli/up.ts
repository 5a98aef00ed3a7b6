import { basename, join } from "node:path";
import { styleText } from "node:util";
import { type Command, InvalidArgumentError } from "commander";
import { config } from "#broadsheet.config.ts";
import { type Folder, openFolder } from "#local/folder.ts";
import { type Output, takeOutput } from "#local/output.ts";
import { onStop, parseOrigin } from "#local/part.ts";
import { defaultPort, parsePort } from "#local/ports.ts";
import {
  bringSamples,
  type CommandCaller,
  commandCaller,
  progressOfFirst,
  type SampleRun,
  sendFirstEdition,
} from "#local/samples/bring.ts";
import { readSamples } from "#local/samples/note.ts";
import { checkTrialFlag, describeTrial, readTrial, trialFlags } from "#local/trial.ts";
import { describeUnknown } from "#local/unknown.ts";
import { type System, startSystem } from "#local/up.ts";
import { parseAtLeast } from "./command.ts";
import { counted, number } from "./terminal/output.ts";
import { Problem } from "./terminal/problem.ts";

type Flags = {
  port: number;
  data: string;
  empty?: true;
  json?: true;
  sesRate: number;
  sesQuota: number;
  allowOrigin: string[];
} & Record<string, unknown>;

const helpText = `
Examples:
  $ npx --no-install broadsheet up                        sample news, 50 readers and a first edition
  $ npx --no-install broadsheet up --empty --data mine    your own sources and readers
  $ npx --no-install broadsheet up --ses-rate 14          as slow as a new SES account

Ports: site and functions on --port, then table, queues, inbox and sign-in on the next four.
Set AWS_ENDPOINT_URL_SESV2, AWS_ENDPOINT_URL_DYNAMODB or AWS_ENDPOINT_URL_SQS to use that service
instead of starting a local one.`;

/** Registers `up`: the local system. */
export function registerUp(program: Command): void {
  const command = program
    .command("up")
    .description("Start the whole system on this machine, with an inbox of what readers get")
    .option(
      "--port <n>",
      "Port of the site; the next four are used too; 0 picks free ports",
      withMessage(parsePort),
      defaultPort,
    )
    .option("--data <dir>", "Folder for all data", ".broadsheet")
    .option("--empty", "Start without sample sources, readers and a first edition")
    .option("--json", "Print one line of JSON when ready")
    .option("--ses-rate <n>", "Recipients a second that the simulated SES allows", parseAtLeast(0.01), 500)
    .option(
      "--ses-quota <n>",
      "Recipients in 24 hours that the simulated SES allows; -1 for no limit",
      parseAtLeast(-1),
      1_000_000,
    )
    .option("--allow-origin <url>", "Allow feeds from this private origin; can be repeated", withMessage(more), [])
    .addHelpText("after", helpText)
    .action(async (_own: unknown, command: Command) => up(command.optsWithGlobals<Flags>()));
  for (const { name, argument, help } of trialFlags)
    command.option(
      `--${name} ${argument}`,
      help,
      withMessage((text: string) => checkTrialFlag(name, text)),
    );
}

/** commander prints the message of its own error class, and a stack trace of any other. */
function withMessage<T>(parse: (text: string, before: T) => T): (text: string, before: T) => T {
  return (text, before) => {
    try {
      return parse(text, before);
    } catch (error) {
      throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
    }
  };
}

const more = (text: string, before: string[]): string[] => [...before, parseOrigin(text)];

/** Starts the system and leaves it running. @throws Problem if it can't start */
async function up(flags: Flags): Promise<void> {
  const since = performance.now();
  const folder = withProblem(() => openFolder(flags.data));
  const samples = !flags.empty || readSamples(folder) !== undefined;
  const output = takeOutput(folder);
  const report = flags.json ? output.log : (text: string) => output.print(`  ${text}`);
  const starting = start(flags, folder, samples, output);
  const stopping = new AbortController();
  onStop(async () => {
    stopping.abort();
    report("Stopping. Calls that have started finish first.");
    await (await starting).close();
  });
  const system = await starting.catch((error) => {
    output.giveBack();
    throw problem(error);
  });
  await run(flags, { system, folder, samples, output, report, since, stopping: stopping.signal });
}

/** Such as a port that is taken or a folder in use; the message says what to do. */
const problem = (error: unknown) => new Problem("bad-request", error instanceof Error ? error.message : String(error));

function withProblem<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw problem(error);
  }
}

function start(flags: Flags, folder: Folder, samples: boolean, output: Output): Promise<System> {
  return startSystem({
    folder,
    port: flags.port,
    ses: { rate: flags.sesRate, quota: flags.sesQuota },
    allowOrigins: flags.allowOrigin,
    allowSamples: samples,
    trial: readTrial(flags),
    log: output.log,
  });
}

type Run = {
  system: System;
  folder: Folder;
  samples: boolean;
  output: Output;
  report(text: string): void;
  /** When the command began, on the monotonic clock. */
  since: number;
  /** Set once it is stopping; errors after that are not reported. */
  stopping: AbortSignal;
};

/** Adds the samples, prints that the system is ready, sends the first edition, and starts the clock. */
async function run(flags: Flags, context: Run): Promise<void> {
  const { system, folder, samples, output, report, stopping } = context;
  const orWarn = warner(output, stopping);
  const step = (text: string) => report(`${styleText("green", "✓")} ${text}`);
  const shortened = describeTrial(readTrial(flags));
  if (shortened !== "") step(`trial settings: ${shortened}`);
  step(system.inbox === null ? "functions, table, queues" : "functions, table, queues, mail simulator");
  const call = commandCaller({ endpoint: system.host.url, credentials: system.host.credentials });
  await orWarn(() => reportUnknown(flags, output, call));
  const run: SampleRun = { folder, site: system.host.url, call, now: Date.now, onStep: step };
  if (samples) await orWarn(() => bringSamples(run));
  if (flags.json) output.print(readyLine(system));
  if (samples) await orWarn(() => sendFirstEdition(run));
  if (!stopping.aborted) system.host.startClock();
  if (flags.json) return;
  if (samples) await orWarn(async () => step(await delivered(run)));
  if (!stopping.aborted) output.print(nextSteps(flags, context));
}

/** After a stop during sending, unknown deliveries are reported at once. */
async function reportUnknown(flags: Flags, output: Output, call: CommandCaller): Promise<void> {
  for (const text of await describeUnknown(call, Object.keys(config.newsletters))) {
    const line = `${text}${dataFlag(flags)}`;
    output.log(line);
    output.warn(line);
  }
}

/** The system works without its samples, so an error in them is only a warning. */
const warner = (output: Output, stopping: AbortSignal) => async (act: () => Promise<unknown>) => {
  try {
    if (!stopping.aborted) await act();
  } catch (error) {
    if (stopping.aborted) return;
    const why = error instanceof Error ? error.message : String(error);
    output.warn(`Can't complete the sample edition: ${why}\nSee the log: ${output.logFile}`);
  }
};

/** Waits until the first edition has reached all readers, at most 20 seconds. */
async function delivered(run: SampleRun): Promise<string> {
  for (const end = Date.now() + 20_000; ; await new Promise((resolve) => setTimeout(resolve, 150))) {
    const { accepted, audience } = await progressOfFirst(run);
    if ((audience > 0 && accepted >= audience) || Date.now() > end) {
      return `first edition delivered to ${number(accepted)} of ${counted(audience, "reader")}`;
    }
  }
}

function readyLine({ inbox, host, endpoints }: System): string {
  const queues = { feedback: host.queues.feedback };
  return JSON.stringify({ ready: true, inbox, site: host.url, desk: `${host.url}/desk`, endpoints, queues });
}

type Try = readonly [command: string, why: string];

const afterSamples = (newsletter: string): Try[] => [
  [`edition build ${newsletter}`, "draft today's edition from the latest news"],
  [`edition show ${newsletter}`, "see its stories and the reasons for them"],
  [`edition send ${newsletter}`, "send it and watch the inbox"],
  ["source add https://example.com/feed.xml", "add your own news"],
];

const withoutSamples = (newsletter: string): Try[] => [
  ["source add https://example.com/feed.xml", "add your news"],
  [`subscriber add ${newsletter} you@example.com`, "add your readers"],
  ["ingest", "poll the sources now"],
  [`edition send ${newsletter}`, "build and send today's edition"],
];

const dataFlag = ({ data }: Flags): string => (data === ".broadsheet" ? "" : ` --data ${data}`);

function nextSteps(flags: Flags, { system, samples, output, since }: Run): string {
  const seconds = (performance.now() - since) / 1000;
  const [newsletter = "daily"] = Object.keys(config.newsletters);
  const data = dataFlag(flags);
  const tries = samples ? afterSamples(newsletter) : withoutSamples(newsletter);
  const commands = tries.map(([command, why]) => [`npx --no-install broadsheet ${command}${data}`, why] as const);
  const width = Math.max(...commands.map(([command]) => command.length));
  const line = (name: string, value: string, note: string) =>
    `  ${styleText("dim", name.padEnd(8))}${styleText("bold", value.padEnd(38))} ${styleText("dim", note)}`;
  return [
    "",
    `  ${styleText("bold", "Broadsheet is up")} ${styleText("dim", `after ${seconds.toFixed(1)} s`)}`,
    "",
    ...(system.inbox === null ? [] : [line("Inbox", system.inbox, "every email, as delivered")]),
    line("Site", `${system.host.url}/${newsletter}`, "what readers see on the web"),
    line("Desk", `${system.host.url}/desk`, "where editors make and send editions"),
    line("Data", flags.data, "delete it to start again"),
    line("Log", join(flags.data, "logs", basename(output.logFile)), "of all functions"),
    "",
    ...commands.map(([command, why]) => `  ${command.padEnd(width)}  ${styleText("dim", why)}`),
    "",
    `  ${styleText("dim", "Press Ctrl-C to stop. Nothing is lost or sent twice.")}`,
    "",
  ].join("\n");
}
