import { describe, expect, test } from "vitest";
import { toInstant } from "#domain/time/instant.ts";
import type { SendPorts } from "#usecases/delivery/send/ports.ts";
import { send } from "#usecases/delivery/send/send.ts";
import { config } from "../../../testing/delivery/delivery-system.ts";
import { addresses, open, type System, start } from "../../../testing/delivery/virtual-sender.ts";

/** Calls of the sender that get no answer, of every kind, in virtual time. */

const READERS = 600;
const MINUTE = 60_000;
/** As long as the table's adapter waits in all. */
const GIVEN_UP_MS = 12_500;
const never = () => new Promise<never>(() => undefined);

type Call = (...args: never[]) => Promise<unknown>;

/** The port's method, replaced for some of its calls. */
function instead(
  app: System,
  name: string,
  hangs: (nth: number) => boolean,
  hang: () => Promise<never>,
): Partial<SendPorts> {
  let calls = 0;
  const replaced =
    (own: Call): Call =>
    (...args) => {
      calls += 1;
      return hangs(calls) ? hang() : own(...args);
    };
  const [port = "", method] = name.split(".");
  const whole: object = Reflect.get(app.ports, port);
  if (method === undefined) return { [port]: replaced(Reflect.get(app.ports, port)) };
  const bound = async (...args: never[]) => Reflect.apply(Reflect.get(whole, method), whole, args);
  return { [port]: { ...whole, [method]: replaced(bound) } };
}

const kinds = [
  "editions.get",
  "editions.update",
  "editions.revision",
  "ledger.pointers",
  "ledger.groups",
  "ledger.batches",
  "ledger.startGroup",
  "ledger.saveBatch",
  "ledger.closeGroup",
  "ledger.keepSender",
  "subscribers.getMany",
  "ses.account",
];

describe.each(kinds)("a call of %s that gets no answer", (name) => {
  // The later ones fall into the middle of a run.
  test.each([1, 2, 7])("(%d.) costs a minute at most, and no reader is affected", async (nth) => {
    const app = open({ rate: 500 });
    await app.frozen(READERS);
    const unanswered = () => app.time.sleep(GIVEN_UP_MS).then(() => Promise.reject(new Error("no answer")));
    const run = send({ ...app.ports, ...instead(app, name, (call) => call === nth, unanswered) }, config.delivery);
    // A look for work that fails fails the run; watch kicks another.
    await app.until(run.catch(() => undefined));
    await app.run();
    expect(app.time.now() - start).toBeLessThan(MINUTE);
    await app.look();
    expect([await app.state(), app.mailed()]).toEqual(["finished", addresses(READERS)]);
  });

  test("never ends: the run does", async () => {
    const app = open({ rate: 500 });
    await app.frozen(READERS);
    // The very first look is before the run: the adapter's limit and Lambda's end it.
    const hangs = (call: number) => call > (name === "ledger.pointers" ? 1 : 0);
    const run = send({ ...app.ports, ...instead(app, name, hangs, never) }, config.delivery);
    expect(await app.until(run, 12 * MINUTE)).toBeDefined();
    if (name !== "ledger.keepSender") expect((await app.ledger.sender())?.until).toBe(toInstant(0));
    const departed = app.departures.length;
    await app.until(app.time.sleep(MINUTE));
    expect(app.departures).toHaveLength(departed);
  });
});

test("a sender whose loop hangs gives its lease back within two minutes, and sends nothing after that", async () => {
  const app = open({ rate: 50 });
  await app.frozen(500);
  let answer: () => void = () => undefined;
  const hung = new Promise<void>((resolve) => {
    answer = resolve;
  });
  let looks = 0;
  const pointers: SendPorts["ledger"]["pointers"] = async () => {
    looks += 1;
    if (looks === 3) await hung;
    return app.ledger.pointers();
  };
  const report = await app.run({ ledger: { ...app.ports.ledger, pointers } });
  expect(report).toMatchObject({ end: "stalled", kicked: true });
  expect(app.time.now() - start).toBeLessThan(2 * MINUTE);
  expect(app.alarms).toContain("the sender hung in a call for a minute and is started again");
  const departed = app.departures.length;
  answer();
  await app.until(app.time.sleep(MINUTE));
  expect(app.departures).toHaveLength(departed);
  await app.run();
  expect(app.mailed()).toEqual(addresses(500));
});

describe("while renewals of the lease hang", () => {
  const hanging = (app: System, from: number, to: number): Partial<SendPorts> => ({
    ledger: {
      ...app.ports.ledger,
      keepSender: (next) =>
        app.time.now() >= start + from && app.time.now() < start + to ? never() : app.ledger.keepSender(next),
    },
  });

  test("no batch is claimed that the gate would refuse", async () => {
    const app = open({ rate: 50 });
    await app.frozen(READERS);
    let claims = 0;
    const { ledger } = hanging(app, 5_000, 10 * MINUTE);
    const saveBatch: SendPorts["ledger"]["saveBatch"] = (batch, only) => {
      if (batch.state === "calling") claims += 1;
      return app.ledger.saveBatch(batch, only);
    };
    await app.run({ ledger: { ...app.ports.ledger, ...ledger, saveBatch } }, { ...config.delivery, runSeconds: 120 });
    expect(app.departures.length).toBeGreaterThan(5);
    // Those that were claimed in the very moment may still come too late.
    expect(claims - app.departures.length).toBeLessThan(3);
  });

  test("it continues as soon as one is answered", async () => {
    const app = open({ rate: 50 });
    await app.frozen(READERS);
    await app.run(hanging(app, 5_000, 30_000));
    expect(app.mailed()).toEqual(addresses(READERS));
    const gap = app.departures.slice(1).map(({ at }, n) => at - (app.departures[n]?.at ?? at));
    expect(Math.max(...gap)).toBeLessThan(25_000);
  });
});

test("an unanswered GetAccount delays no call and no record", async () => {
  const app = open({ rate: 50 });
  await app.frozen(500);
  let asked = 0;
  const account: SendPorts["ses"]["account"] = () => {
    asked += 1;
    return asked === 1 ? app.ports.ses.account() : never();
  };
  let throttled = 0;
  const sendBulk: SendPorts["ses"]["sendBulk"] = async (call, gate) => {
    const answer = await app.ports.ses.sendBulk(call, gate);
    if (answer.is !== "results" || throttled > 0) return answer;
    throttled += 1;
    app.departures.pop();
    return { is: "error", status: 429, code: "TooManyRequestsException", message: "Maximum sending rate exceeded." };
  };
  expect(await app.run({ ses: { account, sendBulk } })).toMatchObject({ end: "idle" });
  expect(asked).toBeGreaterThan(1);
  expect(app.mailed()).toEqual(addresses(500));
  expect(app.time.now() - start).toBeLessThan(MINUTE);
});
