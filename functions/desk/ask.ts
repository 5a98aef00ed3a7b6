import { fault, type Outcome } from "#domain/outcome.ts";
import type { CommandInput, CommandName, CommandOutput } from "../command/contract.ts";
import { isAllowed, isDeskCommand, lowestRole } from "../desk-command/contract.ts";
import type { Person } from "./access/person.ts";

/** Runs a command in someone's name. Without the role for it, the result is a fault, and nothing is invoked. */
export type RunCommand = <C extends CommandName>(
  person: Person,
  command: C,
  input: Omit<CommandInput<C>, "by">,
) => Promise<Outcome<CommandOutput<C>>>;

type Outputs = { [C in CommandName]: { output: { parse(raw: unknown): CommandOutput<C> } } };

/** The schemas of all answers, built while waiting, because that takes as long as the other function's start. */
const contract = () => import("../command/contract.ts");

/** Milliseconds after which a page stops waiting: the HTTP API's limit is 30 s; the command continues. */
const TIMEOUT_MS = 24_000;

/** @param invoke sends a request to `desk-command` and returns its answer */
export function commandRunner(invoke: (request: object) => Promise<unknown>, timeout = TIMEOUT_MS): RunCommand {
  return async (person, command, input) => {
    if (!isAllowed(person.role, command)) return refusal(person, command);
    const { id, name, role } = person;
    const request = within(timeout, invoke({ person: { id, name, role }, command: { ...input, do: command } }));
    const [answer, { CommandFailure, commands }] = await Promise.all([request, contract()]);
    if (answer === undefined) {
      return fault("in-progress", `"${command}" takes longer than usual and goes on. Look again in a moment.`);
    }
    const failure = CommandFailure.safeParse(answer);
    const outputs: Outputs = commands;
    return failure.success ? failure.data : { ok: true, value: outputs[command].output.parse(answer) };
  };
}

function refusal({ role }: Person, command: CommandName): Outcome<never> {
  const text = isDeskCommand(command)
    ? `"${command}" needs the role ${lowestRole[command]}; you are ${role}. Ask someone who has it, or ask an operator for the role.`
    : `"${command}" can't be given from the desk. Use the command line: npx --no-install broadsheet ${command} --help.`;
  return fault("not-allowed", text);
}

/** Its result, or undefined if it takes too long. */
async function within(ms: number, work: Promise<unknown>): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
