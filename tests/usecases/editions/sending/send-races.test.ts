import { beforeAll, describe, expect, test } from "vitest";
import { memoryLedger } from "#adapters/memory/delivery/ledger.ts";
import { deliveryStore } from "#adapters/memory/store.ts";
import { emailHash } from "#domain/edition/content/hash.ts";
import type { EditionState } from "#domain/edition/edition.ts";
import { done } from "#domain/outcome.ts";
import { decide } from "#usecases/editions/decide/decide.ts";
import { correctEdition } from "#usecases/editions/making/correct.ts";
import { approveEdition, withdrawEdition } from "#usecases/editions/sending/approve.ts";
import { cancelEdition, sendEdition } from "#usecases/editions/sending/send.ts";
import { news } from "../../../testing/editions/edition-fixtures.ts";
import { morning, system, value } from "../../../testing/editions/editions-system.ts";
import { type Act, inEveryOrder } from "../../../testing/every-order.ts";

const key = { newsletter: "daily", date: "2026-11-23" };
const [ana, bo] = [
  { by: "Ana", byId: "sub-1" },
  { by: "Bo", byId: "sub-2" },
];

/** What a call reads or writes of an edition: its state, its log, its revisions. Only calls about the same can clash. */
const aboutOf = (call: string) => (/decision/i.test(call) ? "log" : /revision/i.test(call) ? "revision" : "state");
const isWrite = (call: string) => /^(append|put|update|create|add)/.test(call);
const orderMatters = (one: string, other: string) =>
  aboutOf(one) === aboutOf(other) && (isWrite(one) || isWrite(other));

const settings = { secondPerson: true, mode: "approve" } as const;
const articles = news(8);
const drafted = deliveryStore();
let checked: Awaited<ReturnType<ReturnType<typeof system>["ports"]["check"]>>;
let hash = "";
beforeAll(async () => {
  const app = system(articles, settings, drafted);
  value(await app.build());
  value(await decide(app.ports, { ...key, decision: { do: "rewrite", story: "0", title: "Ana’s" }, ...ana }));
  checked = await app.ports.check({ ...key, links: false });
  const seen = await app.editions.revision(key, (await app.editions.get(key))?.rev ?? 0);
  hash = emailHash(seen?.email ?? expect.fail("it has no email"));
});

/** An edition that needs a second person, last changed by Ana, and what people do with it. */
async function newsroom(state: EditionState) {
  const app = system(articles, settings, structuredClone(drafted));
  if (state !== "draft") {
    await app.editions.update(key, { state, approvedAt: morning, frozenAt: morning, frozen: 3, groups: 1 });
  }
  const portsOf = (turns: <Store extends object>(store: Store) => Store) => ({
    ...app.ports,
    editions: turns(app.editions),
    ledger: memoryLedger(app.store),
    audit: { append: async () => undefined },
    senderVerified: async () => true,
    anySubscriber: async () => true,
    updatePublished: async () => undefined,
    build: async () => expect.fail("there is an edition"),
    check: async () => checked,
  });
  type Who = typeof ana;
  const approving = { hash, anyway: false };
  const acts = {
    approve:
      (who: Who): Act =>
      (turns) =>
        approveEdition(portsOf(turns), { ...key, ...who, ...approving }),
    send:
      (who: Who): Act =>
      (turns) =>
        sendEdition(portsOf(turns), { ...key, ...who, ...approving, dateFar: true }),
    withdraw:
      (who: Who): Act =>
      (turns) =>
        withdrawEdition(portsOf(turns), { ...key, ...who }),
    cancel:
      (who: Who): Act =>
      (turns) =>
        cancelEdition(portsOf(turns), { ...key, ...who }),
    correct:
      (who: Who): Act =>
      (turns) =>
        correctEdition(portsOf(turns), { ...key, ...who }),
    rewrite:
      (who: Who, title: string): Act =>
      (turns) =>
        decide(portsOf(turns), { ...key, decision: { do: "rewrite", story: "0", title }, ...who }),
  };
  const now = async () => {
    const edition = await app.editions.get(key);
    const shown = await app.editions.revision(key, edition?.rev ?? 0);
    return {
      ...{ state: edition?.state, lead: shown?.content.lead.title, isSeen: shown && emailHash(shown.email) === hash },
    };
  };
  return { acts, now };
}

describe("in every order of calls,", { timeout: 60_000 }, () => {
  test.each(["approve", "send"] as const)("of two who %s at once, one does", async (how) => {
    await inEveryOrder(
      async () => {
        const { acts, now } = await newsroom("draft");
        return {
          acts: [acts[how](bo), acts[how]({ by: "Cy", byId: "sub-3" })],
          judge: async () => expect(await now()).toMatchObject({ state: "approved", isSeen: true }),
        };
      },
      { orderMatters },
    );
  });

  test("what goes out is what was seen, whatever is edited", async () => {
    await inEveryOrder(
      async () => {
        const { acts, now } = await newsroom("draft");
        return {
          acts: [acts.approve(bo), acts.rewrite(ana, "Later")],
          judge: async () => {
            const { state, isSeen, lead } = await now();
            expect([state, isSeen, lead]).toEqual(isSeen ? ["approved", true, "Ana’s"] : ["draft", false, "Later"]);
          },
        };
      },
      { orderMatters },
    );
  });

  test("no one approves their own change by approving while they make it", async () => {
    await inEveryOrder(
      async () => {
        const { acts, now } = await newsroom("draft");
        return {
          acts: [acts.approve(bo), acts.rewrite(bo, "Bo’s")],
          judge: async () => {
            const { state, lead } = await now();
            expect(state).toBe(lead === "Bo’s" ? "draft" : "approved");
          },
        };
      },
      { orderMatters },
    );
  });

  test("no one corrects an edition by their own change by making it at the same moment", async () => {
    await inEveryOrder(
      async () => {
        const { acts, now } = await newsroom("paused");
        await acts.rewrite(ana, "Ana’s again")((store) => store);
        return {
          acts: [acts.correct(bo), acts.rewrite(bo, "Bo’s")],
          judge: async () => expect((await now()).lead).not.toBe("Bo’s"),
        };
      },
      { orderMatters },
    );
  });

  test.each(["send", "rewrite", "withdraw"] as const)("what is cancelled stays so beside a %s", async (other) => {
    await inEveryOrder(
      async () => {
        const { acts, now } = await newsroom("draft");
        return {
          acts: [acts.cancel(ana), other === "rewrite" ? acts.rewrite(bo, "Bo’s") : acts[other](bo)],
          judge: async () => expect((await now()).state).toBe("cancelled"),
        };
      },
      { orderMatters },
    );
  });
});

test("a decision is in the log once its pictures are copied, so no approval comes in between", async () => {
  const app = system(
    news(8).map((one, n) => ({
      ...one,
      image: { url: `https://a.example/${n}.jpg`, alt: "", width: 800, height: 600 },
    })),
  );
  const logged: number[] = [];
  const keepPicture = async ({ url }: { url: string }) => {
    logged.push((await app.editions.decisions(key)).length);
    return done({ url, width: 600, height: 400, bytes: 1 });
  };
  const ports = { ...app.ports, keepPicture };
  await app.build();
  const before = (await app.editions.decisions(key)).length;
  await decide(ports, { ...key, decision: { do: "rewrite", story: "0", title: "New" }, ...ana });
  expect([...new Set(logged)]).toEqual([before]);
  expect(await app.editions.decisions(key)).toHaveLength(before + 1);
});
