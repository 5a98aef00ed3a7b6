import { parseArgs } from "node:util";
import { claimPart, type Folder, openFolder, type PartName, recallPart, rememberPart } from "./folder.ts";
import { onFirstFree } from "./listen.ts";
import { defaultPort, parsePort, portOf, portsToTry } from "./ports.ts";
import { readTrial, type Trial, trialFlags } from "./trial.ts";

type StartedPart = { url: string; close(): Promise<void> };

/**
 * Runs one part of the local system alone, as `npm run data|queues|ses|host` do: `--port N` is this part's port,
 * `--data DIR` the folder it shares with the other parts; the host also takes `--allow-origin URL` and what shortens a
 * trial (`local/trial.ts`). It writes its address into the folder and to its output, and ends on SIGTERM or SIGINT.
 */
export async function runPart(
  part: PartName,
  start: (
    folder: Folder,
    port: number,
    more: { allowOrigins: readonly string[]; trial: Trial },
  ) => Promise<StartedPart>,
): Promise<void> {
  try {
    const { port, data, ...more } = readFlags(part);
    const folder = openFolder(data);
    const release = claimPart(folder, part);
    const started = await onFirstFree(part, portsToTry(folder, part, port), (free) => start(folder, free, more));
    rememberPart(folder, part, started.url);
    console.log(`${part} listens on ${started.url}`);
    onStop(async () => {
      await started.close();
      release();
    });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}

const trialOptions = Object.fromEntries(trialFlags.map(({ name }) => [name, { type: "string" }] as const));

function readFlags(part: PartName) {
  const { values } = parseArgs({
    options: {
      port: { type: "string" },
      data: { type: "string", default: ".broadsheet" },
      "allow-origin": { type: "string", multiple: true, default: [] },
      ...trialOptions,
    },
  });
  return {
    port: values.port === undefined ? portOf(part, defaultPort) : parsePort(values.port),
    data: values.data,
    allowOrigins: values["allow-origin"].map(parseOrigin),
    trial: readTrial(values),
  };
}

/** Reads `--allow-origin`. @throws Error in words. */
export function parseOrigin(text: string): string {
  const url = URL.parse(text);
  if (url !== null && /^https?:$/.test(url.protocol)) return url.origin;
  throw new Error(`--allow-origin ${text}: an origin is a scheme, a host and a port, such as http://127.0.0.1:8080.`);
}

/** Runs `stop` at the first SIGTERM or SIGINT and exits with 0 after it; a second signal exits at once. */
export function onStop(stop: () => Promise<void>): void {
  let stopping = false;
  const end = () => {
    if (stopping) process.exit(130);
    stopping = true;
    stop().then(
      () => process.exit(0),
      (error) => {
        console.error(error instanceof Error ? error.message : error);
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
}

const variables = {
  data: "AWS_ENDPOINT_URL_DYNAMODB",
  queues: "AWS_ENDPOINT_URL_SQS",
  ses: "AWS_ENDPOINT_URL_SESV2",
  identity: "OIDC_ISSUER",
} as const;

/** The endpoint that the shell gives for a part, which is then run elsewhere. @throws Error in words. */
export function givenEndpoint(part: keyof typeof variables): string | undefined {
  const given = process.env[variables[part]] || undefined;
  if (given === undefined || /^https?:$/.test(URL.parse(given)?.protocol ?? "")) return given;
  throw new Error(
    `${variables[part]}=${given} is not an address. Give one such as http://127.0.0.1:8000, or unset it.`,
  );
}

/** The same for a part that is needed from the start; waits up to `ms` for it. @throws Error in words. */
export async function answeringEndpoint(part: keyof typeof variables, ms = 5_000): Promise<string | undefined> {
  const given = givenEndpoint(part);
  if (given === undefined) return undefined;
  for (const end = Date.now() + ms; !(await answers(given)); await new Promise((resolve) => setTimeout(resolve, 200))) {
    if (Date.now() > end)
      throw new Error(`${variables[part]}=${given}: nothing answers there. Start it, or unset the variable.`);
  }
  return given;
}

/**
 * Another part's address, from the shell or the folder; waits up to `ms` for it.
 * @throws Error saying how to start it.
 */
export async function findPart(folder: Folder, part: keyof typeof variables, ms = 30_000): Promise<string> {
  const given = givenEndpoint(part);
  if (given !== undefined) return given;
  for (const end = Date.now() + ms; ; await new Promise((resolve) => setTimeout(resolve, 200))) {
    const record = recallPart(folder, part);
    if (record !== undefined && (await answers(record.url))) return record.url;
    if (Date.now() > end) {
      throw new Error(
        `No ${part} answers for ${folder.path}. Start it with \`npm run ${part} -- --data ${folder.path}\`, ` +
          `or say where it is with ${variables[part]}.`,
      );
    }
  }
}

/** Whether an HTTP server answers there. */
async function answers(url: string): Promise<boolean> {
  try {
    await fetch(url, { signal: AbortSignal.timeout(1_000) });
    return true;
  } catch {
    return false;
  }
}
