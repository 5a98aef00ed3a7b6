import { Logger } from "@aws-lambda-powertools/logger";
import { embeddedMetrics } from "#adapters/aws/embedded-metrics.ts";
import { dynamoSubscribers } from "#adapters/dynamo/audience/subscribers.ts";
import { dynamoLedger } from "#adapters/dynamo/delivery/ledger.ts";
import { dynamoEditions } from "#adapters/dynamo/editions/editions.ts";
import { dynamoNotices } from "#adapters/dynamo/editions/notices.ts";
import { dynamoSchedule } from "#adapters/dynamo/editions/schedule.ts";
import { openTable } from "#adapters/dynamo/table.ts";
import { readRepositoryFile } from "#adapters/files/repository.ts";
import { lambdaInvoke, lambdaStart } from "#adapters/invoke/lambda.ts";
import { sesOne } from "#adapters/ses/one.ts";
import { sqsBacklog } from "#adapters/sqs/backlog.ts";
import { sqsKick } from "#adapters/sqs/kick.ts";
import { sqsNotices } from "#adapters/sqs/notices.ts";
import { config } from "#broadsheet.config.ts";
import { calendarsOf } from "#domain/config/calendars.ts";
import type { Edition } from "#domain/edition/edition.ts";
import { toInstant } from "#domain/time/instant.ts";
import { leaveHeartbeat } from "#usecases/notices/leave-heartbeat.ts";
import { notifyEditors } from "#usecases/notify-editors.ts";
import type { DispatchRequest } from "../dispatch/contract.ts";
import { Environment, name } from "./contract.ts";

export function open() {
  const environment = Environment.parse(process.env);
  const table = openTable(environment.TABLE_NAME);
  const invoke = lambdaInvoke();
  const start = lambdaStart();
  const now = () => toInstant(Date.now());
  const log = new Logger({ serviceName: name });
  const notify = notifyEditors(config.newsletters, sesOne(environment.CONFIGURATION_SET));
  const schedule = {
    config,
    calendar: calendarsOf(config, readRepositoryFile),
    schedule: dynamoSchedule(table),
    startStep: (step: object) => start(environment.ASSEMBLE_FUNCTION, { do: "scheduled", ...step }),
    now,
    log,
  };
  const [editions, ledger] = [dynamoEditions(table), dynamoLedger(table)];
  const settings = environment.DELIVERY_SETTINGS ?? config.delivery;
  const { NOTICES_QUEUE_URL: queueUrl } = environment;
  const notices = {
    config,
    delivery: settings,
    schedule: schedule.schedule,
    editions,
    ledger,
    notices: dynamoNotices(table),
    enqueue: queueUrl ? sqsNotices(queueUrl) : undefined,
    now,
    log,
    metrics: embeddedMetrics(`Broadsheet/${config.name}`),
  };
  const delivery = {
    editions,
    ledger,
    dispatch: async (request: DispatchRequest) => {
      await invoke(environment.DISPATCH_FUNCTION, request);
    },
    kick: sqsKick(environment.KICKS_QUEUE_URL),
    backlog: sqsBacklog(environment.FEEDBACK_QUEUE_URL, environment.FEEDBACK_DEAD_QUEUE_URL),
    settings,
    leaveHeartbeat: (edition: Edition) => leaveHeartbeat(notices, edition),
    notify,
    now,
    log,
  };
  const expected = {
    newsletters: config.newsletters,
    calendarOf: schedule.calendar,
    editions,
    subscribers: dynamoSubscribers(table),
    notify,
    now,
    log,
    reached: new Set<string>(),
  };
  return { schedule, delivery, expected, notices };
}
