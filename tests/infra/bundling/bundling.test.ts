import type { Template } from "aws-cdk-lib/assertions";
import { beforeAll, describe, expect, test } from "vitest";
import { config } from "#broadsheet.config.ts";
import { slimClients, slimZod } from "#infra/bundling/esbuild-options.ts";
import { type Bundle, bundle } from "../../testing/aws/bundle.ts";
import { makeStack, resourcesOf, templateOf } from "../../testing/aws/synthesis.ts";

const names = [
  "assemble",
  "command",
  "desk",
  "desk-command",
  "dispatch",
  "feedback",
  "ingest",
  "pictures",
  "push",
  "send",
  "site",
  "watch",
];

/** Which permission each call of the SDK asks for. */
const permissionOf: Record<string, string[]> = {
  GetCommand: ["dynamodb:GetItem"],
  BatchGetCommand: ["dynamodb:BatchGetItem"],
  QueryCommand: ["dynamodb:Query"],
  PutCommand: ["dynamodb:PutItem"],
  UpdateCommand: ["dynamodb:UpdateItem"],
  DeleteCommand: ["dynamodb:DeleteItem"],
  DescribeTableCommand: ["dynamodb:DescribeTable"],
  SendMessageCommand: ["sqs:SendMessage"],
  ReceiveMessageCommand: ["sqs:ReceiveMessage"],
  DeleteMessageCommand: ["sqs:DeleteMessage"],
  ChangeMessageVisibilityCommand: ["sqs:ChangeMessageVisibility"],
  GetQueueAttributesCommand: ["sqs:GetQueueAttributes"],
  InvokeCommand: ["lambda:InvokeFunction"],
  GetSecretValueCommand: ["secretsmanager:GetSecretValue"],
  PutSecretValueCommand: ["secretsmanager:PutSecretValue"],
  // Without the second, S3 answers 403 where there is no such object.
  HeadObjectCommand: ["s3:GetObject", "s3:ListBucket"],
  PutObjectCommand: ["s3:PutObject"],
  GetAccountCommand: ["ses:GetAccount"],
  GetEmailIdentityCommand: ["ses:GetEmailIdentity"],
  DeleteSuppressedDestinationCommand: ["ses:DeleteSuppressedDestination"],
  SendEmailCommand: ["ses:SendEmail", "ses:SendRawEmail"],
  SendBulkEmailCommand: ["ses:SendBulkEmail", "ses:SendBulkTemplatedEmail"],
};

/** What Lambda itself does in the function's name: it writes its log, takes kicks and events, keeps what failed. */
const lambdasOwn: Record<string, string[]> = {
  "logs:CreateLogStream": names,
  "logs:PutLogEvents": names,
  "sqs:ReceiveMessage": ["send", "feedback", "requests"],
  "sqs:DeleteMessage": ["send", "feedback", "requests"],
  "sqs:ChangeMessageVisibility": ["send", "feedback", "requests"],
  "sqs:GetQueueAttributes": ["send", "feedback", "requests", "assemble"],
  "sqs:GetQueueUrl": ["send", "feedback", "requests", "assemble"],
  "sqs:SendMessage": ["assemble", "requests"],
};

/** In the bundle with its adapter, and never called: another function uses that part of the adapter. */
const neverCalled: Record<string, string[]> = {
  assemble: ["dynamodb:DeleteItem", "ses:GetAccount", "ses:GetEmailIdentity"], // watch, send and command do
  command: ["ses:GetAccount"], // send asks for the account; what is imported by a call is there as a whole
  "desk-command": ["dynamodb:DescribeTable", "ses:GetAccount"], // send looks at the table and the account
  dispatch: ["dynamodb:BatchGetItem", "dynamodb:DeleteItem"], // send reads readers and ends editions
  // send reads readers and ends editions, and looks at the table
  feedback: ["dynamodb:BatchGetItem", "dynamodb:DeleteItem", "dynamodb:DescribeTable"],
  push: ["dynamodb:Query"], // assemble looks for a day's articles, ingest for all sources
  // send reads readers, command imports them, site erases them
  requests: ["dynamodb:BatchGetItem"],
  site: ["dynamodb:BatchGetItem"], // send reads readers
  watch: ["dynamodb:BatchGetItem"], // send reads readers
};

let template: Template;
const bundles = new Map<string, Bundle>();
beforeAll(() => {
  template = templateOf(makeStack({ notices: { eventBridge: true, webhooks: true } }));
  for (const name of names) bundles.set(name, bundle(name));
}, 240_000);

