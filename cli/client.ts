import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { lambdaInvoke } from "#adapters/invoke/lambda.ts";
import {
  CommandFailure,
  type CommandInput,
  type CommandName,
  type CommandOutput,
  commands,
  functionName,
} from "#functions/command/contract.ts";
import { regionOf } from "./region.ts";
import { parseJson } from "./terminal/files.ts";
import { Problem } from "./terminal/problem.ts";

/** Invokes the system's command function. @throws Problem with the fault it answers */
export type Invoke = <C extends CommandName>(command: C, input: CommandInput<C>) => Promise<CommandOutput<C>>;

/** A deployed system by its stack's name, or the local one that uses a data folder. */
type Where = { data: string; stack?: string | undefined; region?: string | undefined };

/** The part of system.json that the command line needs; the local system writes it when it starts. */
const Running = z.object({
  v: z.literal(1),
  stack: z.string(),
  region: z.string(),
  endpoints: z.object({ lambda: z.url() }),
  credentials: z.object({ accessKeyId: z.string(), secretAccessKey: z.string(), sessionToken: z.string() }),
});

const output: { [C in CommandName]: { output: { parse(raw: unknown): CommandOutput<C> } } } = commands;

export function connect(where: Where): Invoke {
  return where.stack === undefined ? connectLocal(where.data) : connectDeployed(where.stack, regionOf(where.region));
}

function connectDeployed(stack: string, region: string | undefined): Invoke {
  const invoke = lambdaInvoke(region === undefined ? {} : { region });
  const name = functionName(stack);
  return invokeBy(
    (request) => invoke(name, request),
    (error) => describeRefusal(error, stack, name),
  );
}

/** The same client with another endpoint and the credentials of the run. */
function connectLocal(data: string): Invoke {
  const { stack, region, endpoints, credentials } = runningOn(data);
  const invoke = lambdaInvoke({ endpoint: endpoints.lambda, region, credentials });
  return invokeBy(
    (request) => invoke(functionName(stack), request),
    (error) => localFault(error, data),
  );
}

function invokeBy(invoke: (request: object) => Promise<unknown>, explain: (error: unknown) => unknown): Invoke {
  return async (command, input) => {
    const answer = await invoke({ do: command, ...input }).catch((error) => {
      throw explain(error);
    });
    const failure = CommandFailure.safeParse(answer);
    if (failure.success) throw new Problem(failure.data.fault.code, failure.data.fault.message);
    return output[command].output.parse(answer);
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
    throw new Problem(
      "bad-request",
      `${join(data, "system.json")} is damaged. Delete the folder ${data} and start again.`,
    );
  if (system.data.v !== 1) {
    const version = JSON.stringify(system.data.v);
    throw new Problem(
      "bad-request",
      `The data folder ${data} has layout ${version}; this version of Broadsheet reads layout 1. Run the version that wrote it, or choose another folder with --data.`,
    );
  }
  const running = Running.safeParse(system.data);
  if (!running.success) throw notRunning(data);
  return running.data;
}

const notRunning = (data: string) => {
  const folder = data === ".broadsheet" ? "" : ` --data ${data}`;
  const start = `npx --no-install broadsheet up${folder}`;
  return new Problem("bad-request", `No local system is running in ${data}. Start it with: ${start}`);
};

/** A system that was restarted since its record was read has another token. */
function localFault(error: unknown, data: string): unknown {
  if (isRefused(error)) return notRunning(data);
  if (!(error instanceof Error && error.name === "UnrecognizedClientException")) return error;
  return new Problem(
    "bad-request",
    `The local system in ${data} refused the token: it was restarted. Run the command again.`,
  );
}

const isRefused = (error: unknown) =>
  error instanceof Error && "code" in error && (error.code === "ECONNREFUSED" || error.code === "ECONNRESET");

/** Why a deployed system can't be reached, and what to do. */
function describeRefusal(error: unknown, stack: string, name: string): unknown {
  if (!(error instanceof Error)) return error;
  const message = error.message.replace(/\.$/, "");
  switch (error.name) {
    case "ResourceNotFoundException":
      return new Problem(
        "bad-request",
        `There is no function ${name} in this account and region. Check --stack ${stack} and --region.`,
      );
    case "CredentialsProviderError":
      return new Problem(
        "bad-request",
        `There are no AWS credentials in this shell: ${message}. Log in, or set AWS_PROFILE.`,
      );
    case "AccessDeniedException":
    case "UnrecognizedClientException":
    case "ExpiredTokenException":
      return new Problem(
        "bad-request",
        `AWS did not let you invoke ${name}: ${message}. Check your credentials and lambda:InvokeFunction.`,
      );
    default:
      return /region/i.test(message) ? new Problem("bad-request", `${message}. Name the region with --region.`) : error;
  }
}
