import { describe, expect, test } from "vitest";
import { tagsOf } from "#domain/delivery/calls/tags.ts";
import { OutcomeKind } from "#domain/delivery/ledger/delivery-outcome.ts";
import { readEvent } from "#domain/delivery/resolving/event.ts";
import { eventsOf } from "#local/ses/events/envelope.ts";
import { Fate } from "#local/ses/mail/message.ts";
import {
  bounced,
  complained,
  delayed,
  delivered,
  event,
  rejected,
  sent,
  unrendered,
} from "../../../testing/delivery/ses-events.ts";

const key = {
  ...{ newsletter: "daily", date: "2026-11-23", group: "0a", run: "c0ffee" },
  ...{ due: "2026-11-23T07:00:00.000Z", first: "0123456789abcdef01234567" },
};
const told = { key, attempt: 2, position: 7, messageId: "id-7" };
const at = "2026-11-23T07:00:20.140Z";
const account = {
  ...{
    rate: 14,
    quota: 200,
    burstSeconds: 1,
    plan: "ESSENTIALS" as const,
    sandbox: false,
    sending: true,
    enforcement: "HEALTHY" as const,
    verifyAll: true,
  },
  ...{ region: "us-east-1", id: "123456789012" },
} as const;
const read = (body: string) => readEvent(body, "broadsheet");

describe("each of SES's events", () => {
  test.each([
    ["Send", sent(told), undefined],
    ["Delivery", delivered(told), undefined],
    ["a permanent bounce", bounced("Permanent", "General", told), ["hard-bounce", at, "Permanent General 5.1.1"]],
    [
      "a bounce because SES suppresses the address",
      bounced("Permanent", "OnAccountSuppressionList", told),
      ["hard-bounce", at, "Permanent OnAccountSuppressionList 5.1.1"],
    ],
    [
      "a transient bounce",
      bounced("Transient", "MailboxFull", told),
      ["soft-bounce", at, "Transient MailboxFull 4.2.2"],
    ],
    [
      "one that the receiver has against the sender",
      bounced("Permanent", "General", told, at, "5.7.515"),
      ["blocked", at, "Permanent General 5.7.515 at example.org: check SPF, DKIM and DMARC of the sender's domain"],
    ],
    ["an automatic reply", bounced("Transient", "General", told, at, null), undefined],
    ["one that SES cannot tell", bounced("Undetermined", "Undetermined", told), ["soft-bounce", at, /^Undetermined/]],
    ["a complaint", complained(told), ["complaint", at, "abuse"]],
    ["a complaint that says no more", complained(told, null), ["complaint", at, ""]],
    ["a reader who says it isn't spam", complained(told, "not-spam"), undefined],
    ["a report of a signature that failed", complained(told, "auth-failure"), undefined],
    ["Reject", rejected(told), ["reject", "2026-11-23T07:00:21.000Z", "Bad content"]],
    ["Rendering Failure", unrendered(told), ["rendering-failure", "2026-11-23T07:00:21.000Z", /'unsubscribe'/]],
    ["DeliveryDelay", delayed(told), ["delay", at, "MailboxFull 4.2.2"]],
  ])("%s", (_, body, trouble) => {
    expect(read(body)).toEqual({
      delivery: { key, attempt: 2, position: 7 },
      messageId: "id-7",
      address: "ann@example.org",
      trouble: trouble && {
        kind: trouble[0],
        at: trouble[1],
        detail: trouble[2] instanceof RegExp ? expect.stringMatching(trouble[2]) : trouble[2],
      },
    });
  });

  test("keeps no address in the words of a failure", () => {
    const body = event("Reject", { reject: { reason: "Bad content for <ann@example.org>" } }, told);
    expect(read(body)).toMatchObject({ trouble: { detail: "Bad content for <(address)>" } });
  });

  test("of a single mail belongs to no delivery", () => {
    const body = event("Send", { send: {} }, told, { tags: { mail: ["single"] } });
    expect(read(body)).toMatchObject({ delivery: undefined, address: "ann@example.org" });
  });
});

test("the SES simulator's are read too, for every fate", () => {
  const tags = Object.fromEntries(tagsOf({ key, attempt: 2, position: 7 }).map(({ name, value }) => [name, value]));
  const kinds = Fate.options.flatMap((fate) => {
    const entry = { id: "id-7", to: ["ann@example.org"], cc: [], bcc: [], values: {}, headers: [], tags, fate };
    const call = { v: 1, at: Date.parse(at), operation: "SendBulkEmail", from: "e@news.example", replyTo: [] } as const;
    const shared = { ...call, replyTo: [], configurationSet: "broadsheet", content: "", subject: "", entries: [entry] };
    const message = { n: 1, call: shared, entry };
    return eventsOf(message, account, undefined).map((each) => {
      const said = read(JSON.stringify(each));
      expect(said).toMatchObject({ delivery: { key, attempt: 2, position: 7 }, messageId: "id-7" });
      return "refused" in said ? "" : said.trouble?.kind;
    });
  });
  // The simulator has no address whose server blocks the sender.
  const told = OutcomeKind.options.filter((kind) => kind !== "blocked");
  expect(new Set(kinds)).toEqual(new Set([undefined, ...told]));
});

describe("refused, with the reason, is", () => {
  const { batch: _, ...someTags } = { batch: [""], newsletter: ["daily"], edition: ["2026-11-23"] };
  test.each([
    ["what isn't JSON", "kick", /not an SES event/],
    ["nothing at all", "", /not an SES event/],
    ["a kick", '{"kick":1}', /source/],
    [
      "an event without its mail",
      JSON.stringify({ source: "aws.ses", time: at, detail: { eventType: "Send" } }),
      /mail/,
    ],
    ["what another service says", event("Send", {}, told, { source: "my.app" }), /not come from aws.ses/],
    ["another configuration set's", sent(told).replaceAll('["broadsheet"]', '["other"]'), /another configuration set/],
    ["what has no tags of ours", event("Send", {}, told, { tags: {} }), /tags/],
    ["what has some of them", event("Send", {}, told, { tags: someTags }), /tags/],
    ["what was not asked for", event("Open", { open: {} }, told), /Open aren't subscribed to/],
    ["a time that is none", sent(told).replace("2026-11-23T07:00:21Z", "soon"), /time/],
  ])("%s", (_, body, reason) => {
    expect(read(body)).toEqual({ refused: expect.stringMatching(reason) });
  });
});
