import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { config } from "#broadsheet.config.ts";
import * as desk from "#functions/desk/contract.ts";
import * as feedback from "#functions/feedback/contract.ts";
import * as ingest from "#functions/ingest/contract.ts";
import * as notices from "#functions/notices/contract.ts";
import * as push from "#functions/push/contract.ts";
import * as requests from "#functions/requests/contract.ts";
import * as send from "#functions/send/contract.ts";
import * as site from "#functions/site/contract.ts";
import * as watch from "#functions/watch/contract.ts";
import { makeRunCredentials, type RunCredentials, useLocalAws } from "../aws.ts";
import { ensureTable } from "../data/table.ts";
import { type Folder, signingKeys, webhooks } from "../folder.ts";
import { isPublicForm, refuse, requestUrl } from "../guard.ts";
import { closeServer, listen } from "../listen.ts";
import { ensureQueues, type Queues } from "../queues/queues.ts";
import { samplesPath, serveSamples } from "../samples/serve.ts";
import { production, type Trial } from "../trial.ts";
import { type Api, hasToken, refuseToken } from "./authentication.ts";
import { startClock } from "./clock.ts";
import {
  environment,
  type FunctionName,
  functionName,
  functions,
  keysSecret,
  type LocalFunction,
  webhooksSecret,
} from "./functions.ts";
import { answerJson } from "./http.ts";
import { createInvoker, type Invoker } from "./invoker.ts";
import { invokedFunction, serveInvoke } from "./lambda-api.ts";
import { startMapping } from "./mapping.ts";
import { objectKey, picturesPath, serveObject, servePicture } from "./objects.ts";
import { isSecretsRequest, serveSecrets } from "./secrets.ts";
import { serveSite } from "./site.ts";

type HostOptions = {
  port: number;
  folder: Folder;
  /** Addresses of the other parts. */
  endpoints: { dynamodb: string; sqs: string; sesv2: string };
  /** The desk's identity provider. */
  issuer: string;
  /** Further origins from which feeds may be fetched. */
  allowOrigins: readonly string[];
  /** Whether the sample sources served here may be fetched. */
  allowSamples: boolean;
  /** Default: as in production. */
  trial?: Trial;
  log(line: string): void;
  /** For test doubles. */
  functions?: Readonly<Record<string, LocalFunction>>;
};

export type Host = {
  /** Public base URL of the site, and the endpoint of Lambda, Secrets Manager and S3. */
  url: string;
  /** Credentials for those three. */
  credentials: RunCredentials;
  queues: Queues;
  /** Starts the clock: watch each minute or as a trial says, ingest each five. */
  startClock(): void;
  /** Stops schedules and polling, waits for running invocations, and ends. */
  close(): Promise<void>;
};

/**
 * How long running functions may take when the host stops, in milliseconds. They see it as their remaining time: the
 * sender then stops claiming, and its longest call takes 20 s.
 */
const drainMs = 24_000;

/** Replaces AWS around the functions: Lambda, event source mappings, EventBridge's schedules, API Gateway, secrets. */
export async function startHost(options: HostOptions): Promise<Host> {
  const invoker = createInvoker({ functions: options.functions ?? functions, log: options.log });
  const server = createServer();
  const url = await listen(server, options.port);
  const queues = await ensureStores(options.endpoints).catch(async (error) => {
    await closeServer(server);
    throw error;
  });
  const credentials = makeRunCredentials();
  useLocalAws({ ...options.endpoints, lambda: url, secretsManager: url, s3: url }, credentials);
  const allowOrigins = options.allowSamples ? [...options.allowOrigins, url] : options.allowOrigins;
  const { delivery, watchSeconds } = options.trial ?? production;
  Object.assign(process.env, environment({ siteUrl: url, queues, allowOrigins, delivery, issuer: options.issuer }));
  serve(server, invoker, { ...options, credentials });
  const stopMappings = mappings(invoker, queues, options);
  let stopClock: () => void = () => undefined;
  return {
    url,
    credentials,
    queues,
    startClock: () => {
      stopClock = clock(invoker, watchSeconds);
    },
    close: async () => {
      stopClock();
      for (const stop of stopMappings) stop();
      const left = await invoker.drain(drainMs);
      if (left > 0)
        options.log(
          `${left === 1 ? "1 invocation was" : `${left} invocations were`} still running when the host stopped.`,
        );
      await closeServer(server);
    },
  };
}

