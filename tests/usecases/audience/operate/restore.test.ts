import { beforeEach, describe, expect, test } from "vitest";
import { stopMail } from "#domain/audience/consent/consent.ts";
import type { SubscriberStatus } from "#domain/audience/subscriber.ts";
import { subscriberId } from "#domain/audience/tokens/token.ts";
import type { DeliveryOutcome } from "#domain/delivery/ledger/delivery-outcome.ts";
import { setting } from "../../../testing/command-setting.ts";

let system: ReturnType<typeof setting>;
const faulty = { newsletter: "daily", date: "2026-11-22" };
const next = { newsletter: "daily", date: "2026-11-23" };
const sent = (date: string) => `${date}T06:00:00.000Z`;

beforeEach(async () => {
  system = setting();
  for (const { date } of [faulty, next]) {
    await system.put(date, "finished", sent(date));
    await system.editions.update({ newsletter: "daily", date }, { groups: 1 });
  }
});

const idOf = async (address: string, newsletter = "daily") => subscriberId(await system.keys(), newsletter, address);
const add = (address: string, newsletter = "daily") =>
  system.ask({ do: "subscriber add", newsletter, addresses: [address], by: "ed" });
const stored = async (address: string, newsletter = "daily") =>
  system.subscribers.get(newsletter, await idOf(address, newsletter));

async function stop(address: string, at: string, status: "bounced" | "complained" = "bounced", newsletter = "daily") {
  const before = await stored(address, newsletter);
  if (!before) throw new Error(`no ${address}`);
  const after = stopMail({ ...before, addedAt: "2026-01-01T00:00:00.000Z" }, status, at, at);
  if (!after) throw new Error("not stopped");
  await system.subscribers.write(newsletter, [{ before, after: { ...after, changedAt: at } }]);
}

async function tell(address: string, kind: DeliveryOutcome["kind"], detail: string, edition = faulty) {
  const at = sent(edition.date);
  const outcome = { id: await idOf(address), kind, at, attempt: 1, position: 0, messageId: "m", detail };
  await system.ledger.putOutcome(edition, "00", outcome);
}

type Row = { address: string; outcome: string; why: string | null };
async function restore(fields: object = { edition: faulty.date }) {
  const answer = await system.ask({ do: "subscriber restore", newsletter: "daily", by: "ed", ...fields });
  if (!answer.ok) throw new Error(answer.fault.message);
  return (answer.value as { readers: Row[] }).readers;
}

/** Refused by policy, put on SES's list for that, and stopped when the next edition bounced from the list. */
async function stoppedByPolicy(address: string) {
  await add(address);
  await tell(address, "blocked", "Permanent General 5.7.26 at example.com: check SPF, DKIM and DMARC");
  await tell(address, "hard-bounce", "Permanent OnAccountSuppressionList 5.1.1", next);
  await stop(address, "2026-11-23T06:05:00.000Z");
}

