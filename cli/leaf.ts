import { userInfo } from "node:os";
import { type Command, InvalidArgumentError } from "commander";
import type { Door } from "./door.ts";
import { present, type Shown } from "./output.ts";
import { misuse } from "./problem.ts";

/** What every command understands, before or after its name. */
export type Globals = {
  data?: string;
  stack?: string;
  region?: string;
  json?: boolean;
  by?: string;
};

/** What a command works with. */
export type Given<O> = {
  door: Door;
  /** The words after the command's name. */
  args: string[];
  options: O & Globals;
  /** Who is asking, for the log of decisions and the audit log. */
  by: string;
};

export const defaultData = ".broadsheet";

/** The exit code of the command that ran; there is one a process. */
export const exit = { code: 0 };

/** Makes a command that asks the system's command function. Its client is loaded and opened at the first question. */
export function asks<O extends object = object>(command: Command, run: (given: Given<O>) => Promise<Shown>): Command {
  return shows<O>(command, async ({ args, options }) => {
    let opened: Promise<Door> | undefined;
    const door: Door = async (name, takes) => {
      opened ??= open(options);
      return (await opened)(name, takes);
    };
    return run({ door, args, options, by: options.by ?? whoami() });
  });
}

async function open({ data, stack, region }: Globals): Promise<Door> {
  if (stack !== undefined && data !== undefined) throw misuse("Give --data or --stack, not both.");
  const { openDoor } = await import("./door.ts");
  return openDoor({ data: data ?? defaultData, stack, region });
}

/** Makes a command that needs no running system. */
export function shows<O extends object = object>(
  command: Command,
  run: (given: Pick<Given<O>, "args" | "options">) => Promise<Shown>,
): Command {
  return command.action(async () => {
    const options = command.optsWithGlobals<O & Globals>();
    exit.code = await present(options.json === true, () => run({ args: command.args, options }));
  });
}

/** Examples under a command's help, each as one would type it. */
export const examples = (command: Command, ...lines: readonly string[]): Command =>
  command.addHelpText(
    "after",
    `\n${lines.length === 1 ? "Example" : "Examples"}:\n${lines.map((line) => `  $ npx broadsheet ${line}`).join("\n")}`,
  );

export function date(text: string): string {
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : new Date(Number.NaN);
  if (!Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)) return text;
  throw new InvalidArgumentError("It is not a calendar date such as 2026-11-23.");
}

/** A place in an edition: 0 is the lead. */
export function place(text: string): number {
  if (/^\d{1,3}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It is a place in the edition: 0 is the lead, 1 the first headline.");
}

function whoami(): string {
  try {
    return userInfo().username;
  } catch {
    return "operator";
  }
}

/** The newsletter that is named, or the only one there is in this checkout's configuration. */
export async function newsletter(named: string | undefined): Promise<string> {
  if (named !== undefined) return named;
  const { config } = await import("#broadsheet.config.ts");
  const all = Object.keys(config.newsletters);
  const [only] = all;
  if (only !== undefined && all.length === 1) return only;
  throw misuse(`Which newsletter? There are: ${all.join(", ")}.`);
}

/** A number above 0. */
export function number(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError("It is a number above 0.");
}

/** Collects an option that may be repeated. */
export const more = (text: string, before: string[]): string[] => [...before, text];