/** The functions' queues, connected as in infra/. */
function mappings(invoker: Invoker, queues: Queues, options: HostOptions): (() => void)[] {
  const { endpoints, log, trial = production } = options;
  const place = { endpoint: endpoints.sqs, log };
  return [
    startMapping(invoker, {
      ...{ ...place, ...send.trigger, ...send.sizeFor(trial.delivery), window: 0 },
      ...{ queueUrl: queues.kicks, functionName: functionName(send.name) },
    }),
    startMapping(invoker, {
      ...{ ...place, ...feedback.trigger, visibility: hiddenFor(trial.delivery.settleSeconds) },
      ...{ queueUrl: queues.feedback, functionName: functionName(feedback.name) },
    }),
    startMapping(invoker, {
      ...{ ...place, ...requests.trigger },
      ...{ queueUrl: queues.requests, functionName: functionName(requests.name) },
    }),
    startMapping(invoker, {
      ...{ ...place, ...notices.trigger },
      ...{ queueUrl: queues.notices, functionName: functionName(notices.name) },
    }),
  ];
}

/** Events received by a dead host come back well before the wait for them ends, also in a shortened trial. */
const hiddenFor = (settleSeconds: number) => Math.ceil(Math.min(feedback.trigger.visibility, settleSeconds / 4));

async function ensureStores({ dynamodb, sqs }: HostOptions["endpoints"]): Promise<Queues> {
  await ensureTable(dynamodb, config.name);
  return ensureQueues(sqs);
}

function serve(
  server: ReturnType<typeof createServer>,
  invoker: Invoker,
  { folder, log, credentials }: HostOptions & { credentials: RunCredentials },
): void {
  const secrets = { [keysSecret]: signingKeys(folder), [webhooksSecret]: webhooks(folder) };
  const route = async (request: IncomingMessage, response: ServerResponse) => {
    const url = requestUrl(request);
    const invoked = invokedFunction(url);
    const object = objectKey(request, url);
    const api = apiOf({ invoked, object, isSecrets: isSecretsRequest(request) });
    const visitors = isPublicForm(request, url) ? "anyone" : "pages";
    if (refuse(request, response, api === undefined ? visitors : "programs")) return;
    if (api !== undefined && !hasToken(request, credentials)) return refuseToken(api, response);
    if (invoked !== undefined) return serveInvoke(invoker, invoked, request, response);
    if (api === "secrets") return serveSecrets(secrets, request, response);
    if (object !== undefined) return serveObject(folder, object, request, response);
    if (url.pathname.startsWith(picturesPath)) return servePicture(folder, url, response);
    if (url.pathname.startsWith(samplesPath)) return serveSamples(folder, request, response);
    return serveSite(invoker, functionName(servedBy(request, url)), request, response);
  };
  server.on("request", (request, response) => {
    route(request, response).catch((error) => {
      log(`${request.method} ${requestUrl(request).pathname.slice(0, 12)}…: ${error}`);
      if (!response.headersSent) answerJson(response, 503, { message: "Service Unavailable" });
      else response.destroy();
    });
  });
}

function apiOf(is: { invoked?: string | undefined; object?: string | undefined; isSecrets: boolean }): Api | undefined {
  if (is.invoked !== undefined) return "lambda";
  if (is.isSecrets) return "secrets";
  return is.object === undefined ? undefined : "s3";
}

/** In the website's API, push and the desk have their own routes; all others go to site. */
function servedBy({ method }: IncomingMessage, { pathname }: URL): FunctionName {
  if (pathname === desk.base || pathname.startsWith(`${desk.base}/`)) return desk.name;
  const isPushed = push.trigger.routes.some((route) => route.method === method && route.path === pathname);
  return isPushed ? push.name : site.name;
}

function clock(invoker: Invoker, watchSeconds: number): () => void {
  return startClock([
    { ms: watchSeconds * 1000, run: () => invokeOnce(invoker, watch.name) },
    { ms: 300_000, run: () => invokeOnce(invoker, ingest.name) },
    { ms: 300_000, run: () => invokeOnce(invoker, requests.name) },
  ]);
}

/** Scheduled functions aren't retried, as in infra/schedules.ts; the next run continues. */
const invokeOnce = (invoker: Invoker, name: FunctionName) =>
  void invoker.invoke(functionName(name), {}).catch(() => undefined);