describe("subscriber restore", () => {
  test("brings back readers on SES's list because receivers refused our signature, and clears the list first", async () => {
    await stoppedByPolicy("ann@example.com");
    expect(await restore()).toMatchObject([{ address: "ann@example.com", outcome: "restored", why: null }]);
    expect(system.unsuppressed).toEqual(["ann@example.com"]);
    expect(await stored("ann@example.com")).toMatchObject({ status: "active", consent: expect.stringMatching(/ed/) });
    expect(await system.consent.history("daily", await idOf("ann@example.com"))).toContainEqual(
      expect.objectContaining({
        did: "vouched",
        by: "ed",
        source: "subscriber restore",
        evidence: expect.stringMatching(/5\.7\.26/),
      }),
    );
    expect((await system.audit.day("2026-11-23")).at(-1)).toMatchObject({
      did: "subscriber restore",
      note: faulty.date,
    });
  });

  test("with --dry-run says the same, and changes nothing", async () => {
    await stoppedByPolicy("ann@example.com");
    const before = await stored("ann@example.com");
    expect(await restore({ edition: faulty.date, dryRun: true })).toMatchObject([{ outcome: "restored" }]);
    expect(await stored("ann@example.com")).toEqual(before);
    expect(system.unsuppressed).toEqual([]);
    expect((await system.audit.day("2026-11-23")).filter(({ did }) => did === "subscriber restore")).toEqual([]);
  });

  test("removes readers who are still mailed from SES's list", async () => {
    await add("ann@example.com");
    await tell("ann@example.com", "blocked", "Permanent General 5.7.1");
    expect(await restore()).toMatchObject([{ outcome: "cleared" }]);
    expect(system.unsuppressed).toEqual(["ann@example.com"]);
  });

  test("brings back readers who were stopped after five soft bounces", async () => {
    await add("ann@example.com");
    await tell("ann@example.com", "soft-bounce", "Transient General 4.7.0");
    await stop("ann@example.com", sent(faulty.date));
    expect(await restore()).toMatchObject([{ outcome: "restored" }]);
  });

  test("leaves readers stopped whose mailbox doesn't exist, in that edition or a later one", async () => {
    await add("gone@example.com");
    await tell("gone@example.com", "hard-bounce", "Permanent General 5.1.1");
    await stop("gone@example.com", sent(faulty.date));
    await add("later@example.com");
    await tell("later@example.com", "blocked", "Permanent General 5.7.26");
    await tell("later@example.com", "hard-bounce", "Permanent NoEmail 5.1.1", next);
    await stop("later@example.com", sent(next.date));
    const rows = await restore();
    expect(rows.map(({ outcome }) => outcome)).toEqual(["leftAlone", "leftAlone"]);
    expect(rows.map(({ why }) => why)).toEqual(Array(2).fill("the mailbox or its domain doesn't exist"));
    expect(system.unsuppressed).toEqual([]);
  });

  test.each<[SubscriberStatus, RegExp]>([
    ["left", /unsubscribed/],
    ["complained", /spam/],
    ["removed", /removed by an operator/],
    ["pending", /not confirmed/],
  ])("leaves alone who is %s", async (status, why) => {
    await add("ann@example.com");
    await tell("ann@example.com", "blocked", "Permanent General 5.7.26");
    const before = await stored("ann@example.com");
    if (!before) throw new Error("not added");
    await system.subscribers.write("daily", [{ before, after: { ...before, status } }]);
    expect(await restore()).toMatchObject([{ outcome: "leftAlone", why: expect.stringMatching(why) }]);
    expect((await stored("ann@example.com"))?.status).toBe(status);
    expect(system.unsuppressed).toEqual([]);
  });

  test("leaves readers stopped who complained about that edition, and those erased since", async () => {
    await add("ann@example.com");
    await tell("ann@example.com", "complaint", "abuse");
    await stop("ann@example.com", sent(faulty.date));
    await tell("erased@example.com", "blocked", "Permanent General 5.7.26");
    const whys = (await restore()).map(({ why }) => why).toSorted();
    expect(whys).toEqual(["called a mail spam", "was erased"]);
  });

  test("brings the address back in every newsletter that the same event stopped it in, and in no other", async () => {
    await add("ann@example.com", "weekly");
    await stoppedByPolicy("ann@example.com");
    await stop("ann@example.com", "2026-11-23T06:05:01.000Z", "bounced", "weekly");
    await restore();
    expect((await stored("ann@example.com", "weekly"))?.status).toBe("active");
    await add("bob@example.com", "weekly");
    await stop("bob@example.com", "2026-10-01T06:00:00.000Z", "bounced", "weekly");
    await stoppedByPolicy("bob@example.com");
    await restore();
    expect((await stored("bob@example.com"))?.status).toBe("active");
    expect((await stored("bob@example.com", "weekly"))?.status).toBe("bounced");
  });

  test("an event of before doesn't stop the reader a second time", async () => {
    await stoppedByPolicy("ann@example.com");
    await restore();
    const after = await stored("ann@example.com");
    if (!after) throw new Error("not there");
    expect(stopMail(after, "bounced", "2026-11-23T06:05:00.000Z", "2026-11-24T00:00:00.000Z")).toBeUndefined();
  });

  test("by time takes the editions that began in that period", async () => {
    await stoppedByPolicy("ann@example.com");
    const span = { from: "2026-11-22T00:00:00.000Z", until: "2026-11-22T23:00:00.000Z" };
    expect(await restore({ ...span, dryRun: true })).toHaveLength(1);
    const both = { from: "2026-11-22T00:00:00.000Z", until: "2026-11-23T23:00:00.000Z" };
    expect(await restore({ ...both, dryRun: true })).toHaveLength(2);
    const none = { do: "subscriber restore", newsletter: "daily", by: "ed", edition: "2026-11-01" };
    expect(await system.ask(none)).toMatchObject({ ok: false, fault: { code: "no-edition" } });
  });

  test("comes a page at a time, each reader once", async () => {
    for (let n = 0; n < 250; n++) {
      await add(`r${n}@example.com`);
      await tell(`r${n}@example.com`, "blocked", "Permanent General 5.7.26");
    }
    const seen: string[] = [];
    let after: string | undefined;
    let pages = 0;
    do {
      const answer = await system.ask({
        do: "subscriber restore",
        newsletter: "daily",
        edition: faulty.date,
        by: "ed",
        after,
      });
      if (!answer.ok) throw new Error(answer.fault.message);
      const page = answer.value as { readers: Row[]; next: string | null };
      seen.push(...page.readers.map(({ address }) => address));
      after = page.next ?? undefined;
      pages += 1;
    } while (after !== undefined);
    expect([pages, seen.length, new Set(seen).size]).toEqual([2, 250, 250]);
  });
});
