import { basename, join } from "node:path";
import { styleText } from "node:util";
import { type Command, InvalidArgumentError } from "commander";
import { config } from "#broadsheet.config.ts";
import { type Folder, openFolder } from "#local/folder.ts";
import { type Output, takeOutput } from "#local/output.ts";
import { onStop, parseOrigin } from "#local/part.ts";
import { defaultPort, parsePort } from "#local/ports.ts";
import { type Bringing, bringSamples, openDoor, progressOfFirst, sendFirstEdition } from "#local/samples/bring.ts";
import { readSamples } from "#local/samples/note.ts";
import { describeTrial, readTrial, trialFlags } from "#local/trial.ts";
import { type System, startSystem } from "#local/up.ts";
import { Problem } from "./problem.ts";

type Flags = {
  port: number;
  data: string;
  empty?: true;
  json?: true;
  sesRate: number;
  sesQuota: number;
  allowOrigin: string[];
} & Record<string, unknown>;

const examples = `
Examples:
  $ npx broadsheet up                          sample news, 50 readers and a first edition
  $ npx broadsheet up --empty --data mine      nothing but the newsletter: bring your own
  $ npx broadsheet up --ses-rate 14            as slow as a new SES account

The site and the functions listen on --port, the table on the next port, then the queues, the inbox, and sign-in.
AWS_ENDPOINT_URL_SESV2, _DYNAMODB or _SQS in the environment: that one is used, and none is started.`;

/** `broadsheet up`: the local system. */
export function registerUp(program: Command): void {
  const command = program
    .command("up")
    .description("start the whole system on this machine, with an inbox that shows what readers get")
    .option("--port <n>", `port of the site; four more follow it; 0 takes free ones`, inWords(parsePort), defaultPort)
    .option("--data <dir>", "folder that keeps everything", ".broadsheet")
    .option("--empty", "bring no sample sources and readers, send no first edition")
    .option("--json", "print one line of JSON when ready")
    .option("--ses-rate <n>", "recipients a second that the simulated SES allows", inWords(atLeast(0.01)), 500)
    .option("--ses-quota <n>", "recipients in 24 hours that it allows; -1: any number", inWords(atLeast(-1)), 1_000_000)
    .option(
      "--allow-origin <url>",
      "let feeds be fetched from this private origin (may be repeated)",
      inWords(more),
      [],
    )
    .addHelpText("after", examples)
    .action(async (_own: unknown, command: Command) => up(command.optsWithGlobals<Flags>()));
  for (const { name, argument, help } of trialFlags)
    command.option(`--${name} ${argument}`, help, inWords(argument.includes("off") ? checkSecondsOrOff : checkSeconds));
}

/** commander shows the message of its own error class and a stack trace of any other. */
function inWords<T>(parse: (text: string, before: T) => T): (text: string, before: T) => T {
  return (text, before) => {
    try {
      return parse(text, before);
    } catch (error) {
      throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
    }
  };
}

const more = (text: string, before: string[]): string[] => [...before, parseOrigin(text)];

const checkSecondsOrOff = (text: string): string => (text === "off" ? text : checkSeconds(text));
const checkSeconds = (text: string): string => {
  if (Number(text) > 0 && Number.isFinite(Number(text))) return text;
  throw new Error("It is a number of seconds above 0.");
};

const atLeast = (least: number) => (text: string) => {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value) && value >= least) return value;
  throw new Error(`It is a number, ${least} or more.`);
};

/** Starts the system and leaves it running; what fails is the caller's to show. */
async function up(flags: Flags): Promise<void> {
  const since = performance.now();
  const folder = inItsPlace(() => openFolder(flags.data));
  const samples = !flags.empty || readSamples(folder) !== undefined;
  const output = takeOutput(folder);
  const say = flags.json ? output.log : (text: string) => output.print(`  ${text}`);
  const starting = start(flags, folder, samples, output);
  const stopping = new AbortController();
  onStop(async () => {
    stopping.abort();
    say("Stopping: what is on its way is let through first.");
    await (await starting).close();
  });
  const system = await starting.catch((error) => {
    output.giveBack();
    throw problem(error);
  });
  await run(flags, { system, folder, samples, output, say, since, stopping: stopping.signal });
}

/** A port that is taken, a folder in use: what is asked cannot be had, and the message says what can. */
const problem = (error: unknown) => new Problem("bad-request", error instanceof Error ? error.message : String(error));

function inItsPlace<T>(act: () => T): T {
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
  say(text: string): void;
  /** When the command began, by the monotonic clock. */
  since: number;
  /** Once it was told to stop, what fails is no news. */
  stopping: AbortSignal;
};

