import { randomBytes } from "node:crypto";
import { dynamoArticles } from "#adapters/dynamo/articles/articles.ts";
import { dynamoSources } from "#adapters/dynamo/articles/sources.ts";
import { dynamoSubscribers } from "#adapters/dynamo/audience/subscribers.ts";
import { dynamoWarmUps } from "#adapters/dynamo/audience/warm-ups.ts";
import { dynamoLedger } from "#adapters/dynamo/delivery/ledger.ts";
import { dynamoAudit } from "#adapters/dynamo/desk/audit.ts";
import { dynamoTestMails } from "#adapters/dynamo/desk/test-mails.ts";
import { dynamoEditions } from "#adapters/dynamo/editions/editions.ts";
import { dynamoNotices } from "#adapters/dynamo/editions/notices.ts";
import { dynamoWorth } from "#adapters/dynamo/editions/worth.ts";
import type { Table } from "#adapters/dynamo/table.ts";
import { readMime } from "#adapters/email-reading/mime.ts";
import { fetchGuard } from "#adapters/fetch/guard.ts";
import { readRepositoryFile } from "#adapters/files/repository.ts";
import type { SqsDeadLetters } from "#adapters/sqs/dead-letters.ts";
import { config } from "#broadsheet.config.ts";
import { calendarsOf } from "#domain/config/calendars.ts";
import type { EditionKey } from "#domain/edition/edition.ts";
import { newsletterLanguage } from "#domain/language.ts";
import { fault } from "#domain/outcome.ts";
import { toInstant } from "#domain/time/instant.ts";
import type { CheckPorts } from "#usecases/editions/check/check.ts";
import { pictureKeeper } from "#usecases/editions/making/picture.ts";
import { notifyEditors } from "#usecases/notify-editors.ts";
import { once } from "#usecases/once.ts";
import type { Log, NoteSecurity } from "#usecases/ports/services.ts";
import { AssembleResponse } from "../assemble/contract.ts";
import { DispatchResponse } from "../dispatch/contract.ts";
import { IngestResponse } from "../ingest/contract.ts";
import { PictureResponse } from "../pictures/contract.ts";
import type { EditorialPorts } from "./editorial-table.ts";
import type { EditorialEnvironment } from "./environment.ts";

const now = () => toInstant(Date.now());
const newSecret = () => randomBytes(24).toString("hex");

/**
 * Adapters for commands about editions and sources; `desk-command` opens the same. The table is opened at once, because
 * each command reads it; SES, Lambda, the queues and the web are opened at first use.
 */
export function openEditorial(store: Table, environment: EditorialEnvironment, log: Pick<Log, "warn">) {
  const origins = [...config.allowOrigins, ...environment.ALLOW_ORIGINS];
  const subscribers = dynamoSubscribers(store);
  const ledger = dynamoLedger(store);
  const ses = once(() => openSes(environment.CONFIGURATION_SET));
  const sendOne: EditorialPorts["sendOne"] = async (mail) => (await ses()).sendOne(mail);
  const { keepPicture, ...others } = openInvocations(environment);
  const making = {
    config: { ...config, delivery: environment.DELIVERY_SETTINGS ?? config.delivery },
    siteUrl: environment.SITE_URL,
    now,
    editions: dynamoEditions(store),
    articles: dynamoArticles(store),
    sources: dynamoSources(store),
    sender: ledger.sender,
    htmlReader: async () => (await import("#adapters/email-reading/html.ts")).readHtml,
    readMime,
    links: openLinks(origins),
    keepPicture,
  };
  return {
    ...making,
    ...others,
    ...openDeadLetters(environment),
    calendar: calendarsOf(config, readRepositoryFile),
    check: async (request) => (await import("#usecases/editions/check/check.ts")).check(making, request),
    build: async (request) => (await import("#usecases/editions/making/build.ts")).build(making, request),
    ledger,
    notices: dynamoNotices(store),
    audit: dynamoAudit(store),
    updatePublished: openPublished(store, making.editions),
    subscribers: { count: subscribers.count, audienceDays: subscribers.audienceDays },
    anySubscriber: async (newsletter) => (await subscribers.count(newsletter)) > 0,
    whyNotFetched: fetchGuard(origins),
    senderVerified: async (address) => (await ses()).senderVerified(address),
    sendOne,
    testMails: dynamoTestMails(store),
    worth: dynamoWorth(store),
    warmUps: dynamoWarmUps(store),
    newSecret,
    noteSecurity: securityLog(log),
    notifyEditors: notifyEditors(config.newsletters, sendOne),
  } satisfies EditorialPorts;
}

