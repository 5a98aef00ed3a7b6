import { expect, test } from "vitest";
import { reportOf } from "#domain/delivery/resolving/report.ts";
import type { SendPorts } from "#usecases/delivery/send/ports.ts";
import { subscriber } from "../../../testing/delivery/delivery-system.ts";
import { addresses, open, type System } from "../../../testing/delivery/virtual-sender.ts";

/** One address that SES refuses makes it refuse the whole call that it is in. */

const reason = "SES answered 400 BadRequestException: Illegal address";

function refusing(app: System, isBad: (address: string) => boolean) {
  let calls = 0;
  const taken: string[] = [];
  const sendBulk: SendPorts["ses"]["sendBulk"] = async (call, gate) => {
    const answer = await app.ports.ses.sendBulk(call, gate);
    if (answer.is !== "results") return answer;
    calls += 1;
    if (!call.entries.some(({ to }) => isBad(to))) {
      taken.push(...call.entries.map(({ to }) => to));
      return answer;
    }
    return { is: "error", status: 400, code: "BadRequestException", message: "Illegal address" };
  };
  return { ports: { ses: { ...app.ports.ses, sendBulk } }, calls: () => calls, taken };
}

test("one illegal address in fifty is found in a dozen calls, and everyone else gets the edition", async () => {
  const app = open({ rate: 500 });
  await app.frozen(1_000);
  const batches = await app.batches();
  // Another place in each batch.
  const bad = new Set(batches.map(({ ids }, at) => ids[(at * 7) % ids.length]));
  const isBad = (address: string) => bad.has(idOf(address));
  const trial = refusing(app, isBad);
  await app.run(trial.ports);
  expect(trial.taken.toSorted()).toEqual(addresses(1_000).filter((address) => !isBad(address)));
  expect(await app.counts()).toMatchObject({ accepted: 980, refused: 20, waiting: 0 });
  expect(trial.calls()).toBeLessThan(20 * 14);
});

test("several in one call are all found", async () => {
  const app = open({ rate: 500 });
  await app.frozen(50);
  const [batch] = await app.batches();
  const bad = new Set([0, 1, 24, 49].map((position) => batch?.ids[position]));
  const trial = refusing(app, (address) => bad.has(idOf(address)));
  await app.run(trial.ports);
  expect(await app.counts()).toMatchObject({ accepted: 46, refused: 4 });
  expect(trial.calls()).toBeLessThan(45);
});

test("who is refused is shown SES's own reason, whatever was noted after it", async () => {
  const app = open({ rate: 500 });
  await app.frozen(3);
  const [batch] = await app.batches();
  const trial = refusing(app, (address) => idOf(address) === batch?.ids[1]);
  await app.run(trial.ports);
  const [after] = await app.batches();
  if (!after) throw new Error("the batch is gone");
  const later = { attempt: 9, rev: 1, at: "2026-11-23T08:00:00.000Z", what: "again: not sent: the pace left no room" };
  expect(reportOf({ ...after, log: [...after.log, later] }, 1, undefined)).toMatchObject({
    state: "refused",
    note: `refused: ${reason}`,
  });
});

const ids = new Map(Array.from({ length: 1_000 }, (_, n) => [subscriber(n).address, subscriber(n).id]));
const idOf = (address: string) => ids.get(address) ?? "";
