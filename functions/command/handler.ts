import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Logger } from "@aws-lambda-powertools/logger";
import { dynamoArchive } from "#adapters/dynamo/archive.ts";
import { dynamoArticles } from "#adapters/dynamo/articles.ts";
import { dynamoAudit } from "#adapters/dynamo/audit.ts";
import { dynamoConsent } from "#adapters/dynamo/consent.ts";
import { dynamoEditions } from "#adapters/dynamo/editions.ts";
import { dynamoLedger } from "#adapters/dynamo/ledger.ts";
import { dynamoNotices } from "#adapters/dynamo/notices.ts";
import { dynamoPushKeys } from "#adapters/dynamo/push.ts";
import { dynamoSessions } from "#adapters/dynamo/sessions.ts";
import { dynamoSources } from "#adapters/dynamo/sources.ts";
import { dynamoErasure, dynamoSubscribers } from "#adapters/dynamo/subscribers.ts";
import { openTable, type Table } from "#adapters/dynamo/table.ts";
import { dynamoTestMails } from "#adapters/dynamo/test-mails.ts";
import { dynamoWorth } from "#adapters/dynamo/worth.ts";
import { readHtml } from "#adapters/email-reading/html.ts";
import { readMime } from "#adapters/email-reading/mime.ts";
import { allowedOrigins, guardUrl } from "#adapters/fetch/guard.ts";
import { linkTrier } from "#adapters/fetch/link.ts";
import { readRepositoryFile } from "#adapters/files/repository.ts";
import { lambdaInvoke } from "#adapters/invoke/lambda.ts";
import { loadKeys, secretKeys } from "#adapters/keys/secrets-manager.ts";
import { sesIdentities, sesOne } from "#adapters/ses/one.ts";
import { sesUnsuppress } from "#adapters/ses/suppression.ts";
import { sqsDeadLetters, sqsPutBack } from "#adapters/sqs/dead-letters.ts";
import { sqsRequests } from "#adapters/sqs/requests.ts";
import { config } from "#broadsheet.config.ts";
import { calendarsOf } from "#domain/config/calendars.ts";
import { newsletterLanguage } from "#domain/config.ts";
import { fault } from "#domain/outcome.ts";
import { toInstant } from "#domain/time/instant.ts";
import { check } from "#usecases/editions/check/check.ts";
import { build } from "#usecases/editions/making/build.ts";
import { pictureKeeper } from "#usecases/editions/making/picture.ts";
import { updatePublished } from "#usecases/editions/publish.ts";
import { notifyEditors } from "#usecases/notify-editors.ts";
import type { NoteSecurity } from "#usecases/ports/services.ts";
import { AssembleResponse } from "../assemble/contract.ts";
import { DispatchResponse } from "../dispatch/contract.ts";
import { IngestResponse } from "../ingest/contract.ts";
import { PictureResponse } from "../pictures/contract.ts";
import { type Answer, answer, type Command } from "./answer.ts";
import { type EditorialEnvironment, Environment, name } from "./contract.ts";
import type { EditorialPorts } from "./editorial-table.ts";
import { commandTable } from "./table.ts";

const logger = new Logger({ serviceName: name });
/** Milliseconds in which links are tried, all of an edition's together. */
const LINKS_TIMEOUT = 20_000;
let table: Record<string, Command> | undefined;

const newSecret = () => randomBytes(24).toString("hex");

/** One alarm watches for these lines (infra/alarm.ts). */
const noteSecurity: NoteSecurity = ({ kind, about }) => logger.warn("security event", { security: kind, ...about });

/** Adapters are opened at the first call, so importing this costs nothing. */
function open(): Record<string, Command> {
  const environment = Environment.parse(process.env);
  const store = openTable(environment.TABLE_NAME);
  const subscribers = dynamoSubscribers(store);
  return commandTable({
    ...openEditorial(store, environment),
    pushKeys: dynamoPushKeys(store),
    subscribers: { ...subscribers, ...dynamoErasure(store) },
    consent: dynamoConsent(store),
    requests: sqsRequests(environment.REQUESTS_QUEUE_URL),
    anySubscriber: subscribers.anyActive,
    unsuppress: sesUnsuppress(),
    pause: (milliseconds) => sleep(milliseconds),
    keys: () => loadKeys(environment.KEYS_SECRET),
    sessions: dynamoSessions(store),
    secretKeys: secretKeys(environment.KEYS_SECRET),
  });
}

