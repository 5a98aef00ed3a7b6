import { Annotations, CfnOutput, Stack, type StackProps } from "aws-cdk-lib";
import { Construct } from "constructs";
import type { Config, Deployment } from "./deployment.ts";
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
import { askingAlarm, operatorTopic, securityAlarm, throttleAlarm } from "./monitoring/alarm.ts";
import { makeBudget } from "./monitoring/budget.ts";
import { makeDashboard } from "./monitoring/dashboard.ts";
import { makeMissed, makeSchedules } from "./schedules.ts";
import { makeTable } from "./table.ts";
import { hasFront, makeFront, makePicturesFront } from "./web/front.ts";

type BroadsheetProps = StackProps & { config: Config; emulator: boolean; allowOrigins: string };

const noOperator =
  "broadsheet.config.ts names no operator: when an alarm goes off, no one hears of it. Set operator to an address that is read.";

/** The website's API, the bucket of pictures, and the distribution in front of both. */
function makeWeb(scope: Construct, deployment: Deployment) {
  const api = makeApi(scope, deployment);
  // Named after what it held first: a distribution's address is in old mails, so it keeps its logical id.
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

/** The whole of one deployment, in the order in which an edition goes through it. */
export class BroadsheetStack extends Stack {
  constructor(scope: Construct, id: string, props: BroadsheetProps) {
    super(scope, id, props);
    const { config, emulator, allowOrigins } = props;
    const deployment: Deployment = { config, emulator, operator: operatorTopic(this, config) };
    if (config.operator === undefined) Annotations.of(this).addWarningV2("broadsheet:operator", noOperator);

    const table = makeTable(this);
    const keys = makeKeys(this, deployment);
    const mail = makeMail(this, deployment);
    const kickPair = makeKicks(this, deployment);
    const kicks = kickPair.queue;
    const missed = makeMissed(this, deployment);
    const { webApi, shelf } = makeWeb(this, deployment);
    const siteUrl = webApi.url;

    const ingest = makeIngest(this, deployment, { table, mail, allowOrigins });
    const dispatch = makeDispatch(this, deployment, { table, kicks });
    const pictures = shelf && makePictures(this, deployment, { allowOrigins, ...shelf });
    const assemble = makeAssemble(this, deployment, { table, mail, siteUrl, allowOrigins, pictures, dispatch, ingest });
    const send = makeSend(this, deployment, { table, keys, mail, siteUrl, kicks: kickPair });
    const feedback = makeFeedback(this, deployment, { table, keys, mail });
    const requestPair = makeRequestQueue(this, deployment);
    const requests = makeRequests(this, deployment, { table, keys, mail, siteUrl, queue: requestPair, kicks });
    makeInbound(this, deployment, requestPair.queue);
    makeSite(this, deployment, { table, keys, webApi, requests: requestPair, picturesUrl: shelf?.url });
    makePush(this, deployment, { table, keys, webApi });
    const notices = makeNoticeQueue(this, deployment);
    if (notices !== undefined) makeNotices(this, deployment, { table, siteUrl, allowOrigins, queue: notices });
    const woken = { mail, dispatch, assemble, notices };
    const watch = makeWatch(this, deployment, { table, kicks, feedback: mail.feedback, ...woken });
    const editorial = {
      ...{ table, mail, siteUrl, allowOrigins, ingest, assemble, dispatch, pictures },
      queues: { kicks: kickPair, feedback: mail.feedback, clockDead: missed.dead },
    };
    const command = makeCommand(this, deployment, { ...editorial, keys, requests: requestPair });
    const deskCommand = makeDeskCommand(this, deployment, editorial);
    const desk = makeDesk(this, deployment, { table, keys, webApi, command: deskCommand });
    securityAlarm(this, deployment, { desk, others: [command, deskCommand, ingest] });
    throttleAlarm(this, deployment);
    makeDashboard(this, deployment, { ingest, assemble, send, feedback, watch, events: mail.feedback.queue });
    makeBudget(this, config);
    askingAlarm(this, deployment, [dispatch, send, feedback, watch]);
    makeSchedules(deployment, missed, { assemble, ingest, requests, watch });

    this.output("SiteUrl", siteUrl, "The website that mails link to");
    this.output("CommandFunction", command.functionName, "Invoked by the command line and by hand");
    this.output("TableName", table.tableName, "Stays when the stack is destroyed");
    this.output("KeysSecret", keys.id, "Stays when the stack is destroyed");
    this.output(
      "NextSource",
      `npx --no-install broadsheet source add FEED-URL --stack ${config.name}`,
      "Then: a first source",
    );
    const [newsletter] = Object.keys(config.newsletters);
    this.output(
      "NextTest",
      `npx --no-install broadsheet edition test ${newsletter} --to YOU@EXAMPLE.ORG --stack ${config.name}`,
      "Then: a first mail, to yourself",
    );
  }

  private output(id: string, value: string, description: string): void {
    new CfnOutput(this, id, { value, description });
  }
}
