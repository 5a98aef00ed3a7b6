import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import * as z from "zod";
import { dynamoSchedule } from "#adapters/dynamo/editions/schedule.ts";
import { memoryNotices } from "#adapters/memory/editions/notices.ts";
import { calendarsOf } from "#domain/config/calendars.ts";
import { type Config, type ConfigInput, defineConfig } from "#domain/config.ts";
import { Board } from "#domain/edition/views/board.ts";
import { boardBody } from "#functions/desk/office/board.ts";
import { createInvoker } from "#local/host/invoker.ts";
import { type QueuesPart, startQueues } from "#local/queues/start.ts";
import { type RunningSes, startSes } from "#local/ses/start.ts";
import { planEdition } from "#usecases/editions/sending/plan.ts";
import { showBoard } from "#usecases/editions/showing/board.ts";
import { showCalendar } from "#usecases/editions/showing/show-calendar.ts";
import { startTable, type TestTable } from "../../testing/aws/dynalite.ts";
import { type ClockChange, clockChanges, missingDate } from "../../testing/clock-changes.ts";
import { setting } from "../../testing/command-setting.ts";

/**
 * One table of dates on which clocks change, seen by everyone who asks when an edition is due: the calendar, `plan`, the
 * desk, the local host and the function that Scheduler wakes in AWS.
 */

const configured = vi.hoisted(() => ({ config: { newsletters: {} as Record<string, unknown> } }));
vi.mock("#broadsheet.config.ts", () => configured);

const newsletter = ({ zone, sendAt }: Pick<ClockChange, "zone" | "sendAt">): ConfigInput["newsletters"][string] => ({
  ...{ title: "The Daily", from: { name: "The Daily", address: "daily@news.example" }, postalAddress: "1 Street" },
  ...{ timeZone: zone, sendAt },
});
const configOf = (name: string, of: Pick<ClockChange, "zone" | "sendAt">): Config =>
  defineConfig({ newsletters: { [name]: newsletter(of) } });

const minutesFrom = (at: string, minutes: number) => new Date(Date.parse(at) + minutes * 60_000).toISOString();
const HOURS = 60;

/** What editors see. */
function deskOf(config: Config, now: string) {
  const ports = setting();
  return { ...ports, config, calendar: calendarsOf(config, () => ""), now: () => now, notices: memoryNotices() };
}

describe.each(clockChanges)("$kind in $zone at $sendAt on $date", (of) => {
  const { zone, date, dueAt, local } = of;
  const now = minutesFrom(dueAt, -3 * HOURS);
  const ports = deskOf(configOf("daily", of), now);

  test("the calendar has one edition at one instant", async () => {
    const shown = await showCalendar(ports, { newsletter: "daily", from: date, days: 1 });
    expect(shown).toMatchObject({
      value: { days: [{ date, dueAt, local, skipped: false, note: expect.stringContaining(zone) }] },
    });
  });

  test("plan says the same, and that clocks change", async () => {
    const plan = await planEdition(ports, { newsletter: "daily", date, second: false, now: false });
    expect(plan).toMatchObject({ value: { date, due: { at: dueAt, note: expect.stringContaining(zone) } } });
  });

  test("the desk shows it once, at that instant", async () => {
    const board = await showBoard(ports);
    const shown = Board.parse(board.ok && board.value);
    expect(boardBody(shown, now).markup.split(`datetime="${dueAt}"`)).toHaveLength(2);
    const days = shown.newsletters.flatMap(({ next }) => next.map(({ plan }) => [plan.date, plan.outlook.at]));
    expect(days.filter(([day]) => day === date)).toEqual([[date, dueAt]]);
  });
});

