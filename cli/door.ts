import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { lambdaInvoke } from "#adapters/invoke/lambda.ts";
import {
  CommandFailure,
  type CommandName,
  commands,
  functionName,
  type Gives,
  type Takes,
} from "#functions/command/contract.ts";
import { Problem } from "./problem.ts";

/** Asks the command function of the system that is meant. @throws Problem with the fault it answers */
export type Door = <C extends CommandName>(command: C, takes: Takes<C>) => Promise<Gives<C>>;

/** Which system: a deployed one by its stack's name, else the one that runs on a data folder. */
export type Where = { data: string; stack?: string | undefined; region?: string | undefined };

/** What the local system writes about itself when it starts; of the rest of the file nothing is asked here. */
const Running = z.object({
  v: z.literal(1),
  stack: z.string(),
  region: z.string(),
  endpoints: z.object({ lambda: z.url() }),
  credentials: z.object({ accessKeyId: z.string(), secretAccessKey: z.string(), sessionToken: z.string() }),
});

const gives: { [C in CommandName]: { gives: { parse(raw: unknown): Gives<C> } } } = commands;

export function openDoor(where: Where): Door {
  return where.stack === undefined ? localDoor(where.data) : deployedDoor(where.stack, where.region);
}

function deployedDoor(stack: string, region: string | undefined): Door {
  const invoke = lambdaInvoke(region === undefined ? {} : { region });
  const name = functionName(stack);
  return doorBy(
    (request) => invoke(name, request),
    (error) => unreachable(error, stack, name),
  );
}

/** The same client with another endpoint and the credentials of the run. */
function localDoor(data: string): Door {
  const { stack, region, endpoints, credentials } = runningOn(data);
  const invoke = lambdaInvoke({ endpoint: endpoints.lambda, region, credentials });
  return doorBy(
    (request) => invoke(functionName(stack), request),
    (error) => localFault(error, data),
  );
}

function doorBy(invoke: (request: object) => Promise<unknown>, explain: (error: unknown) => unknown): Door {
  return async (command, takes) => {
    const answer = await invoke({ do: command, ...takes }).catch((error) => {
      throw explain(error);
    });
    const failure = CommandFailure.safeParse(answer);
    if (failure.success) throw new Problem(failure.data.fault.code, failure.data.fault.message);
    return gives[command].gives.parse(answer);
  };
}

function runningOn(data: string): z.output<typeof Running> {
  let text: string;
  try {
    text = readFileSync(join(data, "system.json"), "utf8");
  } catch {
    throw notRunning(data);
  }
  const system = z.looseObject({ v: z.unknown() }).safeParse(parseJson(text));
  if (!system.success)
    throw new Problem("bad-request", `${join(data, "system.json")} is damaged: delete the folder and start afresh.`);
  if (system.data.v !== 1) {
    const version = JSON.stringify(system.data.v);
    throw new Problem(
      "bad-request",
      `The data folder ${data} has layout ${version}, and this Broadsheet reads layout 1. Run the version that wrote it, or choose another folder with --data.`,
    );
  }
  const running = Running.safeParse(system.data);
  if (!running.success) throw notRunning(data);
  return running.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const notRunning = (data: string) => {
  const folder = data === ".broadsheet" ? "" : ` --data ${data}`;
  return new Problem("bad-request", `No Broadsheet runs on ${data}: start it with npx broadsheet up${folder}`);
};

/** A system that was restarted since its record was read has another token. */
function localFault(error: unknown, data: string): unknown {
  if (isRefused(error)) return notRunning(data);
  if (!(error instanceof Error && error.name === "UnrecognizedClientException")) return error;
  return new Problem("bad-request", `The system on ${data} refused this run's token. Was it restarted? Try again.`);
}

const isRefused = (error: unknown) =>
  error instanceof Error && "code" in error && (error.code === "ECONNREFUSED" || error.code === "ECONNRESET");

/** What stands in the way of a deployed system, in an operator's words. */
function unreachable(error: unknown, stack: string, name: string): unknown {
  if (!(error instanceof Error)) return error;
  const said = error.message.replace(/\.$/, "");
  switch (error.name) {
    case "ResourceNotFoundException":
      return new Problem(
        "bad-request",
        `There is no function ${name} in this account and region: is "${stack}" the stack's name, and is --region right?`,
      );
    case "CredentialsProviderError":
      return new Problem(
        "bad-request",
        `There are no AWS credentials in this shell: ${said}. Log in, or set AWS_PROFILE.`,
      );
    case "AccessDeniedException":
    case "UnrecognizedClientException":
    case "ExpiredTokenException":
      return new Problem("bad-request", `AWS refused to let you invoke ${name}: ${said}.`);
    default:
      return /region/i.test(said) ? new Problem("bad-request", `${said}. Say which with --region.`) : error;
  }
}
