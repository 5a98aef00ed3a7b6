import { expect, test } from "vitest";
import { memoryAudit } from "#adapters/memory/audit.ts";
import type { SesAnswer } from "#domain/delivery/calls/answer.ts";
import { done } from "#domain/outcome.ts";
import { toInstant } from "#domain/time/instant.ts";
import { type ResolvePorts, resolveDeliveries } from "#usecases/delivery/operate/resolve.ts";
import { config, key, siteUrl } from "../../../testing/delivery-system.ts";
import { addresses, open, type System } from "../../../testing/virtual-sender.ts";

/** Six readers in three batches, one of which nobody answered; its readers wait for a person. */
async function unanswered() {
  const it = open();
  await it.frozen(6, 2);
  let calls = 0;
  const unanswered: SesAnswer = { is: "unanswered", why: "time-out" };
  const sendBulk: System["ports"]["ses"]["sendBulk"] = async (call, gate) => {
    calls += 1;
    return calls === 1 && gate() === "go" ? unanswered : it.ports.ses.sendBulk(call, gate);
  };
  await it.run({ ses: { ...it.ports.ses, sendBulk } });
  await it.until(it.time.sleep(16 * 60_000));
  return it;
}

/** The command's ports, of which each write is counted; the one with this number ends the process before or after. */
function portsOf(it: System, dieAt: number, when: "before" | "after") {
  let writes = 0;
  const audit = memoryAudit();
  const dying =
    <A extends unknown[], R>(write: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      writes += 1;
      const dies = writes === dieAt;
      if (dies && when === "before") throw new Error("died");
      const result = await write(...args);
      if (dies) throw new Error("died");
      return result;
    };
  const { editions, ledger } = it;
  const ports: ResolvePorts = {
    config,
    siteUrl,
    now: () => toInstant(it.time.now()),
    editions: { ...editions, update: dying(editions.update) },
    ledger: {
      ...ledger,
      saveBatch: dying(ledger.saveBatch),
      reopenGroup: dying(ledger.reopenGroup),
      closeGroup: dying(ledger.closeGroup),
      point: dying(ledger.point),
      unpoint: dying(ledger.unpoint),
    },
    audit: { append: dying(audit.append) },
    dispatch: async () => done({ state: "sending", audience: 6 }),
  };
  return { ports, writes: () => writes };
}

const asked = (as: "delivered" | "resend") => ({ newsletter: key.newsletter, date: key.date, all: true, as, by: "ed" });

test.each(["delivered", "resend"] as const)(
  "a person who dies at any step of resolving --as %s may do it again: nobody gets two, nothing stays open",
  async (as) => {
    const steps = async () => {
      const it = await unanswered();
      const { ports, writes } = portsOf(it, 0, "before");
      await resolveDeliveries(ports, asked(as));
      return writes();
    };
    for (let dieAt = 1; dieAt <= (await steps()); dieAt++) {
      for (const when of ["before", "after"] as const) {
        const it = await unanswered();
        await resolveDeliveries(portsOf(it, dieAt, when).ports, asked(as)).catch(() => undefined);
        await it.look();
        await it.run();
        await resolveDeliveries(portsOf(it, 0, when).ports, asked(as));
        await it.run();
        await it.look();
        const place = `died ${when} write ${dieAt}`;
        expect([place, await it.state()]).toEqual([place, "finished"]);
        const mailed = as === "resend" ? 6 : 4;
        expect([place, it.mailed().length, new Set(it.mailed()).size]).toEqual([place, mailed, mailed]);
        if (as === "resend") expect(it.mailed()).toEqual(addresses(6));
        expect((await it.counts()).accepted).toBe(6);
      }
    }
  },
);
