import { Match, type Template } from "aws-cdk-lib/assertions";
import { beforeAll, describe, expect, test } from "vitest";
import { config } from "#broadsheet.config.ts";
import { trigger } from "#functions/desk/contract.ts";
import * as push from "#functions/push/contract.ts";
import { makeStack, resourcesOf, templateOf } from "../../testing/aws/synthesis.ts";

const secret = "arn:aws:secretsmanager:us-east-1:123456789012:secret:desk-AbCdEf";
const own = { issuer: "https://id.example.org", clientId: "broadsheet", clientSecret: secret, groupsClaim: "roles" };

let template: Template;
beforeAll(() => {
  template = templateOf(makeStack());
});

type Statement = { Action: string | string[]; Resource: unknown; Condition?: unknown };

function statementsOf(from: Template): Statement[] {
  const [id] = Object.entries(resourcesOf(from, "AWS::Lambda::Function")).find(
    ([, { Properties }]) => Properties.FunctionName === `${config.name}-desk`,
  ) ?? [""];
  const role = JSON.stringify(from.toJSON().Resources[id].Properties.Role);
  return Object.values(from.findResources("AWS::IAM::Policy"))
    .filter(({ Properties }) => Properties.Roles.some(({ Ref }: { Ref: string }) => role.includes(`"${Ref}"`)))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
}

describe("the desk", () => {
  test("reaches nothing of the table but its sessions", () => {
    const statements = statementsOf(template).filter(({ Action }) => JSON.stringify(Action).includes("dynamodb:"));
    expect(statements).toHaveLength(1);
    expect(statements[0]?.Condition).toEqual({
      "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["SESSION#*", "SESSIONS", "DESK#*"] },
    });
  });

  test("invokes desk-command and nothing else", () => {
    const [command] = Object.entries(resourcesOf(template, "AWS::Lambda::Function")).find(
      ([, { Properties }]) => Properties.FunctionName === `${config.name}-desk-command`,
    ) ?? [""];
    const invoking = statementsOf(template).filter(({ Action }) => Action === "lambda:InvokeFunction");
    expect(invoking.map(({ Resource }) => Resource)).toEqual([{ "Fn::GetAtt": [command, "Arn"] }]);
  });

  test("has all of its paths on the website's address, and no limit that a stranger could use up for editors", () => {
    for (const path of trigger.routes) {
      template.hasResourceProperties("AWS::ApiGatewayV2::Route", { RouteKey: `ANY ${path}` });
    }
    const pushed = { ThrottlingRateLimit: push.trigger.rate, ThrottlingBurstLimit: push.trigger.burst };
    template.hasResourceProperties("AWS::ApiGatewayV2::Stage", {
      RouteSettings: { "POST /articles": pushed },
    });
    const [stage] = Object.values(template.findResources("AWS::ApiGatewayV2::Stage"));
    expect(Object.keys(stage?.Properties.RouteSettings).filter((route) => route.includes("/desk"))).toEqual([]);
  });
});

describe("without a provider of one's own", () => {
  test("the stack makes a user pool without sign-up where a password alone isn't enough", () => {
    template.hasResource("AWS::Cognito::UserPool", {
      DeletionPolicy: "Retain",
      Properties: {
        AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
        MfaConfiguration: "ON",
        EnabledMfas: ["SOFTWARE_TOKEN_MFA"],
        WebAuthnUserVerification: "required",
        WebAuthnFactorConfiguration: "MULTI_FACTOR_WITH_USER_VERIFICATION",
        Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "WEB_AUTHN"] } },
        DeletionProtection: "ACTIVE",
      },
    });
  });

  test("each role is a group of it", () => {
    const groups = Object.values(resourcesOf(template, "AWS::Cognito::UserPoolGroup"));
    const names = groups.map(({ Properties }) => Properties.GroupName);
    expect(names.toSorted()).toEqual(["approver", "editor", "operator", "viewer"]);
  });

  test("its client gives codes alone, and sends them to the desk alone", () => {
    const at = (path: string) => [Match.objectLike({ "Fn::Join": ["", Match.arrayWith([path])] })];
    template.hasResourceProperties("AWS::Cognito::UserPoolClient", {
      AllowedOAuthFlows: ["code"],
      AllowedOAuthScopes: ["openid", "email", "profile"],
      GenerateSecret: false,
      PreventUserExistenceErrors: "ENABLED",
      CallbackURLs: [...at("/desk/callback"), ...at("/desk")],
      LogoutURLs: at("/desk/signed-out"),
    });
    template.hasResourceProperties("AWS::Cognito::UserPoolDomain", { ManagedLoginVersion: 2 });
    template.resourceCountIs("AWS::Cognito::ManagedLoginBranding", 1);
  });

  test("the desk asks that pool, and reads roles from its groups", () => {
    template.hasResourceProperties("AWS::Lambda::Function", {
      Environment: { Variables: { OIDC_GROUPS_CLAIM: "cognito:groups", OIDC_CLIENT_SECRET: "" } },
      FunctionName: `${config.name}-desk`,
    });
  });

  test("the desk knows Cognito's page to add a passkey, which leads back to the desk", () => {
    const [desk] = Object.values(resourcesOf(template, "AWS::Lambda::Function")).filter(
      ({ Properties }) => Properties.FunctionName === `${config.name}-desk`,
    );
    const url = JSON.stringify(Object(desk?.Properties.Environment).Variables.PASSKEYS_URL);
    expect(url).toMatch(/amazoncognito\.com\/passkeys\/add\?client_id=.*&redirect_uri=.*\/desk"/);
  });
});

describe("with one", () => {
  let given: Template;
  beforeAll(() => {
    given = templateOf(makeStack({ desk: own }));
  });

  test("no user pool is made", () => {
    given.resourceCountIs("AWS::Cognito::UserPool", 0);
    expect(JSON.stringify(given.toJSON())).not.toContain("PASSKEYS_URL");
    given.hasResourceProperties("AWS::Lambda::Function", {
      Environment: {
        Variables: { OIDC_ISSUER: own.issuer, OIDC_CLIENT_ID: own.clientId, OIDC_GROUPS_CLAIM: "roles" },
      },
    });
  });

  test("the desk may read the client's secret", () => {
    const reads = statementsOf(given).filter(({ Action }) => Action === "secretsmanager:GetSecretValue");
    expect(JSON.stringify(reads.map(({ Resource }) => Resource))).toContain(secret);
    expect(JSON.stringify(statementsOf(template))).not.toContain(secret);
  });
});
