import { describe, expect, test } from "vitest";
import { type BounceReport, causeOf, fixOf } from "#domain/delivery/resolving/bounce.ts";

const report = (type: string, subType: string, status?: string, diagnostic?: string): BounceReport => ({
  ...{ type, subType, status, diagnostic },
});

describe("the cause of a bounce", () => {
  test.each(["5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"])("%s: there is no such mailbox", (status) => {
    expect(causeOf(report("Permanent", "General", status))).toBe("no-mailbox");
  });

  test.each(["NoEmail", "Suppressed", "OnAccountSuppressionList"])("%s: nor here, with or without a status", (kind) => {
    expect(causeOf(report("Permanent", kind))).toBe("no-mailbox");
    expect(causeOf(report("Permanent", kind, "5.1.1"))).toBe("no-mailbox");
  });

  test.each<[string, BounceReport]>([
    ["policy", report("Permanent", "General", "5.7.1")],
    ["authentication, Outlook's", report("Permanent", "General", "5.7.515")],
    ["authentication, Gmail's", report("Permanent", "General", "5.7.26")],
    ["the same for now", report("Transient", "General", "4.7.26")],
    ["a body that can't be converted", report("Permanent", "General", "5.6.1")],
    ["a mail that is too large", report("Permanent", "General", "5.3.4")],
    ["the sender's mailbox", report("Permanent", "General", "5.1.7")],
    ["the sender's domain", report("Permanent", "General", "5.1.8")],
    ["content", report("Transient", "ContentRejected")],
    ["size", report("Transient", "MessageTooLarge", "5.3.4")],
    ["an attachment", report("Transient", "AttachmentRejected")],
    ["a status in the server's words alone", report("Permanent", "General", undefined, "smtp; 550 5.7.1 blocked")],
    ["a status of many parts", report("Permanent", "General", undefined, "smtp; 550-5.7.26 unauthenticated")],
  ])("%s: the edition", (_, one) => {
    expect(causeOf(one)).toBe("edition");
  });

  test.each<[string, BounceReport]>([
    ["another address status", report("Permanent", "General", "5.1.0")],
    ["no status", report("Permanent", "General")],
    ["a full mailbox", report("Transient", "MailboxFull", "5.2.2")],
    ["a server that is down", report("Transient", "General", "4.4.1")],
    ["undetermined", report("Undetermined", "Undetermined")],
    ["a number that isn't a status", report("Permanent", "General", undefined, "smtp; 550 from 10.5.1.1 refused")],
  ])("%s: passes", (_, one) => {
    expect(causeOf(one)).toBe("soft");
  });

  test("an automatic reply counts against no one", () => {
    expect(causeOf(report("Transient", "General"))).toBe("nobody");
  });

  test.each(["4.1.1", "5.1.2", "5.4.4"])("a transient %s is believed the second time", (status) => {
    expect(causeOf(report("Transient", "General", status))).toBe("maybe-no-mailbox");
  });

  test.each<[BounceReport, string]>([
    [report("Permanent", "General", "5.7.515"), "SPF, DKIM and DMARC"],
    [report("Permanent", "General", "5.7.1"), "postmaster"],
    [report("Transient", "MessageTooLarge"), "smaller"],
    [report("Permanent", "General", "5.1.8"), "sender's address"],
    [report("Transient", "ContentRejected"), "filter"],
  ])("the fix fits the cause", (one, words) => {
    expect(fixOf(one)).toContain(words);
  });
});