/** Brings the samples, says that the system is ready, sends the first edition, and lets the clock run. */
async function run(flags: Flags, context: Run): Promise<void> {
  const { system, folder, samples, output, say, stopping } = context;
  const orWarn = warner(output, stopping);
  const step = (text: string) => say(`${styleText("green", "✓")} ${text}`);
  const shortened = describeTrial(readTrial(flags));
  if (shortened !== "") step(`settings of a trial: ${shortened}`);
  step(system.inbox === null ? "functions, table, queues" : "functions, table, queues, mail simulator");
  const door = openDoor({ endpoint: system.host.url, credentials: system.host.credentials });
  const bringing: Bringing = { folder, site: system.host.url, door, now: Date.now, onStep: step };
  if (samples) await orWarn(() => bringSamples(bringing));
  if (flags.json) output.print(readyLine(system));
  if (samples) await orWarn(() => sendFirstEdition(bringing));
  if (!stopping.aborted) system.host.startClock();
  if (flags.json) return;
  if (samples) await orWarn(async () => step(await delivered(bringing)));
  if (!stopping.aborted) output.print(report(flags, context));
}

/** The system is of use without its samples: what is wrong with them is said, and it goes on. */
const warner = (output: Output, stopping: AbortSignal) => async (act: () => Promise<unknown>) => {
  try {
    if (!stopping.aborted) await act();
  } catch (error) {
    if (stopping.aborted) return;
    const why = error instanceof Error ? error.message : String(error);
    output.warn(`The sample edition is not complete: ${why}\nThe log is ${output.logFile}.`);
  }
};

/** Waits until the first edition has reached everyone, at most 20 seconds. */
async function delivered(bringing: Bringing): Promise<string> {
  for (const end = Date.now() + 20_000; ; await new Promise((resolve) => setTimeout(resolve, 150))) {
    const { accepted, audience } = await progressOfFirst(bringing);
    if ((audience > 0 && accepted >= audience) || Date.now() > end) {
      return `the first edition is with ${accepted} of ${audience} readers`;
    }
  }
}

function readyLine({ inbox, host, endpoints }: System): string {
  const queues = { feedback: host.queues.feedback };
  return JSON.stringify({ ready: true, inbox, site: host.url, desk: `${host.url}/desk`, endpoints, queues });
}

type Try = readonly [command: string, why: string];

const afterSamples = (newsletter: string): Try[] => [
  [`edition build ${newsletter}`, "draft today's edition from the news that came in since"],
  [`edition show ${newsletter}`, "see what is in it, and why"],
  [`edition send ${newsletter}`, "send it, and watch the inbox"],
  ["source add https://example.com/feed.xml", "bring your own news"],
];

const withoutSamples = (newsletter: string): Try[] => [
  ["source add https://example.com/feed.xml", "bring your news"],
  [`subscriber add ${newsletter} you@example.com`, "and your readers"],
  ["ingest", "poll the sources now"],
  [`edition send ${newsletter}`, "build today's edition, send it, and watch the inbox"],
];

function report(flags: Flags, { system, samples, output, since }: Run): string {
  const seconds = (performance.now() - since) / 1000;
  const [newsletter = "daily"] = Object.keys(config.newsletters);
  const data = flags.data === ".broadsheet" ? "" : ` --data ${flags.data}`;
  const tries = samples ? afterSamples(newsletter) : withoutSamples(newsletter);
  const commands = tries.map(([command, why]) => [`npx broadsheet ${command}${data}`, why] as const);
  const width = Math.max(...commands.map(([command]) => command.length));
  const line = (name: string, value: string, note: string) =>
    `  ${styleText("dim", name.padEnd(8))}${styleText("bold", value.padEnd(38))} ${styleText("dim", note)}`;
  return [
    "",
    `  ${styleText("bold", "Broadsheet is up")} ${styleText("dim", `after ${seconds.toFixed(1)} s`)}`,
    "",
    ...(system.inbox === null ? [] : [line("Inbox", system.inbox, "every email, as delivered")]),
    line("Site", `${system.host.url}/${newsletter}`, "what readers see on the web"),
    line("Desk", `${system.host.url}/desk`, "where editors make and send editions; choose who to be"),
    line("Data", flags.data, "delete it to start afresh"),
    line("Log", join(flags.data, "logs", basename(output.logFile)), "what the functions say"),
    "",
    ...commands.map(([command, why]) => `  ${command.padEnd(width)}  ${styleText("dim", why)}`),
    "",
    `  ${styleText("dim", "Ctrl-C stops it; nothing is lost, and nothing is sent twice.")}`,
    "",
  ].join("\n");
}
