import {
  CreateConfigurationSetCommand,
  CreateEmailIdentityCommand,
  DeleteEmailIdentityCommand,
  DeleteSuppressedDestinationCommand,
  GetAccountCommand,
  GetConfigurationSetCommand,
  GetEmailIdentityCommand,
  GetSuppressedDestinationCommand,
  ListEmailIdentitiesCommand,
  ListSuppressedDestinationsCommand,
  PutAccountSendingAttributesCommand,
  PutSuppressedDestinationCommand,
} from "@aws-sdk/client-sesv2";
import { afterEach, describe, expect, it } from "vitest";
import { bulk, entryTo, readers, refusal, simple, startTrial } from "../../ses-client.ts";

let trial: Awaited<ReturnType<typeof startTrial>>;
afterEach(() => trial.stop());

describe("a bulk call", () => {
  it("answers each entry in the order of the request, with ids of SES's form", async () => {
    trial = await startTrial();
    const { BulkEmailEntryResults: results = [] } = await trial.client.send(bulk(readers(50)));
    expect(results.map(({ Status }) => Status)).toEqual(Array(50).fill("SUCCESS"));
    for (const { MessageId } of results)
      expect(MessageId).toMatch(
        /^[0-9a-f]{16}-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}-[0-9a-f]{6}$/,
      );
    const mail = await trial.mail(results[7]?.MessageId);
    expect(mail).toMatchObject({
      to: "reader7@example.org",
      from: "daily@example.com",
      subject: "News for reader7@example.org",
    });
  });

  it("takes 50 entries and refuses 51, and none", async () => {
    trial = await startTrial();
    expect(await refusal(trial.client.send(bulk(readers(51))))).toMatchObject({
      name: "BadRequestException",
      status: 400,
    });
    expect(await refusal(trial.client.send(bulk([])))).toMatchObject({ name: "BadRequestException" });
    expect(await trial.mails()).toEqual([]);
  });

  it("substitutes without escaping, entry over default, and once", async () => {
    trial = await startTrial();
    const { BulkEmailEntryResults: results = [] } = await trial.client.send(
      bulk([entryTo("a@example.org", { name: '<b>{{other}}</b> & "Ann"' })], {
        DefaultContent: {
          Template: {
            TemplateContent: { Subject: "S", Html: "{{ name }}|{{place}}|{ {{name}}", Text: "t" },
            TemplateData: JSON.stringify({ name: "default", place: "here", other: "no" }),
          },
        },
      }),
    );
    const html = await fetch(`${trial.url}/messages/${results[0]?.MessageId}.html`);
    expect(await html.text()).toBe('<b>{{other}}</b> & "Ann"|here|{ <b>{{other}}</b> & "Ann"');
  });

  it.each(["{{missing}}", "{{#if name}}x{{/if}}", "{{{name}}}"])("accepts %s, and delivers nothing", async (html) => {
    trial = await startTrial();
    const Template = { TemplateContent: { Subject: "S", Html: html }, TemplateData: "{}" };
    const call = bulk([entryTo("a@example.org", { name: "Ann" })], { DefaultContent: { Template } });
    const { BulkEmailEntryResults: results } = await trial.client.send(call);
    expect(results?.[0]).toMatchObject({ Status: "SUCCESS" });
    expect(await trial.mails()).toEqual([]);
  });

  it("puts the entry's headers over the template's and joins tags", async () => {
    trial = await startTrial();
    const Template = {
      TemplateContent: { Subject: "S", Text: "t" },
      TemplateData: "{}",
      Headers: [
        { Name: "List-Id", Value: "<daily.example.com>" },
        { Name: "list-unsubscribe", Value: "<https://example.com/none>" },
      ],
    };
    const entry = {
      ...entryTo("a@example.org"),
      ReplacementHeaders: [{ Name: "List-Unsubscribe", Value: "<https://example.com/u/1>" }],
      ReplacementTags: [{ Name: "delivery", Value: "3" }],
    };
    const DefaultEmailTags = [
      { Name: "newsletter", Value: "daily" },
      { Name: "delivery", Value: "none" },
    ];
    await trial.client.send(bulk([entry], { DefaultContent: { Template }, DefaultEmailTags }));
    const [mail] = await trial.mails();
    expect(mail?.tags).toEqual({ newsletter: "daily", delivery: "3" });
    expect(mail?.headers).toMatchObject({
      "List-Id": "<daily.example.com>",
      "List-Unsubscribe": "<https://example.com/u/1>",
    });
    expect(mail?.headers).not.toHaveProperty("list-unsubscribe");
  });

  it.each([
    ["a header that is not ASCII", { Name: "List-Id", Value: "Zeitung für alle" }],
    ["a header SES sets", { Name: "Subject", Value: "mine" }],
  ])("refuses %s", async (_, header) => {
    trial = await startTrial();
    const call = bulk([{ ...entryTo("a@example.org"), ReplacementHeaders: [header] }]);
    expect(await refusal(trial.client.send(call))).toMatchObject({ name: "BadRequestException" });
  });

  it("refuses a tag and a sender that SES would not take", async () => {
    trial = await startTrial();
    const tagged = bulk(readers(1), { DefaultEmailTags: [{ Name: "edition", Value: "daily/2026" }] });
    expect(await refusal(trial.client.send(tagged))).toMatchObject({ name: "BadRequestException" });
    const named = bulk(readers(1), { FromEmailAddress: "Zeitung für alle <a@example.com>" });
    expect(await refusal(trial.client.send(named))).toMatchObject({ name: "BadRequestException" });
  });
});

