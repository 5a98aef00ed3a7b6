import { Construct } from "constructs";
import type { Deployment } from "./deployment.ts";
import { makeAssemble } from "./functions/assemble.ts";
import { makeCommand } from "./functions/command.ts";
import { makeDesk } from "./functions/desk.ts";
import { makeDeskCommand } from "./functions/desk-command.ts";
import { makeDispatch } from "./functions/dispatch.ts";
import { makeFeedback } from "./functions/feedback.ts";
import { makeIngest } from "./functions/ingest.ts";
import { makeNoticeQueue, makeNotices } from "./functions/notices.ts";
import { makePictures, makeShelf } from "./functions/pictures.ts";
import { makePush } from "./functions/push.ts";
import { makeRequestQueue, makeRequests } from "./functions/requests.ts";
import { makeKicks, makeSend } from "./functions/send.ts";
import { makeApi, makeSite, type WebApi } from "./functions/site.ts";
import { makeWatch } from "./functions/watch.ts";
import { makeKeys } from "./keys.ts";
import { makeInbound } from "./mail/inbound.ts";
import { makeMail } from "./mail/mail.ts";
import { askingAlarm, securityAlarm, throttleAlarm } from "./monitoring/alarm.ts";
import { makeBudget } from "./monitoring/budget.ts";
import { makeDashboard } from "./monitoring/dashboard.ts";
import { makeMissed, makeSchedules } from "./schedules.ts";
import { makeTable } from "./table.ts";
import { hasFront, makeFront, makePicturesFront } from "./web/front.ts";

/** The website's API, the bucket of pictures, and their distribution. */
function makeWeb(scope: Construct, deployment: Deployment) {
  const api = makeApi(scope, deployment);
  // Named after its first content; its address is in old emails, so the logical id must not change.
  const construct = new Construct(scope, "shelf");
  const shelf = deployment.config.pictures ? makeShelf(construct, deployment) : undefined;
  if (!hasFront(deployment)) {
    const distribution = shelf && makePicturesFront(construct, deployment, shelf.behavior);
    return {
      webApi: { ...api, environment: {} } satisfies WebApi,
      shelf: distribution && { bucket: shelf.bucket, url: `https://${distribution.distributionDomainName}` },
    };
  }
  const front = makeFront(construct, deployment, { api: api.api, pictures: shelf?.behavior });
  const { domain = front.distribution.distributionDomainName } = deployment.config.site;
  const url = `https://${domain}`;
  return {
    webApi: { ...api, url, environment: { ORIGIN_SECRET: front.originSecret } } satisfies WebApi,
    shelf: shelf && { bucket: shelf.bucket, url },
  };
}

/** A whole deployment, in the order of an edition's steps. */
export function makeSystem(scope: Construct, deployment: Deployment, allowOrigins: string) {
  const table = makeTable(scope, deployment.config);
  const keys = makeKeys(scope, deployment);
  const mail = makeMail(scope, deployment);
  const kickPair = makeKicks(scope, deployment);
  const kicks = kickPair.queue;
  const missed = makeMissed(scope, deployment);
  const { webApi, shelf } = makeWeb(scope, deployment);
  const siteUrl = webApi.url;

  const ingest = makeIngest(scope, deployment, { table, mail, allowOrigins });
  const dispatch = makeDispatch(scope, deployment, { table, kicks });
  const pictures = shelf && makePictures(scope, deployment, { allowOrigins, ...shelf });
  const assemble = makeAssemble(scope, deployment, { table, mail, siteUrl, allowOrigins, pictures, dispatch, ingest });
  const send = makeSend(scope, deployment, { table, keys, mail, siteUrl, kicks: kickPair });
  const feedback = makeFeedback(scope, deployment, { table, keys, mail });
  const requestPair = makeRequestQueue(scope, deployment);
  const requests = makeRequests(scope, deployment, { table, keys, mail, siteUrl, queue: requestPair, kicks });
  makeInbound(scope, deployment, requestPair.queue);
  makeSite(scope, deployment, { table, keys, webApi, requests: requestPair, picturesUrl: shelf?.url });
  makePush(scope, deployment, { table, keys, webApi });
  const notices = makeNoticeQueue(scope, deployment);
  if (notices !== undefined) makeNotices(scope, deployment, { table, siteUrl, allowOrigins, queue: notices });
  const woken = { mail, dispatch, assemble, notices };
  const watch = makeWatch(scope, deployment, { table, kicks, feedback: mail.feedback, ...woken });
  const editorial = {
    ...{ table, mail, siteUrl, allowOrigins, ingest, assemble, dispatch, pictures },
    queues: { kicks: kickPair, feedback: mail.feedback, clockDead: missed.dead },
  };
  const command = makeCommand(scope, deployment, { ...editorial, keys, requests: requestPair });
  const deskCommand = makeDeskCommand(scope, deployment, editorial);
  const desk = makeDesk(scope, deployment, { table, keys, webApi, command: deskCommand });
  securityAlarm(scope, deployment, { desk, others: [command, deskCommand, ingest] });
  throttleAlarm(scope, deployment);
  makeDashboard(scope, deployment, { ingest, assemble, send, feedback, watch, events: mail.feedback.queue });
  makeBudget(scope, deployment.config);
  askingAlarm(scope, deployment, [dispatch, send, feedback, watch]);
  makeSchedules(deployment, missed, { assemble, ingest, requests, watch });
  return { table, keys, siteUrl, command };
}
