import { Command, CommanderError } from "commander";
import about from "#package.json" with { type: "json" };
import { registerApproval } from "./approve.ts";
import { registerCost } from "./cost.ts";
import { registerDeadLetters } from "./dead-letters.ts";
import { registerDecisions } from "./decisions.ts";
import { registerDeliveries } from "./deliveries.ts";
import { registerDelivery } from "./delivery.ts";
import { registerEditions } from "./editions.ts";
import { defaultData, examples, exit } from "./leaf.ts";
import { registerLog } from "./log.ts";
import { presentProblem } from "./output.ts";
import { misuse, problemOf } from "./problem.ts";
import { registerRehearse } from "./rehearsal.ts";
import { registerRestore } from "./restore.ts";
import { registerSend } from "./send.ts";
import { registerSources } from "./sources.ts";
import { registerSubscribers } from "./subscribers.ts";
import { registerWhy } from "./why.ts";
import { registerWorkbench } from "./workbench.ts";

/** Runs the command line. Gives the exit code: 0 done, 1 failed, 2 misused. */
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
    .description("Feeds in, one good daily digest out, to every subscriber once.")
    .configureHelp({ showGlobalOptions: true })
    .configureOutput(json ? { writeErr: () => {} } : {})
    .showHelpAfterError("(--help says how it is used)")
    .exitOverride()
    .option("--data <dir>", `the local system that runs on this folder (default: "${defaultData}")`)
    .option("--stack <name>", "a deployed system, by its stack's name, instead of the local one")
    .option("--region <region>", "the deployed system's AWS region (default: the shell's)")
    .option("--by <name>", "who is asking, for the log of decisions (default: you)")
    .option("--json", "print one JSON document")
    .version(about.version, "--version", "which version this is");
  examples(program, "up", "edition show daily", "edition send daily --stack broadsheet");
  await registerUp(program, argv);
  registerSources(program);
  const edition = registerEditions(program);
  registerDecisions(edition);
  registerWhy(edition);
  registerWorkbench(edition);
  registerApproval(edition);
  registerSend(edition);
  registerDelivery(edition);
  registerDeliveries(edition);
  registerRehearse(program);
  registerSubscribers(program);
  registerRestore(program);
  registerLog(program);
  registerCost(program);
  registerDeadLetters(program);
  return program;
}

/** `up` needs the whole local system: it is loaded only for the one who asks for it. */
async function registerUp(program: Command, argv: readonly string[]): Promise<void> {
  if (argv.includes("up")) {
    const { registerUp: register } = await import("./up.ts");
    register(program);
  } else {
    program
      .command("up")
      .description("start the whole system on this machine, with an inbox that shows what readers get");
  }
}
