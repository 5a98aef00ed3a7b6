import { expect, test } from "vitest";
import { memoryAudit } from "#adapters/memory/desk/audit.ts";
import type { SesAnswer } from "#domain/delivery/calls/answer.ts";
import { done } from "#domain/outcome.ts";
import { toInstant } from "#domain/time/instant.ts";
import { type ResolvePorts, resolveDeliveries } from "#usecases/delivery/operate/resolve.ts";
import { config, key, siteUrl } from "../../../testing/delivery/delivery-system.ts";
import { addresses, open, type System } from "../../../testing/delivery/virtual-sender.ts";

/** Six readers in three batches; one call got no answer, and its readers wait for a person. */
async function unanswered() {
  const app = open();
  await app.frozen(6, 2);
  let calls = 0;
  const unanswered: SesAnswer = { is: "unanswered", why: "time-out" };
  const sendBulk: System["ports"]["ses"]["sendBulk"] = async (call, gate) => {
    calls += 1;
    return calls === 1 && gate() === "go" ? unanswered : app.ports.ses.sendBulk(call, gate);
  };
  await app.run({ ses: { ...app.ports.ses, sendBulk } });
  await app.until(app.time.sleep(16 * 60_000));
  return app;
}

/** The command's ports, of which each write is counted; the one with this number ends the process before or after. */
function portsOf(app: System, dieAt: number, when: "before" | "after") {
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
  const { editions, ledger } = app;
  const ports: ResolvePorts = {
    config,
    siteUrl,
    now: () => toInstant(app.time.now()),
    editions: { ...editions, update: dying(editions.update) },
    ledger: {
      ...ledger,
      saveBatch: dying(ledger.saveBatch),
      reopenGroup: dying(ledger.reopenGroup),
      closeGroup: dying(ledger.closeGroup),
      point: dying(ledger.point),
    },
    audit: { append: dying(audit.append) },
    dispatch: async () => done({ state: "sending", audience: 6 }),
  };
  return { ports, writes: () => writes };
}

const asked = (as: "delivered" | "resend") => ({ newsletter: key.newsletter, date: key.date, all: true, as, by: "ed" });

test.each(["delivered", "resend"] as const)(
  "after a crash at any step of resolving --as %s a person can repeat it: no one gets two, nothing stays open",
  async (as) => {
    const steps = async () => {
      const app = await unanswered();
      const { ports, writes } = portsOf(app, 0, "before");
      await resolveDeliveries(ports, asked(as));
      return writes();
    };
    for (let dieAt = 1; dieAt <= (await steps()); dieAt++) {
      for (const when of ["before", "after"] as const) {
        const app = await unanswered();
        await resolveDeliveries(portsOf(app, dieAt, when).ports, asked(as)).catch(() => undefined);
        await app.look();
        await app.run();
        await resolveDeliveries(portsOf(app, 0, when).ports, asked(as));
        await app.run();
        await app.look();
        const place = `died ${when} write ${dieAt}`;
        expect([place, await app.state()]).toEqual([place, "finished"]);
        const mailed = as === "resend" ? 6 : 4;
        expect([place, app.mailed().length, new Set(app.mailed()).size]).toEqual([place, mailed, mailed]);
        if (as === "resend") expect(app.mailed()).toEqual(addresses(6));
        expect((await app.counts()).accepted).toBe(6);
      }
    }
  },
);
