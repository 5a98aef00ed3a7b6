import { describe, expect, test } from "vitest";
import { toInstant } from "#domain/time/instant.ts";
import type { SendPorts } from "#usecases/delivery/send/ports.ts";
import { send } from "#usecases/delivery/send/send.ts";
import { config } from "../../../testing/delivery-system.ts";
import { addresses, open, type System, start } from "../../../testing/virtual-sender.ts";

/** Calls of the sender that get no answer, of every kind, in virtual time. */

const READERS = 600;
const MINUTE = 60_000;
/** As long as the table's adapter waits in all. */
const GIVEN_UP_MS = 12_500;
const never = () => new Promise<never>(() => undefined);

type Call = (...args: never[]) => Promise<unknown>;

/** The port's method with another in its place for some of its calls. */
function instead(
  it: System,
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
  const whole: object = Reflect.get(it.ports, port);
  if (method === undefined) return { [port]: replaced(Reflect.get(it.ports, port)) };
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
  test.each([1, 2, 7])("(%d.) costs a minute at most, and no reader anything", async (nth) => {
    const it = open({ rate: 500 });
    await it.frozen(READERS);
    const unanswered = () => it.time.sleep(GIVEN_UP_MS).then(() => Promise.reject(new Error("no answer")));
    const run = send({ ...it.ports, ...instead(it, name, (call) => call === nth, unanswered) }, config.delivery);
    // A look for work that fails fails the run; watch kicks another.
    await it.until(run.catch(() => undefined));
    await it.run();
    expect(it.time.now() - start).toBeLessThan(MINUTE);
    await it.look();
    expect([await it.state(), it.mailed()]).toEqual(["finished", addresses(READERS)]);
  });

  test("and never ends: the run does", async () => {
    const it = open({ rate: 500 });
    await it.frozen(READERS);
    // The very first look is before the run: the adapter's limit and Lambda's end it.
    const hangs = (call: number) => call > (name === "ledger.pointers" ? 1 : 0);
    const run = send({ ...it.ports, ...instead(it, name, hangs, never) }, config.delivery);
    expect(await it.until(run, 12 * MINUTE)).toBeDefined();
    if (name !== "ledger.keepSender") expect((await it.ledger.sender())?.until).toBe(toInstant(0));
    const departed = it.departures.length;
    await it.until(it.time.sleep(MINUTE));
    expect(it.departures).toHaveLength(departed);
  });
});

test("a sender whose loop hangs gives its lease back within two minutes, and lets nothing depart after that", async () => {
  const it = open({ rate: 50 });
  await it.frozen(500);
  let answer: () => void = () => undefined;
  const hung = new Promise<void>((resolve) => {
    answer = resolve;
  });
  let looks = 0;
  const pointers: SendPorts["ledger"]["pointers"] = async () => {
    looks += 1;
    if (looks === 3) await hung;
    return it.ledger.pointers();
  };
  const report = await it.run({ ledger: { ...it.ports.ledger, pointers } });
  expect(report).toMatchObject({ end: "stalled", kicked: true });
  expect(it.time.now() - start).toBeLessThan(2 * MINUTE);
  expect(it.alarms).toContain("the sender hung in a call for a minute and is started again");
  const departed = it.departures.length;
  answer();
  await it.until(it.time.sleep(MINUTE));
  expect(it.departures).toHaveLength(departed);
  await it.run();
  expect(it.mailed()).toEqual(addresses(500));
});

describe("while renewals of the lease hang", () => {
  const hanging = (it: System, from: number, to: number): Partial<SendPorts> => ({
    ledger: {
      ...it.ports.ledger,
      keepSender: (next) =>
        it.time.now() >= start + from && it.time.now() < start + to ? never() : it.ledger.keepSender(next),
    },
  });

  test("nothing is claimed that the gate would refuse", async () => {
    const it = open({ rate: 50 });
    await it.frozen(READERS);
    let claims = 0;
    const { ledger } = hanging(it, 5_000, 10 * MINUTE);
    const saveBatch: SendPorts["ledger"]["saveBatch"] = (batch, only) => {
      if (batch.state === "calling") claims += 1;
      return it.ledger.saveBatch(batch, only);
    };
    await it.run({ ledger: { ...it.ports.ledger, ...ledger, saveBatch } }, { ...config.delivery, runSeconds: 120 });
    expect(it.departures.length).toBeGreaterThan(5);
    // Those that were claimed in the very moment may still come too late.
    expect(claims - it.departures.length).toBeLessThan(3);
  });

  test("it goes on as soon as one is answered", async () => {
    const it = open({ rate: 50 });
    await it.frozen(READERS);
    await it.run(hanging(it, 5_000, 30_000));
    expect(it.mailed()).toEqual(addresses(READERS));
    const gap = it.departures.slice(1).map(({ at }, n) => at - (it.departures[n]?.at ?? at));
    expect(Math.max(...gap)).toBeLessThan(25_000);
  });
});

test("a silent GetAccount delays no call and nobody's record", async () => {
  const it = open({ rate: 50 });
  await it.frozen(500);
  let asked = 0;
  const account: SendPorts["ses"]["account"] = () => {
    asked += 1;
    return asked === 1 ? it.ports.ses.account() : never();
  };
  let throttled = 0;
  const sendBulk: SendPorts["ses"]["sendBulk"] = async (call, gate) => {
    const answer = await it.ports.ses.sendBulk(call, gate);
    if (answer.is !== "results" || throttled > 0) return answer;
    throttled += 1;
    it.departures.pop();
    return { is: "error", status: 429, code: "TooManyRequestsException", message: "Maximum sending rate exceeded." };
  };
  expect(await it.run({ ses: { account, sendBulk } })).toMatchObject({ end: "idle" });
  expect(asked).toBeGreaterThan(1);
  expect(it.mailed()).toEqual(addresses(500));
  expect(it.time.now() - start).toBeLessThan(MINUTE);
});
