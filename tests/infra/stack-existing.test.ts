import type { Template } from "aws-cdk-lib/assertions";
import { beforeAll, describe, expect, test } from "vitest";
import { existing, makeStack, resourcesOf, templateOf } from "../testing/aws/synthesis.ts";

const makers = {
  table: "AWS::DynamoDB::GlobalTable",
  keys: "AWS::SecretsManager::Secret",
  picturesBucket: "AWS::S3::Bucket",
  userPool: "AWS::Cognito::UserPool",
};
/** The secret between CloudFront and the API, which each stack makes for itself. */
const OWN_SECRETS = 1;

describe("a stack that goes on with what an earlier one left", () => {
  let template: Template;
  beforeAll(() => {
    template = templateOf(makeStack({ existing }));
  });

  test("makes none of it again", () => {
    const made = Object.values(makers).map((type) => Object.keys(resourcesOf(template, type)).length);
    expect(made).toEqual([0, OWN_SECRETS, 0, 0]);
    expect(resourcesOf(template, "AWS::Cognito::UserPoolGroup")).toEqual({});
  });

  test("names it in its outputs, as the earlier one did", () => {
    const outputs = template.toJSON().Outputs;
    const named = ["TableName", "KeysSecret", "PicturesBucket", "UserPool"].map((name) => outputs[name].Value);
    expect(named).toEqual(Object.values(existing));
  });

  test("each function that reads the table, the keys or the bucket gets these, and may reach them alone", () => {
    const functions = Object.values(resourcesOf(template, "AWS::Lambda::Function"));
    const given = (variable: string) =>
      functions.flatMap(({ Properties }) => variablesOf(Properties)[variable] ?? []).filter((value) => value !== "");
    for (const [variable, value] of [
      ["TABLE_NAME", existing.table],
      ["KEYS_SECRET", existing.keys],
      ["PICTURES_BUCKET", existing.picturesBucket],
    ] as const) {
      expect([...new Set(given(variable))]).toEqual([value]);
    }
    const resources = Object.values(resourcesOf(template, "AWS::IAM::Policy")).map(({ Properties }) =>
      JSON.stringify(Properties),
    );
    expect(resources.filter((text) => text.includes("dynamodb:")).every((text) => text.includes(tableArn))).toBe(true);
    expect(resources.some((text) => text.includes(`"${existing.keys}"`))).toBe(true);
  });

  test("lets CloudFront read the bucket again, whose policy ended with the earlier stack", () => {
    const [policy] = Object.values(resourcesOf(template, "AWS::S3::BucketPolicy"));
    expect(policy?.Properties).toMatchObject({
      Bucket: existing.picturesBucket,
      PolicyDocument: {
        Statement: [
          { Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } },
          { Effect: "Allow", Action: "s3:GetObject", Principal: { Service: "cloudfront.amazonaws.com" } },
        ],
      },
    });
  });

  test("gives the desk's people a client and a sign-in page of the new stack", () => {
    for (const type of ["AWS::Cognito::UserPoolClient", "AWS::Cognito::UserPoolDomain"]) {
      const [made] = Object.values(resourcesOf(template, type));
      expect(made?.Properties.UserPoolId).toBe(existing.userPool);
    }
  });
});

test("the user pool's groups stay with it: people keep their roles", () => {
  const groups = Object.values(resourcesOf(templateOf(makeStack()), "AWS::Cognito::UserPoolGroup"));
  expect(groups.map(({ DeletionPolicy }) => DeletionPolicy)).toEqual(groups.map(() => "RetainExceptOnCreate"));
  expect(groups.length).toBeGreaterThan(0);
});

test("only one of them may be given: the table after a restore, with the stack's own keys", () => {
  const template = templateOf(makeStack({ existing: { table: existing.table } }));
  expect(resourcesOf(template, makers.table)).toEqual({});
  expect(Object.keys(resourcesOf(template, makers.keys))).toHaveLength(OWN_SECRETS + 1);
});

test.each([
  ["table", "arn:aws:dynamodb:us-east-1:1:table/x"],
  ["picturesBucket", "s3://pictures"],
  ["userPool", "broadsheet-desk"],
])("%s must be what its output says, not %s", (name, value) => {
  expect(() => makeStack({ existing: { [name]: value } })).toThrow(new RegExp(`existing\\.${name}`));
});

const tableArn = `table/${existing.table}`;

const variablesOf = (properties: Record<string, unknown>): Record<string, unknown> => {
  const { Environment } = properties;
  if (typeof Environment !== "object" || Environment === null || !("Variables" in Environment)) return {};
  return Object.fromEntries(Object.entries(Environment.Variables ?? {}));
};
