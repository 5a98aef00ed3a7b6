import type { Context } from "aws-lambda";
import type * as z from "zod";
import { config } from "#broadsheet.config.ts";
import { contracts } from "#functions/index.ts";
import type { Queues } from "../queues/queues.ts";
import { bucket } from "./objects.ts";

/** The desk's client id at the local identity provider. */
export const clientId = "desk";

/** A handler like Lambda's runtime calls it, with parsed JSON. */
export type HandlerModule = { handler(event: unknown, context: Context): Promise<unknown> };

export type LocalFunction = {
  /** Seconds, as deployed. */
  timeout: number;
  /** Imported at the first invocation, like a cold start in Lambda. */
  load(): Promise<HandlerModule>;
};

export const functionName = (name: FunctionName) => `${config.name}-${name}`;

export type FunctionName = (typeof contracts)[number]["name"];

/** A function's code is imported at its first invocation. */
const handlers: Record<FunctionName, LocalFunction["load"]> = {
  assemble: () => import("#functions/assemble/handler.ts"),
  command: () => import("#functions/command/handler.ts"),
  desk: () => import("#functions/desk/handler.ts"),
  "desk-command": () => import("#functions/desk-command/handler.ts"),
  dispatch: () => import("#functions/dispatch/handler.ts"),
  feedback: () => import("#functions/feedback/handler.ts"),
  ingest: () => import("#functions/ingest/handler.ts"),
  notices: () => import("#functions/notices/handler.ts"),
  pictures: () => import("#functions/pictures/handler.ts"),
  push: () => import("#functions/push/handler.ts"),
  requests: () => import("#functions/requests/handler.ts"),
  send: () => import("#functions/send/handler.ts"),
  site: () => import("#functions/site/handler.ts"),
  watch: () => import("#functions/watch/handler.ts"),
};

/** Every function of the system by its deployed name. */
export const functions: Readonly<Record<string, LocalFunction>> = Object.fromEntries(
  contracts.map(({ name, timeout }) => [functionName(name), { timeout, load: handlers[name] }]),
);

/** The functions' environment on this machine; a name has the same value in every function. */
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
    NOTICES_QUEUE_URL: place.queues.notices,
    WEBHOOKS_SECRET: webhooksSecret,
    // The machine has no event bus.
    PUTS_EVENTS: "false",
    CONFIGURATION_SET: config.name,
    KEYS_SECRET: keysSecret,
    ALLOW_ORIGINS: place.allowOrigins.join(","),
    DELIVERY_SETTINGS: JSON.stringify(place.delivery),
    INGEST_FUNCTION: functionName("ingest"),
    ASSEMBLE_FUNCTION: functionName("assemble"),
    DISPATCH_FUNCTION: functionName("dispatch"),
    PICTURES_FUNCTION: config.pictures ? functionName("pictures") : "",
    PICTURES_BUCKET: bucket,
    PICTURES_URL: place.siteUrl,
    COMMAND_FUNCTION: functionName("desk-command"),
    OIDC_ISSUER: place.issuer,
    OIDC_CLIENT_ID: clientId,
    OIDC_CLIENT_SECRET: "",
    OIDC_SCOPES: config.desk.scopes.join(" "),
    OIDC_GROUPS_CLAIM: config.desk.groupsClaim,
  };
  for (const contract of contracts) mustHold(contract.name, contract.Environment, values);
  return values;
}

export const webhooksSecret = `${config.name}/webhooks`;
export const keysSecret = `${config.name}/keys`;

/** A contract with a variable that isn't set here fails at the start, not at the first invocation. */
function mustHold(name: string, schema: z.ZodType, values: Record<string, string>): void {
  const parsed = schema.safeParse(values);
  if (parsed.success) return;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join(".")} (${issue.message})`).join(", ");
  throw new Error(`local/host/functions.ts does not give ${name} the environment its contract asks for: ${faults}`);
}
