import type { Context } from "aws-lambda";
import type * as z from "zod";
import { config } from "#broadsheet.config.ts";
import * as assemble from "#functions/assemble/contract.ts";
import * as command from "#functions/command/contract.ts";
import * as desk from "#functions/desk/contract.ts";
import * as dispatch from "#functions/dispatch/contract.ts";
import * as feedback from "#functions/feedback/contract.ts";
import * as ingest from "#functions/ingest/contract.ts";
import * as pictures from "#functions/pictures/contract.ts";
import * as push from "#functions/push/contract.ts";
import * as requests from "#functions/requests/contract.ts";
import * as send from "#functions/send/contract.ts";
import * as site from "#functions/site/contract.ts";
import * as watch from "#functions/watch/contract.ts";
import type { Queues } from "../queues/queues.ts";
import { bucket } from "./objects.ts";

/** What the identity provider of this machine calls the desk. */
export const clientId = "desk";

/** A handler as Lambda's runtime sees it: it takes what JSON gives. */
export type HandlerModule = { handler(event: unknown, context: Context): Promise<unknown> };

export type LocalFunction = {
  /** Seconds, as deployed. */
  timeout: number;
  /** Imported at the first invocation, as Lambda does at a cold start. */
  load(): Promise<HandlerModule>;
};

export const functionName = (name: string) => `${config.name}-${name}`;

const contracts = [
  assemble,
  command,
  desk,
  dispatch,
  feedback,
  ingest,
  pictures,
  push,
  requests,
  send,
  site,
  watch,
] as const;

/** Every function of the system by its deployed name. */
export const functions: Readonly<Record<string, LocalFunction>> = Object.fromEntries([
  deployed(assemble, () => import("#functions/assemble/handler.ts")),
  deployed(command, () => import("#functions/command/handler.ts")),
  deployed(desk, () => import("#functions/desk/handler.ts")),
  deployed(dispatch, () => import("#functions/dispatch/handler.ts")),
  deployed({ name: feedback.name, timeout: feedback.trigger.timeout }, () => import("#functions/feedback/handler.ts")),
  deployed(ingest, () => import("#functions/ingest/handler.ts")),
  deployed(pictures, () => import("#functions/pictures/handler.ts")),
  deployed(push, () => import("#functions/push/handler.ts")),
  deployed({ name: requests.name, timeout: requests.trigger.timeout }, () => import("#functions/requests/handler.ts")),
  deployed({ name: send.name, timeout: send.trigger.timeout }, () => import("#functions/send/handler.ts")),
  deployed(site, () => import("#functions/site/handler.ts")),
  deployed(watch, () => import("#functions/watch/handler.ts")),
]);

function deployed({ name, timeout }: { name: string; timeout: number }, load: LocalFunction["load"]) {
  return [functionName(name), { timeout, load }] as const;
}

/** What the functions' environment says on this machine; the same name has the same value in every function. */
export function environment(place: {
  siteUrl: string;
  queues: Queues;
  allowOrigins: readonly string[];
  delivery: typeof config.delivery;
  issuer: string;
}) {
  const values: Record<string, string> = {
    TABLE_NAME: config.name,
    KICKS_QUEUE_URL: place.queues.kicks,
    KICKS_DEAD_QUEUE_URL: place.queues.kicksDead,
    CLOCK_DEAD_QUEUE_URL: place.queues.clockDead,
    FEEDBACK_QUEUE_URL: place.queues.feedback,
    FEEDBACK_DEAD_QUEUE_URL: place.queues.feedbackDead,
    SITE_URL: place.siteUrl,
    REQUESTS_QUEUE_URL: place.queues.requests,
    CONFIGURATION_SET: config.name,
    KEYS_SECRET: keysSecret,
    ALLOW_ORIGINS: place.allowOrigins.join(","),
    DELIVERY_SETTINGS: JSON.stringify(place.delivery),
    INGEST_FUNCTION: functionName(ingest.name),
    ASSEMBLE_FUNCTION: functionName(assemble.name),
    DISPATCH_FUNCTION: functionName(dispatch.name),
    PICTURES_FUNCTION: config.pictures ? functionName(pictures.name) : "",
    PICTURES_BUCKET: bucket,
    PICTURES_URL: place.siteUrl,
    COMMAND_FUNCTION: functionName(command.name),
    OIDC_ISSUER: place.issuer,
    OIDC_CLIENT_ID: clientId,
    OIDC_CLIENT_SECRET: "",
    OIDC_SCOPES: config.desk.scopes.join(" "),
    OIDC_GROUPS_CLAIM: config.desk.groupsClaim,
  };
  for (const contract of contracts) mustHold(contract.name, contract.Environment, values);
  return values;
}

export const keysSecret = `${config.name}/keys`;

/** A contract that asks for a variable nobody sets here fails at the start, not at the first invocation. */
function mustHold(name: string, schema: z.ZodType, values: Record<string, string>): void {
  const parsed = schema.safeParse(values);
  if (parsed.success) return;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join(".")} (${issue.message})`).join(", ");
  throw new Error(`local/host/functions.ts does not give ${name} the environment its contract asks for: ${faults}`);
}