/** What commands about editions and sources need; `desk-command` opens the same. */
export function openEditorial(store: Table, environment: EditorialEnvironment) {
  const invoke = lambdaInvoke();
  const now = () => toInstant(Date.now());
  const origins = [...config.allowOrigins, ...environment.ALLOW_ORIGINS.split(",").filter(Boolean)];
  const allowed = allowedOrigins(origins);
  const subscribers = dynamoSubscribers(store);
  const ledger = dynamoLedger(store);
  const sendOne = sesOne(environment.CONFIGURATION_SET);
  const making = {
    config: { ...config, delivery: environment.DELIVERY_SETTINGS ?? config.delivery },
    siteUrl: environment.SITE_URL,
    now,
    editions: dynamoEditions(store),
    articles: dynamoArticles(store),
    sources: dynamoSources(store),
    sender: ledger.sender,
    readHtml,
    readMime,
    links: { tryLink: linkTrier({ allowOrigins: origins }), timeout: LINKS_TIMEOUT },
    keepPicture: pictureKeeper(
      environment.PICTURES_FUNCTION === ""
        ? undefined
        : async (request) => PictureResponse.parse(await invoke(environment.PICTURES_FUNCTION, request)),
      now,
    ),
  };
  return {
    ...making,
    calendar: calendarsOf(config, readRepositoryFile),
    check: (request) => check(making, request),
    build: (request) => build(making, request),
    ledger,
    notices: dynamoNotices(store),
    audit: dynamoAudit(store),
    updatePublished: (key) =>
      updatePublished(
        {
          editions: making.editions,
          archive: dynamoArchive(store),
          now,
          languageOf: (newsletter) => newsletterLanguage(config, newsletter),
        },
        key,
      ),
    subscribers: { count: subscribers.count, audienceDays: subscribers.audienceDays },
    anySubscriber: async (newsletter) => (await subscribers.count(newsletter)) > 0,
    whyNotFetched: (url) => {
      const guarded = guardUrl(url, allowed);
      return "refused" in guarded ? guarded.refused : null;
    },
    senderVerified: sesIdentities(),
    sendOne,
    testMails: dynamoTestMails(store),
    worth: dynamoWorth(store),
    newSecret,
    noteSecurity,
    notifyEditors: notifyEditors(config.newsletters, sendOne),
    dead: {
      kicks: sqsDeadLetters(environment.KICKS_DEAD_QUEUE_URL),
      feedback: sqsDeadLetters(environment.FEEDBACK_DEAD_QUEUE_URL),
      clock: sqsDeadLetters(environment.CLOCK_DEAD_QUEUE_URL),
    },
    putBack: {
      kicks: sqsPutBack(environment.KICKS_QUEUE_URL),
      feedback: sqsPutBack(environment.FEEDBACK_QUEUE_URL),
    },
    fetchPage: async (page) => {
      const answer = IngestResponse.parse(await invoke(environment.INGEST_FUNCTION, { page }));
      return answer.page ?? fault("internal", "The function that fetches pages doesn't know how yet. Deploy again.");
    },
    ingest: async (request) => IngestResponse.parse(await invoke(environment.INGEST_FUNCTION, request)),
    makeScheduled: async (due) => AssembleResponse.parse(await invoke(environment.ASSEMBLE_FUNCTION, due)),
    dispatch: async (key) => DispatchResponse.parse(await invoke(environment.DISPATCH_FUNCTION, key)),
  } satisfies EditorialPorts;
}

export async function handler(event: unknown): Promise<Answer> {
  table ??= open();
  return answer(table, event, (message, error) => logger.error(message, { error }));
}
