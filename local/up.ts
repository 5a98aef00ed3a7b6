import { join } from "node:path";
import { config } from "#broadsheet.config.ts";
import { startData } from "./data/start.ts";
import { claimPart, type Folder, type PartName, partNames, rememberPart } from "./folder.ts";
import { type Host, startHost } from "./host/start.ts";
import { startIdentity } from "./identity/start.ts";
import { onFirstFree } from "./listen.ts";
import { answeringEndpoint, givenEndpoint } from "./part.ts";
import { portOf, portsToTry } from "./ports.ts";
import { ensureQueues } from "./queues/queues.ts";
import { startQueues } from "./queues/start.ts";
import { startSes } from "./ses/start.ts";
import { announceSystem } from "./system.ts";
import type { Trial } from "./trial.ts";

type SystemOptions = {
  folder: Folder;
  /** The host's port; the other parts use the next ones. 0 takes free ports. */
  port: number;
  /** Recipients a second and in 24 hours that the simulated SES account allows. */
  ses: { rate: number; quota: number };
  allowOrigins: readonly string[];
  /** Whether the host's sample sources may be fetched. */
  allowSamples: boolean;
  /** Default: as in production. */
  trial?: Trial;
  log(line: string): void;
};

export type System = {
  /** Null when another SES is used. */
  inbox: string | null;
  host: Host;
  endpoints: { dynamodb: string; sqs: string; lambda: string; sesv2: string };
  close(): Promise<void>;
};

/**
 * Starts the whole system in this process: data, queues, SES, sign-in and host. If the shell gives a part's endpoint
 * (AWS_ENDPOINT_URL_DYNAMODB, _SQS, _SESV2), that one is used instead. If a part can't start, the others are closed
 * again.
 */
export async function startSystem(options: SystemOptions): Promise<System> {
  const undo: (() => Promise<void> | void)[] = [];
  const close = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    for (const part of partNames) undo.push(claimPart(options.folder, part));
    const own = keeper(options, undo);
    const [dynamodb, sqs] = await Promise.all([data(options, own), queues(own)]);
    const [ses, issuer] = await Promise.all([mail(options, own, sqs), identity(options, own)]);
    const endpoints = { dynamodb, sqs, sesv2: ses.url };
    const host = await own("host", (port) =>
      startHost({ ...options, port, endpoints, issuer }).then((started) => ({ ...started, result: started })),
    );
    announceSystem(options.folder, host, endpoints, ses.inbox);
    return { inbox: ses.inbox, host, endpoints: { ...endpoints, lambda: host.url }, close };
  } catch (error) {
    await close();
    throw error;
  }
}

type Started<T> = { url: string; close(): Promise<void>; result: T };
type Keeper = <T>(part: PartName, start: (port: number) => Promise<Started<T>>) => Promise<T>;

/** Starts parts on their ports, and records their addresses and how to end them. */
const keeper =
  ({ folder, port }: SystemOptions, undo: (() => Promise<void> | void)[]): Keeper =>
  async (part, start) => {
    const starting = onFirstFree(`the ${part} part`, portsToTry(folder, part, portOf(part, port)), start);
    // Recorded at once, so this part is ended too if another one fails while it starts.
    undo.push(() =>
      starting.then(
        (one) => one.close(),
        () => {},
      ),
    );
    const started = await starting;
    rememberPart(folder, part, started.url);
    return started.result;
  };

const data = async ({ folder }: SystemOptions, own: Keeper): Promise<string> =>
  (await answeringEndpoint("data")) ??
  own("data", async (port) => {
    const started = await startData({ port, path: join(folder.path, "dynamodb"), table: config.name });
    return { ...started, result: started.url };
  });

const queues = async (own: Keeper): Promise<string> =>
  (await answeringEndpoint("queues")) ??
  own("queues", async (port) => {
    const started = await startQueues({ port });
    return { ...started, result: started.url };
  });

const identity = async ({ folder, log }: SystemOptions, own: Keeper): Promise<string> =>
  givenEndpoint("identity") ??
  own("identity", async (port) => {
    const started = await startIdentity({ port, folder, log });
    return { ...started, result: started.url };
  });

/** SES's events without confirmations, as in infra/mail/mail.ts. */
const troubles = ["Bounce", "Complaint", "Reject", "Rendering Failure", "DeliveryDelay"];

async function mail({ folder, ses }: SystemOptions, own: Keeper, sqs: string) {
  const given = givenEndpoint("ses");
  if (given !== undefined) return { url: given, inbox: null };
  const { feedback, requests } = await ensureQueues(sqs);
  return own("ses", async (port) => {
    const started = await startSes({
      port,
      dataDir: folder.path,
      account: { ...ses, sandbox: false },
      events: { queueUrl: feedback, endpoint: sqs, ...(config.delivery.confirmations ? {} : { types: troubles }) },
      received: { queueUrl: requests, endpoint: sqs },
    });
    return { ...started, result: { url: started.url, inbox: started.inboxUrl } };
  });
}
