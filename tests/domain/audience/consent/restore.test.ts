import { describe, expect, test } from "vitest";
import { decideRestore, isStoppedWith, restored } from "#domain/audience/consent/restore.ts";
import type { Subscriber, SubscriberStatus } from "#domain/audience/subscriber.ts";
import type { DeliveryOutcome, OutcomeKind } from "#domain/delivery/ledger/delivery-outcome.ts";
import { added, reader } from "../../../testing/audience/subscriber.ts";

const outcome = (kind: OutcomeKind, over: Partial<DeliveryOutcome> = {}): DeliveryOutcome => ({
  id: "a".repeat(24),
  kind,
  at: added,
  attempt: 1,
  position: 0,
  messageId: "m1",
  detail: "",
  ...over,
});
const bounced = reader({ status: "bounced" });
const blocked = [outcome("blocked")];

describe("a reader who was stopped by a fault of ours", () => {
  test("is brought back when the receiver blocked the sender", () => {
    expect(decideRestore(bounced, blocked)).toEqual({ do: "restore" });
  });

  test("is brought back when SES only made up the bounce from its own list", () => {
    const made = outcome("hard-bounce", { detail: "Permanent OnAccountSuppressionList" });
    expect(decideRestore(bounced, [...blocked, made])).toEqual({ do: "restore" });
  });

  test("a reader who is still mailed is removed from SES's list, and unchanged if they aren't on it", () => {
    expect(decideRestore(reader(), blocked)).toEqual({ do: "clear" });
    expect(decideRestore(reader(), [outcome("delay")])).toEqual({ do: "leave", why: "is mailed as before" });
  });

  test.each<[string, Subscriber | undefined, DeliveryOutcome[]]>([
    ["was erased", undefined, blocked],
    ["called a mail spam", bounced, [...blocked, outcome("complaint")]],
    ["the mailbox or its domain doesn't exist", bounced, [outcome("hard-bounce")]],
    ["the mailbox or its domain doesn't exist", bounced, [outcome("soft-bounce", { noMailbox: true })]],
    ...(
      [
        ["unsubscribed", "left"],
        ["called a mail spam", "complained"],
        ["was removed by an operator", "removed"],
        ["moved to another address", "moved"],
        ["has not confirmed", "pending"],
      ] as const satisfies [string, SubscriberStatus][]
    ).map(([why, status]): [string, Subscriber, DeliveryOutcome[]] => [why, reader({ status }), blocked]),
  ])("is left out who %s", (why, before, outcomes) => {
    expect(decideRestore(before, outcomes)).toEqual({ do: "leave", why });
  });
});

test("a reader who is brought back starts afresh: earlier events can't stop them a second time", () => {
  const before = reader({ status: "bounced", softBounces: ["2026-11-20"] });
  const at = "2026-11-23T07:00:00.000Z";
  expect(restored(before, "ed", at)).toEqual(
    reader({
      consent: "confirmed by link; mail began again by ed, 2026-11-23",
      addedAt: at,
      changedAt: at,
    }),
  );
});

test("one event stops an address in every newsletter within a minute", () => {
  const other = (changedAt: string, status: SubscriberStatus = "bounced") => reader({ status, changedAt });
  expect(isStoppedWith(bounced, other("2026-11-20T07:00:59.999Z"))).toBe(true);
  expect(isStoppedWith(bounced, other("2026-11-20T07:01:00.000Z"))).toBe(false);
  expect(isStoppedWith(bounced, other(added, "left"))).toBe(false);
});