describe.each(names)("%s", (name) => {
  test("is at most 1 MB, and mjml is not in it", () => {
    const { bytes, inputs } = bundleOf(name);
    expect(bytes).toBeLessThanOrEqual(1_000_000);
    expect(inputs.filter((file) => /node_modules\/(mjml|@babel|aws-cdk)/.test(file))).toEqual([]);
    expect(inputs.filter((file) => file.startsWith("adapters/memory/"))).toEqual([]);
    const slim = name === "push" ? slimClients : { ...slimClients, ...slimZod };
    const fat = Object.keys(slim).map((client) => `node_modules/${client}/`);
    expect(inputs.filter((file) => fat.some((client) => file.startsWith(client)))).toEqual([]);
    // JSON is left out: only the SDK's own version notes may be.
    const json = inputs.filter((file) => file.endsWith(".json"));
    expect(json.filter((file) => !/\/client-[\w-]+\/package\.json$/.test(file))).toEqual([]);
  });

  test("may do what its code does, and nothing else", () => {
    const called = [...bundleOf(name).ours.matchAll(/new (\w+Command)\w*\(/g)].map(([, command]) => command ?? "");
    const needed = called.flatMap((command) => permissionOf[command] ?? [`no permission is known for ${command}`]);
    const lambdas = Object.entries(lambdasOwn).flatMap(([action, whose]) => (whose.includes(name) ? [action] : []));
    const without = neverCalled[name] ?? [];
    expect(needed).toEqual(expect.arrayContaining(without));
    const all = new Set([...needed, ...lambdas]);
    expect(allowed(name).toSorted()).toEqual([...all].filter((action) => !without.includes(action)).sort());
  });
});

/** What only some of a function's events need, so its code must wait for an `import()`. */
const waits: [name: string, pattern: RegExp][] = [
  [
    "command",
    /^functions\/command\/(commands|tables)\/|^usecases\/(audience|delivery|keys|sources|editions\/decide)\//,
  ],
  ["command", /client-(lambda|s3|secrets-manager|sesv2|sqs)\//],
  ["desk-command", /^functions\/command\/(commands|tables)\/|^usecases\/(delivery|sources|editions\/decide)\//],
  ["desk-command", /client-(lambda|secrets-manager|sesv2|sqs)\//],
  ["assemble", /client-sesv2\//],
  ...["assemble", "command", "desk-command"].map((name): [string, RegExp] => [
    name,
    /node_modules\/(htmlparser2|entities)\//,
  ]),
  ["desk", /^functions\/command\/commands\/|node_modules\/(openid-client|oauth4webapi|jose)\//],
];

test.each(waits)("%s starts without %s", (name, pattern) => {
  const { inputs, atStart } = bundleOf(name);
  expect(inputs.filter((file) => pattern.test(file))).not.toEqual([]);
  expect(atStart.filter((file) => pattern.test(file))).toEqual([]);
});

test("no permission is for all resources, except for actions that support no narrower one", () => {
  const broad = statements().filter(({ Resource }) => JSON.stringify(Resource).includes("*"));
  const pictures = broad.find(({ Action }) => Action.includes("s3:PutObject"));
  expect(JSON.stringify(pictures?.Resource)).toMatch(/\/pictures\/\*"/);
  // A template that is part of the call has no name.
  const templates = broad.find(({ Resource }) => JSON.stringify(Resource).includes("template/*"));
  expect(templates?.Action).toEqual(["ses:SendBulkEmail", "ses:SendBulkTemplatedEmail"]);
  const others = broad.filter((statement) => statement !== pictures && statement !== templates);
  expect(others.toSorted((a, b) => String(a.Action).localeCompare(String(b.Action)))).toEqual([
    { Action: "ses:DeleteSuppressedDestination", Effect: "Allow", Resource: "*" },
    // command restores readers, requests lets them subscribe again.
    { Action: "ses:DeleteSuppressedDestination", Effect: "Allow", Resource: "*" },
    { Action: "ses:GetAccount", Effect: "Allow", Resource: "*" },
  ]);
  expect([...names, "requests"].filter((name) => allowed(name).includes("ses:DeleteSuppressedDestination"))).toEqual([
    "command",
    "requests",
  ]);
});

test("machine code is carried by the one function that runs it", () => {
  const using = names.filter(
    (name) =>
      /from ?"sharp"|require\("sharp"\)/.test(bundleOf(name).ours) ||
      bundleOf(name).inputs.includes("adapters/sharp/resize.ts"),
  );
  expect(using).toEqual(["pictures"]);
});

test("no permission is for any action", () => {
  expect(statements().filter(({ Action }) => JSON.stringify(Action).includes("*"))).toEqual([]);
});

type Statement = { Action: string | string[]; Effect: string; Resource: unknown };

function statements(of: (role: string) => boolean = () => true): Statement[] {
  const policies = Object.values(template.findResources("AWS::IAM::Policy")).map(({ Properties }) => Properties);
  return policies
    .filter(({ Roles }) => Roles.some(({ Ref }: { Ref: string }) => of(Ref)))
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

function allowed(name: string): string[] {
  const functions = Object.values(resourcesOf(template, "AWS::Lambda::Function"));
  const role = functions.find(({ Properties }) => Properties.FunctionName === `${config.name}-${name}`)?.Properties
    .Role;
  const roleId = JSON.stringify(role);
  return [...new Set(statements((ref) => roleId.includes(`"${ref}"`)).flatMap(({ Action }) => Action))];
}

function bundleOf(name: string): Bundle {
  const found = bundles.get(name);
  if (found === undefined) throw new Error(`${name} was not bundled.`);
  return found;
}
