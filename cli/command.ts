import { userInfo } from "node:os";
import { type Command, InvalidArgumentError } from "commander";
import type { Invoke } from "./client.ts";
import { type Output, present } from "./terminal/output.ts";
import { misuse } from "./terminal/problem.ts";

/** Options of every command, before or after its name. */
type Globals = {
  data?: string;
  stack?: string;
  region?: string;
  json?: boolean;
  by?: string;
};

/** A command's context. */
export type Context<O> = {
  invoke: Invoke;
  /** The words after the command's name. */
  args: string[];
  options: O & Globals;
  /** The person's name for the decision and audit logs. */
  by: string;
};

export const defaultData = ".broadsheet";

/** The exit code of this process's command. */
export const exit = { code: 0 };

/** Runs a command through the system's command function. The client is loaded and connected at its first use. */
export function runRemotely<O extends object = object>(
  command: Command,
  run: (context: Context<O>) => Promise<Output>,
): Command {
  return runLocally<O>(command, async ({ args, options }) => {
    let connected: Promise<Invoke> | undefined;
    const invoke: Invoke = async (name, input) => {
      connected ??= connectTo(options);
      return (await connected)(name, input);
    };
    return run({ invoke, args, options, by: options.by ?? userName() });
  });
}

async function connectTo({ data, stack, region }: Globals): Promise<Invoke> {
  if (stack !== undefined && data !== undefined) throw misuse("Give --data or --stack, not both.");
  const { connect } = await import("./client.ts");
  return connect({ data: data ?? defaultData, stack, region });
}

/** Runs a command that needs no running system. */
export function runLocally<O extends object = object>(
  command: Command,
  run: (context: Pick<Context<O>, "args" | "options">) => Promise<Output>,
): Command {
  return command.action(async () => {
    const options = command.optsWithGlobals<O & Globals>();
    exit.code = await present(options.json === true, () => run({ args: command.args, options }), options);
  });
}

/** Headings of `edition --help`, in the order of a working day. */
export const groups = {
  make: "Make an edition:",
  inspect: "Inspect an edition:",
  edit: "Edit an edition:",
  send: "Approve and send:",
  deliver: "Manage a delivery:",
} as const;

/** Adds a command about one edition: its newsletter's, for a date. */
export const addEditionCommand = (
  edition: Command,
  group: keyof typeof groups,
  words: string,
  description: string,
): Command =>
  edition
    .command(words)
    .helpGroup(groups[group])
    .description(description)
    .option("--date <date>", "Date of the edition, such as 2026-11-23 (default: today)", parseDate);

/** Adds examples to a command's help, each ready to type, and a pointer to the options that all commands share. */
export const addExamples = (command: Command, ...lines: readonly string[]): Command =>
  command.addHelpText("after", () => {
    const title = lines.length === 1 ? "Example" : "Examples";
    const examples = `\n${title}:\n${lines.map((line) => `  $ npx --no-install broadsheet ${line}`).join("\n")}`;
    return command.parent === null ? examples : `${examples}\n\nOptions of all commands: see broadsheet --help`;
  });

export function parseDate(text: string): string {
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : new Date(Number.NaN);
  if (!Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)) return text;
  throw new InvalidArgumentError("It is not a calendar date such as 2026-11-23.");
}

/** A position in an edition: 0 is the lead. */
export function parsePosition(text: string): number {
  if (/^\d{1,3}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It is not a position: 0 is the lead, 1 the first headline.");
}

/** How many of something: 1 or more. */
export function parseCount(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It is not a whole number above 0.");
}

/** A number of `least` or more. */
export const parseAtLeast = (least: number) => (text: string) => {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value) && value >= least) return value;
  throw new InvalidArgumentError(`It is not a number of ${least} or more.`);
};

export function parsePositive(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError("It is not a number above 0.");
}

/** Collects the values of an option that can be repeated. */
export const collect = (text: string, before: string[]): string[] => [...before, text];

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return "operator";
  }
}

/** The newsletter that was given, or the only one in this checkout's config. */
export async function resolveNewsletter(given: string | undefined): Promise<string> {
  if (given !== undefined) return given;
  const { config } = await import("#broadsheet.config.ts");
  const all = Object.keys(config.newsletters);
  const [only] = all;
  if (only !== undefined && all.length === 1) return only;
  throw misuse(`Which newsletter? The config has: ${all.join(", ")}.`);
}