/** One alarm watches for these lines (infra/monitoring/alarm.ts). */
const securityLog =
  (log: Pick<Log, "warn">): NoteSecurity =>
  ({ kind, about }) =>
    log.warn("security event", { security: kind, ...about });

function openPublished(store: Table, editions: ReturnType<typeof dynamoEditions>) {
  const languageOf = (newsletter: string) => newsletterLanguage(config, newsletter);
  return async (key: EditionKey) => {
    const { dynamoArchive } = await import("#adapters/dynamo/editions/archive.ts");
    const { updatePublished } = await import("#usecases/editions/publishing/publish.ts");
    return updatePublished({ editions, archive: dynamoArchive(store), now, languageOf }, key);
  };
}

async function openSes(configurationSet: string) {
  const { sesIdentities, sesOne } = await import("#adapters/ses/one.ts");
  return { sendOne: sesOne(configurationSet), senderVerified: sesIdentities() };
}

function openLinks(allowOrigins: readonly string[]): CheckPorts["links"] {
  const trier = once(async () => (await import("#adapters/fetch/link.ts")).linkTrier({ allowOrigins }));
  return { tryLink: async (...link) => (await trier())(...link) };
}

/** Other functions. */
function openInvocations({
  PICTURES_FUNCTION,
  INGEST_FUNCTION,
  ASSEMBLE_FUNCTION,
  DISPATCH_FUNCTION,
}: EditorialEnvironment) {
  const invoker = once(async () => (await import("#adapters/invoke/lambda.ts")).lambdaInvoke());
  const invoke = async (name: string, request: object) => (await invoker())(name, request);
  const copyPicture = async (request: object) => PictureResponse.parse(await invoke(PICTURES_FUNCTION, request));
  return {
    keepPicture: pictureKeeper(PICTURES_FUNCTION === "" ? undefined : copyPicture, now),
    fetchPage: async (page: string) => {
      const answer = IngestResponse.parse(await invoke(INGEST_FUNCTION, { page }));
      return answer.page ?? fault("internal", "The function that fetches pages doesn't know how yet. Deploy again.");
    },
    ingest: async (request: object) => IngestResponse.parse(await invoke(INGEST_FUNCTION, request)),
    makeScheduled: async (due: object) => AssembleResponse.parse(await invoke(ASSEMBLE_FUNCTION, due)),
    dispatch: async (key: EditionKey) => DispatchResponse.parse(await invoke(DISPATCH_FUNCTION, key)),
  };
}

function openDeadLetters(environment: EditorialEnvironment): Pick<EditorialPorts, "dead" | "putBack"> {
  const queues = once(() => import("#adapters/sqs/dead-letters.ts"));
  const deadLetters = (url: string) => {
    const queue = once(async () => (await queues()).sqsDeadLetters(url));
    return {
      count: async () => (await queue()).count(),
      look: async (most: number) => (await queue()).look(most),
      empty: async (...taking: Parameters<SqsDeadLetters["empty"]>) => (await queue()).empty(...taking),
    };
  };
  const putBack = (url: string) => {
    const put = once(async () => (await queues()).sqsPutBack(url));
    return async (body: string) => (await put())(body);
  };
  return {
    dead: {
      kicks: deadLetters(environment.KICKS_DEAD_QUEUE_URL),
      feedback: deadLetters(environment.FEEDBACK_DEAD_QUEUE_URL),
      clock: deadLetters(environment.CLOCK_DEAD_QUEUE_URL),
    },
    putBack: { kicks: putBack(environment.KICKS_QUEUE_URL), feedback: putBack(environment.FEEDBACK_QUEUE_URL) },
  };
}
