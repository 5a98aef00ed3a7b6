import { parseArgs } from "node:util";
import { claimPart, type Folder, openFolder, recallPart, rememberPart } from "../folder.ts";
import { onFirstFree } from "../listen.ts";
import { onStop } from "../part.ts";
import { defaultPort, parsePort, portOf, portsToTry } from "../ports.ts";
import { type SesOptions, startSes } from "./start.ts";

const usage = `The SES simulator and its inbox, alone.

  npm run ses -- [--port ${portOf("ses", defaultPort)}] [--data .broadsheet] [--rate 500] [--quota 1000000]
                 [--sandbox] [--strict] [--events QUEUE_URL] [--sqs URL] [--json]

  --data DIR     the folder shared with the other parts; the mail is kept in DIR/ses
  --rate N       recipients a second          --quota N   recipients in 24 hours
  --sandbox      recipients must be verified, as in a new account
  --strict       senders must be verified, configuration sets made first
  --events URL   puts SES's events on this SQS queue, reached at --sqs URL; without it on
                 the feedback queue of the folder's own queues, if those were started`;

const flags = {
  port: { type: "string", default: String(portOf("ses", defaultPort)) },
  data: { type: "string", default: ".broadsheet" },
  rate: { type: "string", default: "500" },
  quota: { type: "string", default: "1000000" },
  sandbox: { type: "boolean", default: false },
  strict: { type: "boolean", default: false },
  events: { type: "string" },
  sqs: { type: "string" },
  json: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

function number(name: string, given: string, least: number): number {
  const value = Number(given);
  if (given.trim() !== "" && Number.isFinite(value) && value >= least) return value;
  throw new Error(`--${name} ${given}: give a number, ${least} or more.`);
}

function readOptions(): SesOptions & { dataDir: string; json: boolean; help: boolean } {
  const { values } = parseArgs({ options: flags });
  const queueUrl = values.events;
  return {
    port: parsePort(values.port),
    dataDir: values.data,
    account: {
      rate: number("rate", values.rate, 0.01),
      quota: number("quota", values.quota, -1),
      sandbox: values.sandbox,
    },
    verifyAll: !values.strict,
    events: queueUrl === undefined ? undefined : { queueUrl, endpoint: values.sqs ?? new URL(queueUrl).origin },
    json: values.json,
    help: values.help,
  };
}

/** A queue of the queues part that runs on the same folder. */
function ownQueue(folder: Folder, name: "feedback" | "requests") {
  const queues = recallPart(folder, "queues");
  return queues && { queueUrl: `${queues.url}/000000000000/${name}`, endpoint: queues.url };
}

async function main(): Promise<void> {
  try {
    const options = readOptions();
    if (options.help) return console.log(usage);
    const folder = openFolder(options.dataDir);
    const release = claimPart(folder, "ses");
    const events = options.events ?? ownQueue(folder, "feedback");
    const received = ownQueue(folder, "requests");
    const ses = await onFirstFree("ses", portsToTry(folder, "ses", options.port), (port) =>
      startSes({ ...options, port, events, received }),
    );
    rememberPart(folder, "ses", ses.url);
    const ready = { ready: true, inbox: ses.inboxUrl, sesv2: ses.url };
    console.log(options.json ? JSON.stringify(ready) : `SES simulator and inbox: ${ses.inboxUrl}`);
    onStop(async () => {
      await ses.close();
      release();
    });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

await main();
