import { expect, test } from "vitest";
import type { SendPorts } from "#functions/send/ports.ts";
import { send } from "#functions/send/send.ts";
import { config, key } from "./system.ts";
import { addresses, open, type System } from "./virtual.ts";

/** One run of the sender, ended before or after each thing it ever asks of its surroundings, and what follows. */

/** The ports of a process that dies at its nth request: nothing of it goes on after that. */
function mortal({ ports, time }: System, deathAt: number, after: boolean) {
  const death = { requests: 0, of: "" };
  const never = new Promise<never>(() => undefined);
  const dying =
    <A extends unknown[], R>(name: string, ask: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      await time.sleep(1);
      if (death.of !== "") return never;
      death.requests += 1;
      if (death.requests !== deathAt) return ask(...args).then((result) => (death.of === "" ? result : never));
      death.of = name;
      if (after) await ask(...args);
      return never;
    };
  const { editions, ledger, ses, subscribers } = ports;
  const mortals: SendPorts = {
    ...ports,
    clock: { ...ports.clock, sleep: (ms) => time.sleep(ms).then(() => (death.of === "" ? undefined : never)) },
    editions: {
      get: dying("editions.get", editions.get),
      update: dying("editions.update", editions.update),
      revision: dying("editions.revision", editions.revision),
    },
    ledger: {
      groups: dying("ledger.groups", ledger.groups),
      batches: dying("ledger.batches", ledger.batches),
      closeGroup: dying("ledger.closeGroup", ledger.closeGroup),
      unpoint: dying("ledger.unpoint", ledger.unpoint),
      startGroup: dying("ledger.startGroup", ledger.startGroup),
      batch: dying("ledger.batch", ledger.batch),
      saveBatch: dying("ledger.saveBatch", ledger.saveBatch),
      batchAround: dying("ledger.batchAround", ledger.batchAround),
      pointers: dying("ledger.pointers", ledger.pointers),
      sender: dying("ledger.sender", ledger.sender),
      takeSender: dying("ledger.takeSender", ledger.takeSender),
      keepSender: dying("ledger.keepSender", ledger.keepSender),
    },
    ses: { sendBulk: dying("ses.sendBulk", ses.sendBulk), account: dying("ses.account", ses.account) },
    subscribers: { getMany: dying("subscribers.getMany", subscribers.getMany) },
    kick: dying("kick", ports.kick),
  };
  return { ports: mortals, death };
}

/** One small edition of two groups, a first sender that dies, then watch and further senders until nothing changes. */
async function story(deathAt: number, after: boolean) {
  const it = open({ groups: 2 });
  await it.frozen(5, 2);
  const { ports, death } = mortal(it, deathAt, after);
  await it.until(send(ports, config.delivery), 30_000);
  for (let minute = 0; minute < 4; minute++) {
    await it.until(it.time.sleep(60_000));
    const report = await it.look();
    if (report?.kicked) await it.run();
  }
  const batches = await it.batches();
  const unknown = batches.filter(({ st }) => st === "unknown");
  return { it, death, unknown };
}

test("a sender that dies anywhere costs at most an answer: nobody is mailed twice or forgotten", async () => {
  const deaths = new Set<string>();
  let unknowns = 0;
  for (const after of [false, true]) {
    for (let deathAt = 1; ; deathAt++) {
      const { it, death, unknown } = await story(deathAt, after);
      const where = `dead ${after ? "after" : "at"} request ${deathAt}, ${death.of}`;
      const mailed = it.mailed();
      expect(new Set(mailed).size, where).toBe(mailed.length);
      const counts = await it.counts();
      expect(counts, where).toMatchObject({ audience: 5, waiting: 0, failed: 0, held: 0 });
      expect(counts.accepted + counts.unknown, where).toBe(5);
      if (unknown.length === 0) expect([mailed, await it.state()], where).toEqual([addresses(5), "finished"]);
      else expect(await it.state(), where).toBe("sending");
      expect(await it.ledger.pointers(), where).toHaveLength(unknown.length === 0 ? 0 : 1);
      expect((await it.ledger.groups(key)).filter(({ closedAt }) => closedAt === null).length > 0, where).toBe(
        unknown.length > 0,
      );
      if (death.of === "") break;
      deaths.add(death.of);
      unknowns += unknown.length > 0 ? 1 : 0;
    }
  }
  for (const one of ["ses.sendBulk", "ledger.saveBatch", "ledger.takeSender", "ledger.closeGroup", "ledger.unpoint"]) {
    expect([...deaths]).toContain(one);
  }
  expect(unknowns).toBeGreaterThan(2);
}, 120_000);