describe("the function that the clock wakes", () => {
  let server: TestTable;
  let ses: RunningSes;
  let queues: QueuesPart;
  let lambda: { server: Server; url: string; steps: Step[] };
  const Invoked = z.object({ newsletter: z.string(), date: z.string(), scheduledFor: z.string(), step: z.string() });
  type Step = z.infer<typeof Invoked> & { at: string };

  /** Lambda's Invoke, as watch asks it to start assemble; what is due is then done, as assemble marks it. */
  async function startLambda() {
    const steps: Step[] = [];
    const http = createServer(async (request, response) => {
      let body = "";
      for await (const part of request) body += part;
      const step = { ...Invoked.parse(JSON.parse(body)), at: new Date().toISOString() };
      steps.push(step);
      if (step.step === "due") await dynamoSchedule(server.table).markScheduledDone(step, step.at);
      response.statusCode = 202;
      response.end();
    });
    await new Promise<void>((ready) => http.listen(0, "127.0.0.1", ready));
    const address = http.address();
    return { server: http, url: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`, steps };
  }

  beforeAll(async () => {
    [server, ses, queues, lambda] = await Promise.all([
      startTable(),
      startSes({ port: 0 }),
      startQueues({ port: 0 }),
      startLambda(),
    ]);
    const environment = {
      ...{ AWS_ENDPOINT_URL_DYNAMODB: server.endpoint, AWS_ENDPOINT_URL_SESV2: ses.url },
      ...{ AWS_ENDPOINT_URL_SQS: queues.url, AWS_ENDPOINT_URL_LAMBDA: lambda.url },
      ...{ AWS_REGION: "us-east-1", AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" },
      ...{ TABLE_NAME: server.table.name, KICKS_QUEUE_URL: queues.queues.kicks, CONFIGURATION_SET: "broadsheet" },
      ...{ FEEDBACK_QUEUE_URL: queues.queues.feedback, FEEDBACK_DEAD_QUEUE_URL: queues.queues.feedbackDead },
      ...{ DISPATCH_FUNCTION: "broadsheet-dispatch", ASSEMBLE_FUNCTION: "broadsheet-assemble" },
      POWERTOOLS_LOG_LEVEL: "SILENT",
    };
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    Object.assign(
      configured.config,
      defineConfig({ newsletters: { none: newsletter({ zone: "UTC", sendAt: "07:00" }) } }),
    );
    vi.useFakeTimers({ toFake: ["Date"] });
  });
  afterAll(async () => {
    vi.useRealTimers();
    vi.unstubAllEnvs();
    lambda.server.close();
    await Promise.all([server.close(), ses.close(), queues.close()]);
  });
  beforeEach(() => void lambda.steps.splice(0));

  /** Hours of the day before and after, and each minute where the clock must ring and where it must not. */
  function instantsOf({ dueAt, wrong }: Pick<ClockChange, "dueAt" | "wrong">): string[] {
    const hours = [-20, -11, -5, -1, 1, 3, 5, 14].map((hour) => minutesFrom(dueAt, hour * HOURS - 10));
    const minutes = [dueAt, wrong].flatMap((at) => [-1, 0, 1, 2].map((minute) => minutesFrom(at, minute)));
    return [...new Set([...hours, ...minutes])].toSorted();
  }

  async function follow(name: string, of: ClockChange, wake: () => Promise<unknown>) {
    configured.config.newsletters = { [name]: configOf(name, of).newsletters[name] };
    for (const at of instantsOf(of)) {
      vi.setSystemTime(Date.parse(at));
      await wake();
    }
    return lambda.steps.filter(({ step, date }) => step === "due" && date === of.date);
  }

  const once = ({ date, dueAt }: ClockChange, name: string) => [
    { newsletter: name, date, scheduledFor: dueAt, step: "due", at: dueAt },
  ];
  const nameOf = ({ zone, kind }: ClockChange, where: string) =>
    `${zone.split("/")[1]?.toLowerCase().replace("_", "-")}-${kind}-${where}`;

  test.each(clockChanges)("makes one edition in AWS: $kind in $zone", { timeout: 60_000 }, async (of) => {
    const { handler } = await import("#functions/watch/handler.ts");
    const name = nameOf(of, "aws");
    expect(await follow(name, of, handler)).toEqual(once(of, name));
  });

  test.each(clockChanges)("makes one edition on the local host: $kind in $zone", { timeout: 60_000 }, async (of) => {
    const load = () => import("#functions/watch/handler.ts");
    const invoker = createInvoker({ functions: { "broadsheet-watch": { timeout: 60, load } }, log: () => undefined });
    const name = nameOf(of, "local");
    const wake = async () => {
      const { functionError } = await invoker.invoke("broadsheet-watch", {});
      expect(functionError).toBeNull();
    };
    expect(await follow(name, of, wake)).toEqual(once(of, name));
  });

  test("makes none for a date that does not exist", { timeout: 60_000 }, async () => {
    const { handler } = await import("#functions/watch/handler.ts");
    const of = { ...missingDate, sendAt: "07:00" };
    configured.config.newsletters = { apia: configOf("apia", of).newsletters.apia };
    for (let hour = 0; hour < 72; hour += 1) {
      vi.setSystemTime(Date.parse("2011-12-29T00:00:00Z") + hour * HOURS * 60_000);
      await handler();
    }
    const due = lambda.steps.filter(({ step }) => step === "due");
    expect(due.map(({ date, scheduledFor }) => [date, scheduledFor])).toEqual([
      ["2011-12-29", "2011-12-29T17:00:00.000Z"],
      ["2011-12-31", "2011-12-30T17:00:00.000Z"],
      ["2012-01-01", "2011-12-31T17:00:00.000Z"],
    ]);
  });
});

describe("a date that does not exist", () => {
  const { zone, date } = missingDate;
  const config = configOf("daily", { zone, sendAt: "07:00" });
  const ports = deskOf(config, "2011-12-27T20:00:00.000Z");
  const note = `${date} does not exist in ${zone}.`;

  test("is listed as skipped, with the reason", async () => {
    const shown = await showCalendar(ports, { newsletter: "daily", from: date, days: 1 });
    expect(shown).toMatchObject({ value: { days: [{ date, dueAt: null, local: null, note, skipped: true }] } });
  });

  test("has no time in plan", async () => {
    const plan = await planEdition(ports, { newsletter: "daily", date, second: false, now: false });
    expect(plan).toMatchObject({ value: { own: null, due: null } });
  });

  test("has no edition on the desk, which says why", async () => {
    const board = await showBoard(ports);
    const { markup } = boardBody(Board.parse(board.ok && board.value), ports.now());
    expect(markup).toContain(`<b>no edition</b> · <span>${note}</span>`);
  });
});
