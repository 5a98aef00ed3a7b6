import { App, Stack } from "aws-cdk-lib";
import { Match, Template } from "aws-cdk-lib/assertions";
import { EventBus } from "aws-cdk-lib/aws-events";
import { EventBus as EventBusTarget } from "aws-cdk-lib/aws-events-targets";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { describe, expect, test } from "vitest";
import { bundledCode } from "#infra/bundling/bundling.ts";
import { Broadsheet, type BroadsheetProps } from "#infra/constructs/broadsheet.ts";
import { Newsletter, type NewsletterProps } from "#infra/constructs/newsletter.ts";

const daily: NewsletterProps = {
  title: "Harbour News",
  from: { name: "Harbour News", address: "news@harbour.example" },
  timeZone: "UTC",
  sendAt: "07:00",
  editors: ["eva@harbour.example"],
  postalAddress: "2 Quay, Port",
};

/** An app of someone else's, without this project's context. */
const someStack = () => new Stack(new App({ context: { "aws:cdk:bundling-stacks": [] } }), "Press");
const surroundings = { emulator: false, allowOrigins: "", codeOf: bundledCode };
const broadsheet = (stack: Stack, props: BroadsheetProps, id = "News") =>
  new Broadsheet(stack, id, props, surroundings);

describe("a Broadsheet in someone else's stack", () => {
  test("takes newsletters as constructs and as config, and tells where their pages are", () => {
    const stack = someStack();
    const newsletters = [new Newsletter(stack, "daily", daily)];
    const made = broadsheet(stack, {
      config: { name: "harbour", newsletters: { weekly: { ...daily, title: "Week" } } },
      newsletters,
    });
    expect(Object.keys(made.newsletters).sort()).toEqual(["daily", "weekly"]);
    expect(stack.resolve(made.newsletters.weekly?.archiveUrl)).toEqual(stack.resolve(`${made.siteUrl}/weekly`));
    expect(stack.resolve(newsletters[0]?.subscribeUrl)).toEqual(stack.resolve(`${made.siteUrl}/daily/subscribe`));
    Template.fromStack(stack).hasResourceProperties("AWS::Lambda::Function", { FunctionName: "harbour-command" });
  });

  test("a newsletter may have the name of one of its own parts", () => {
    const made = broadsheet(someStack(), {
      config: { name: "harbour", newsletters: { mail: daily, newsletters: daily } },
    });
    expect(Object.keys(made.newsletters)).toEqual(["mail", "newsletters"]);
  });

  test("there can be two with different names", () => {
    const stack = someStack();
    broadsheet(stack, { config: { name: "north", newsletters: { daily } } }, "North");
    broadsheet(stack, { config: { name: "south", newsletters: { daily } } }, "South");
    Template.fromStack(stack).resourceCountIs("AWS::DynamoDB::GlobalTable", 2);
  });

  test("lets a role give commands, and no more than that", () => {
    const stack = someStack();
    const made = broadsheet(stack, { config: { name: "harbour", newsletters: { daily } } });
    made.grantCommands(new Role(stack, "Pipeline", { assumedBy: new ServicePrincipal("states.amazonaws.com") }));
    Template.fromStack(stack).hasResourceProperties("AWS::IAM::Policy", {
      Roles: [{ Ref: Match.stringLikeRegexp("^Pipeline") }],
      PolicyDocument: {
        Statement: [
          {
            Action: "lambda:InvokeFunction",
            Effect: "Allow",
            Resource: { "Fn::GetAtt": [Match.stringLikeRegexp("^Newscommand"), "Arn"] },
          },
        ],
      },
    });
  });

  test("calls others when an edition is finished, of one newsletter or of any", () => {
    const stack = someStack();
    const newsletter = new Newsletter(stack, "daily", daily);
    const config = { name: "harbour", notices: { eventBridge: true } };
    const made = broadsheet(stack, { config, newsletters: [newsletter] });
    const bus = new EventBusTarget(EventBus.fromEventBusName(stack, "Bus", "others"));
    made.onEditionFinished("Any", bus);
    newsletter.onEditionFinished("Finished", bus);
    const rule = { source: ["broadsheet.harbour"], "detail-type": ["Edition Finished"] };
    const template = Template.fromStack(stack);
    template.hasResourceProperties("AWS::Events::Rule", { EventPattern: rule });
    template.hasResourceProperties("AWS::Events::Rule", {
      EventPattern: { ...rule, detail: { newsletter: ["daily"] } },
    });
  });
});

describe("what is wrong is said as the app is made", () => {
  test("a fault of the config, with the construct and its path", () => {
    const props = { config: { name: "Harbour News", newsletters: { daily: { ...daily, sendAt: "7" } } } };
    expect(() => broadsheet(someStack(), props)).toThrow(
      /^The config of Press\/News has 2 faults:\n {2}name: .*\n {2}newsletters\.daily\.sendAt: a time of day as HH:MM$/,
    );
  });

  test("a fault of a newsletter's own props", () => {
    const stack = someStack();
    const newsletters = [new Newsletter(stack, "daily", { ...daily, timeZone: "Mars" })];
    expect(() => broadsheet(stack, { config: {}, newsletters })).toThrow(/newsletters\.daily\.timeZone: not an IANA/);
  });

  test("two newsletters of one name", () => {
    const stack = someStack();
    const newsletters = [new Newsletter(stack, "daily", daily)];
    const props = { config: { newsletters: { daily } }, newsletters };
    expect(() => broadsheet(stack, props)).toThrow(
      "Press/News: two newsletters have the name daily. Rename one of them.",
    );
  });

  test("a newsletter that nothing sends", () => {
    const app = new App();
    const newsletter = new Newsletter(new Stack(app, "Press"), "daily", daily);
    expect(() => newsletter.archiveUrl).toThrow(
      "Nothing sends Press/daily yet: first give it to a Broadsheet, in newsletters.",
    );
    expect(() => app.synth()).toThrow(/Nothing sends Press\/daily: give it to a Broadsheet, in newsletters\./);
  });

  test("a newsletter that two would send", () => {
    const stack = someStack();
    const newsletters = [new Newsletter(stack, "daily", daily)];
    broadsheet(stack, { config: { name: "north" }, newsletters }, "North");
    expect(() => broadsheet(stack, { config: { name: "south" }, newsletters }, "South")).toThrow(/is sent already/);
  });

  test("a rule for events that the config turns off", () => {
    const stack = someStack();
    const made = broadsheet(stack, { config: { newsletters: { daily } } });
    const bus = new EventBusTarget(EventBus.fromEventBusName(stack, "Bus", "others"));
    expect(() => made.onEditionFinished("Any", bus)).toThrow(/Set notices: \{ eventBridge: true \} in its config/);
  });
});
