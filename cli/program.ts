import { type Argument, Command, CommanderError, Help, type Option } from "commander";
import about from "#package.json" with { type: "json" };
import { addExamples, defaultData, exit } from "./command.ts";
import { registerDeadLetters } from "./delivery/dead-letters.ts";
import { registerCalendar } from "./editions/calendar.ts";
import { registerEditions } from "./editions/editions.ts";
import { registerRehearse } from "./editions/rehearsal.ts";
import { registerDns } from "./setup/dns.ts";
import { registerInit } from "./setup/init.ts";
import { registerProductionAccess } from "./setup/production-access.ts";
import { registerSources } from "./sources/sources.ts";
import { registerSubscribers } from "./subscribers/subscribers.ts";
import { registerCost } from "./system/cost.ts";
import { registerDoctor } from "./system/doctor.ts";
import { registerKeys } from "./system/keys.ts";
import { registerLog } from "./system/log.ts";
import { registerRestore } from "./system/restore.ts";
import { registerSessions } from "./system/sessions.ts";
import { registerStatus } from "./system/status.ts";
import { presentProblem } from "./terminal/output.ts";
import { misuse, problemOf } from "./terminal/problem.ts";

/** Runs the command line. @returns the exit code: 0 done, 1 failed, 2 wrong usage */
export async function run(argv: readonly string[]): Promise<number> {
  const json = argv.includes("--json");
  exit.code = 0;
  try {
    const program = await makeProgram(json, argv);
    await program.parseAsync(argv, { from: "user" });
    return exit.code;
  } catch (error) {
    if (!(error instanceof CommanderError)) return presentProblem(json, problemOf(error));
    if (error.exitCode === 0) return 0;
    const message = error.message.replace(/^error: /, "");
    return json ? presentProblem(json, misuse(message === "(outputHelp)" ? "Which command?" : message)) : 2;
  }
}

export async function makeProgram(json: boolean, argv: readonly string[]): Promise<Command> {
  const program = new Command("broadsheet")
    .description("Turn feeds into one daily digest and deliver it to every subscriber once")
    .configureHelp({ subcommandTerm, optionDescription })
    .configureOutput(json ? { writeErr: () => {} } : {})
    .showHelpAfterError("(run it with --help to see its arguments and options)")
    .exitOverride();
  addGlobalOptions(program);
  addExamples(program, "up", "edition show daily", "edition send daily --stack broadsheet");
  program.addHelpCommand(new Command("help [command]").description("Show help for a command").helpGroup("System:"));
  await registerUp(program.commandsGroup("System:"), argv);
  registerInit(program);
  registerSources(program.commandsGroup("Articles:"));
  registerEditions(program.commandsGroup("Editions:"));
  registerCalendar(program);
  registerRehearse(program);
  registerSubscribers(program.commandsGroup("Readers:"));
  registerLog(program.commandsGroup("Operation:"));
  registerCost(program);
  registerDeadLetters(program);
  registerRestore(program);
  registerDoctor(program);
  registerDns(program);
  registerProductionAccess(program);
  registerStatus(program);
  registerKeys(program);
  registerSessions(program);
  return program;
}

/** A command as it is listed: with its arguments, without "[options]", which nearly all have. */
const subcommandTerm = (command: Command): string =>
  [command.name(), ...command.registeredArguments.map(argumentTerm)].join(" ");

/** Options that can be repeated start with an empty list, which isn't worth showing. */
const optionDescription = (option: Option): string =>
  new Help().optionDescription(option).replace(" (default: [])", "");

function argumentTerm(argument: Argument): string {
  const name = argument.name() + (argument.variadic ? "..." : "");
  return argument.required ? `<${name}>` : `[${name}]`;
}

/** Shown by `broadsheet --help` only; each command's help points there. */
const addGlobalOptions = (program: Command): Command =>
  program
    .option("--data <dir>", `Use the local system in this folder (default: "${defaultData}")`)
    .option("--stack <name>", "Use a deployed system instead, by its stack's name")
    .option("--region <region>", "AWS region of the deployed system (default: the config's, else the shell's)")
    .option("--by <name>", "Your name for the logs of decisions and changes (default: your user name)")
    .option("--json", "Print one JSON document")
    .version(about.version, "--version", "Print the version")
    .helpOption("-h, --help", "Show help");

/** `up` needs the whole local system, so it is loaded only when it is called. */
async function registerUp(program: Command, argv: readonly string[]): Promise<void> {
  if (argv.includes("up")) {
    const { registerUp: register } = await import("./up.ts");
    register(program);
  } else {
    program.command("up").description("Start the whole system on this machine, with an inbox of what readers get");
  }
}