describe("the account", () => {
  it("throttles more than its rate, counting recipients", async () => {
    trial = await startTrial({ account: { rate: 100 } });
    await trial.client.send(bulk(readers(50)));
    await trial.client.send(bulk(readers(50)));
    expect(await refusal(trial.client.send(bulk(readers(50))))).toEqual({
      name: "TooManyRequestsException",
      message: "Maximum sending rate exceeded.",
      status: 429,
    });
    await new Promise((resolve) => setTimeout(resolve, 600));
    await trial.client.send(bulk(readers(50)));
    expect(await trial.ask("GET", "/_control/summary")).toMatchObject({ calls: 4, accepted: 150, throttled: 1 });
  });

  it("ends at its quota, and says how much of it is used", async () => {
    trial = await startTrial({ account: { quota: 60 } });
    await trial.client.send(bulk(readers(50)));
    expect(await refusal(trial.client.send(bulk(readers(11))))).toMatchObject({
      message: "Daily message quota exceeded.",
    });
    const account = await trial.client.send(new GetAccountCommand({}));
    expect(account).toMatchObject({
      ProductionAccessEnabled: true,
      SendingEnabled: true,
      EnforcementStatus: "HEALTHY",
      PricingAttributes: { CurrentPlan: "ESSENTIALS" },
    });
    expect(account.SendQuota).toEqual({ Max24HourSend: 60, MaxSendRate: 500, SentLast24Hours: 50 });
  });

  it("refuses an unverified sender in SES's words until its domain is verified", async () => {
    trial = await startTrial({ verifyAll: false });
    const said = await refusal(trial.client.send(bulk(readers(2))));
    expect(said).toEqual({
      name: "MessageRejected",
      message:
        "Email address is not verified. The following identities failed the check in region US-EAST-1: The Daily <daily@example.com>",
      status: 400,
    });
    expect(
      await refusal(trial.client.send(new GetEmailIdentityCommand({ EmailIdentity: "example.com" }))),
    ).toMatchObject({
      name: "NotFoundException",
      status: 404,
    });
    await trial.client.send(new CreateEmailIdentityCommand({ EmailIdentity: "example.com" }));
    const pending = await trial.client.send(new GetEmailIdentityCommand({ EmailIdentity: "example.com" }));
    expect(pending).toMatchObject({
      VerifiedForSendingStatus: false,
      VerificationStatus: "PENDING",
      IdentityType: "DOMAIN",
    });
    await trial.ask("PUT", "/_control/identities/example.com", { verified: true });
    await trial.client.send(bulk(readers(2)));
    const listed = await trial.client.send(new ListEmailIdentitiesCommand({}));
    expect(listed.EmailIdentities).toMatchObject([{ IdentityName: "example.com", SendingEnabled: true }]);
    await trial.client.send(new DeleteEmailIdentityCommand({ EmailIdentity: "example.com" }));
    expect(await refusal(trial.client.send(bulk(readers(2))))).toMatchObject({ name: "MessageRejected" });
  });

  it("in the sandbox refuses unverified recipients, one by one in a bulk call", async () => {
    trial = await startTrial({ account: { sandbox: true } });
    await trial.ask("PUT", "/_control/identities/known.example", {});
    const entries = [entryTo("a@known.example"), entryTo("b@example.org"), entryTo("success@simulator.amazonses.com")];
    const { BulkEmailEntryResults: results = [] } = await trial.client.send(bulk(entries));
    expect(results.map(({ Status }) => Status)).toEqual(["SUCCESS", "MESSAGE_REJECTED", "SUCCESS"]);
    expect(results[1]?.Error).toContain("identities failed the check in region US-EAST-1: b@example.org");
    expect(await refusal(trial.client.send(simple(["b@example.org"])))).toMatchObject({ name: "MessageRejected" });
    expect((await trial.client.send(new GetAccountCommand({}))).ProductionAccessEnabled).toBe(false);
  });

  it("knows only configuration sets that were made", async () => {
    trial = await startTrial({ verifyAll: false });
    await trial.ask("PUT", "/_control/identities/example.com", {});
    const call = () => trial.client.send(bulk(readers(1), { ConfigurationSetName: "main" }));
    expect(await refusal(call())).toMatchObject({
      name: "NotFoundException",
      message: "Configuration set <main> does not exist.",
    });
    await trial.client.send(new CreateConfigurationSetCommand({ ConfigurationSetName: "main" }));
    await call();
    const set = await trial.client.send(new GetConfigurationSetCommand({ ConfigurationSetName: "main" }));
    expect(set.ConfigurationSetName).toBe("main");
  });

  it("pauses, and is shut down", async () => {
    trial = await startTrial();
    await trial.client.send(new PutAccountSendingAttributesCommand({ SendingEnabled: false }));
    expect(await refusal(trial.client.send(bulk(readers(1))))).toMatchObject({
      name: "SendingPausedException",
      status: 400,
    });
    await trial.ask("PATCH", "/_control/account", { sending: true, enforcement: "SHUTDOWN" });
    expect(await refusal(trial.client.send(bulk(readers(1))))).toMatchObject({ name: "AccountSuspendedException" });
  });

  it("keeps a suppression list that accepts and does not deliver", async () => {
    trial = await startTrial();
    const address = { EmailAddress: "Gone@example.org" };
    await trial.client.send(new PutSuppressedDestinationCommand({ ...address, Reason: "BOUNCE" }));
    const found = await trial.client.send(new GetSuppressedDestinationCommand(address));
    expect(found.SuppressedDestination).toMatchObject({ EmailAddress: "gone@example.org", Reason: "BOUNCE" });
    expect(found.SuppressedDestination?.LastUpdateTime).toBeInstanceOf(Date);
    const sent = await trial.client.send(bulk([entryTo("gone@example.org"), entryTo("here@example.org")]));
    expect(sent.BulkEmailEntryResults?.map(({ Status }) => Status)).toEqual(["SUCCESS", "SUCCESS"]);
    expect((await trial.mails()).map(({ to }) => to)).toEqual(["here@example.org"]);
    const listed = await trial.client.send(new ListSuppressedDestinationsCommand({ Reasons: ["BOUNCE"] }));
    expect(listed.SuppressedDestinationSummaries).toHaveLength(1);
    await trial.client.send(new DeleteSuppressedDestinationCommand(address));
    expect(await refusal(trial.client.send(new GetSuppressedDestinationCommand(address)))).toMatchObject({
      name: "NotFoundException",
    });
  });
});
