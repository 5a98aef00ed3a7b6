import { randomBytes } from "node:crypto";
import { Logger } from "@aws-lambda-powertools/logger";
import { dynamoPresence } from "#adapters/dynamo/desk/presence.ts";
import { dynamoSessions } from "#adapters/dynamo/desk/sessions.ts";
import { openTable } from "#adapters/dynamo/table.ts";
import { lambdaInvoke } from "#adapters/invoke/lambda.ts";
import { loadKeys, loadText } from "#adapters/keys/secrets-manager.ts";
import { openIdProvider } from "#adapters/oidc/provider.ts";
import { config } from "#broadsheet.config.ts";
import { limitKey } from "#domain/audience/limits/client-address.ts";
import { tokenBuckets } from "#domain/audience/limits/token-buckets.ts";
import { toInstant } from "#domain/time/instant.ts";
import { guardedApp } from "./access/guarded-app.ts";
import { deskApp } from "./app.ts";
import { commandRunner } from "./ask.ts";
import { Environment, limits, name, paths } from "./contract.ts";

const logger = new Logger({ serviceName: name });

export function open() {
  const environment = Environment.parse(process.env);
  const invoke = lambdaInvoke();
  const desk = deskApp({
    newsletters: Object.entries(config.newsletters).map(([name, { title, language }]) => ({ name, title, language })),
    now: () => toInstant(Date.now()),
    presence: dynamoPresence(openTable(environment.TABLE_NAME)),
    runCommand: commandRunner((request) => invoke(environment.COMMAND_FUNCTION, request)),
  });
  const strangers = tokenBuckets(limits.strangers);
  const secret = environment.OIDC_CLIENT_SECRET;
  const ports = {
    siteUrl: environment.SITE_URL,
    now: Date.now,
    newSecret: () => randomBytes(32).toString("base64url"),
    keys: () => loadKeys(environment.KEYS_SECRET),
    people: config.desk.people,
    passkeysUrl: environment.PASSKEYS_URL,
    sessions: dynamoSessions(openTable(environment.TABLE_NAME)),
    provider: openIdProvider({
      issuer: environment.OIDC_ISSUER,
      clientId: environment.OIDC_CLIENT_ID,
      clientSecret: async () => (secret === "" ? undefined : loadText(secret)),
      scopes: environment.OIDC_SCOPES.split(" "),
      groupsClaim: environment.OIDC_GROUPS_CLAIM,
      signedOutUri: new URL(paths.signedOut, environment.SITE_URL).href,
    }),
    allowClient: (address: string) => strangers.take(limitKey(address), Date.now()) === 0,
    newReference: () => randomBytes(4).toString("hex"),
    note: (message: string, about: Record<string, string>) => logger.warn(message, about),
    log: (reference: string, error: unknown) => logger.error("a page failed", { reference, error }),
  };
  return { app: guardedApp(ports, desk), originSecret: environment.ORIGIN_SECRET };
}
