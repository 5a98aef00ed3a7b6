import { parseArgs } from "node:util";
import { OtherVersion } from "./mail/store.ts";
import { type SesOptions, startSes } from "./start.ts";

const usage = `The SES simulator and its inbox, alone.

  npm run ses -- [--port 4580] [--data .broadsheet] [--rate 500] [--quota 1000000]
                 [--sandbox] [--strict] [--events QUEUE_URL] [--sqs URL] [--json]

  --data DIR     keeps the mail in DIR/ses; without it, mail is kept in memory
  --rate N       recipients a second          --quota N   recipients in 24 hours
  --sandbox      recipients must be verified, as in a new account
  --strict       senders must be verified, configuration sets made first
  --events URL   puts SES's events on this SQS queue, reached at --sqs URL`;

const flags = {
  port: { type: "string", default: "4580" },
  data: { type: "string" },
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

function readOptions(): SesOptions & { json: boolean; help: boolean } {
  const { values } = parseArgs({ options: flags });
  const queueUrl = values.events;
  return {
    port: number("port", values.port, 0),
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

/** What went wrong, to what, and what to do now. */
function explain(error: unknown, port: number | undefined): string {
  if (error instanceof OtherVersion) return error.message;
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE")
    return `Port ${port} is in use. Stop what runs there, or take another with --port (0 takes a free one).`;
  return error instanceof Error ? error.message : String(error);
}

async function main(): Promise<void> {
  let port: number | undefined;
  try {
    const options = readOptions();
    if (options.help) return console.log(usage);
    port = options.port;
    const ses = await startSes(options);
    const ready = { ready: true, inbox: ses.inboxUrl, sesv2: ses.url };
    console.log(options.json ? JSON.stringify(ready) : `SES simulator and inbox: ${ses.inboxUrl}`);
    const stop = () => void ses.close().then(() => process.exit(0));
    process.once("SIGTERM", stop);
    process.once("SIGINT", stop);
  } catch (error) {
    console.error(explain(error, port));
    process.exitCode = 1;
  }
}

await main();
