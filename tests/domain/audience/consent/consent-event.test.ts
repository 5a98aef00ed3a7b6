import { describe, expect, test } from "vitest";
import { consentEventOf } from "#domain/audience/consent/consent-event.ts";
import type { SubscriberStatus } from "#domain/audience/subscriber.ts";
import { added, reader } from "../../../testing/audience/subscriber.ts";

describe("the event of a change of consent", () => {
  test.each<[string, SubscriberStatus | undefined, SubscriberStatus, object]>([
    ["a request", undefined, "pending", { did: "requested", by: "reader" }],
    ["a confirmation", "pending", "active", { did: "confirmed", by: "reader" }],
    ["an address that someone vouches for", undefined, "active", { did: "vouched", by: "reader" }],
    ["leaving", "active", "left", { did: "left", by: "reader" }],
    ["a removal", "active", "removed", { did: "removed", by: "operator" }],
    ["a bounce", "active", "bounced", { did: "bounced", by: "SES" }],
    ["a complaint", "active", "complained", { did: "complained", by: "SES" }],
  ])("%s names what happened and who did it", (_, before, after, event) => {
    const change = consentEventOf(before && reader({ status: before }), reader({ status: after }), undefined);
    expect(change).toEqual({ at: added, source: null, evidence: null, ...event });
  });

  test("has the cause that is known instead", () => {
    const cause = { by: "ed", source: "list.csv", evidence: "optintime 2026-11-01", did: "imported" } as const;
    expect(consentEventOf(undefined, reader(), cause)).toEqual({ at: added, ...cause });
  });

  test("is missing if the status stays the same, unless a preference changed", () => {
    const cause = { by: "reader", source: "link in an email", evidence: "zone: Asia/Tokyo" };
    expect(consentEventOf(reader(), reader(), cause)).toBeUndefined();
    expect(consentEventOf(reader(), reader(), { ...cause, did: "changed" })).toEqual({
      at: added,
      ...cause,
      did: "changed",
    });
  });
});
