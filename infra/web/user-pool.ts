import { Aws, CfnOutput, Duration, RemovalPolicy, Validations } from "aws-cdk-lib";
import {
  AccountRecovery,
  CfnManagedLoginBranding,
  CfnUserPool,
  FeaturePlan,
  type IUserPool,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  PasskeyUserVerification,
  UserPool,
  UserPoolClient,
  type UserPoolDomain,
  UserPoolGroup,
} from "aws-cdk-lib/aws-cognito";
import { Construct } from "constructs";
import * as contract from "#functions/desk/contract.ts";
import type { Deployment } from "../deployment.ts";

/** The desk's identity provider. */
export type Provider = {
  issuer: string;
  clientId: string;
  clientSecret: string;
  scopes: string;
  groupsClaim: string;
  /** The page where a signed-in person adds a passkey; undefined: the provider handles this itself. */
  passkeysUrl?: string;
};

/**
 * A user pool for the desk, if the config has no other provider. There is no sign-up; an operator makes each account. A
 * passkey is enough to sign in; a password also needs a code from an authenticator app.
 */
export function makeUserPool(scope: Construct, deployment: Deployment, siteUrl: string): Provider {
  const construct = new Construct(scope, "people");
  const { userPool } = deployment.config.existing;
  const pool =
    userPool === undefined ? newPool(construct, deployment) : UserPool.fromUserPoolId(construct, "Pool", userPool);
  const client = makeClient(construct, pool, siteUrl);
  const domain = makeLogin(construct, deployment, pool, client);
  outputNextSteps(scope, pool, domain);
  return {
    issuer: `https://cognito-idp.${Aws.REGION}.${Aws.URL_SUFFIX}/${pool.userPoolId}`,
    clientId: client.userPoolClientId,
    clientSecret: "",
    scopes: "openid email profile",
    groupsClaim: "cognito:groups",
    passkeysUrl: passkeysPage(domain, client, siteUrl),
  };
}

/** With a group for each role. Both stay when the stack is destroyed: people keep their accounts and their roles. */
function newPool(construct: Construct, deployment: Deployment): UserPool {
  const pool = new UserPool(construct, "Pool", {
    userPoolName: `${deployment.config.name}-desk`,
    featurePlan: FeaturePlan.ESSENTIALS,
    selfSignUpEnabled: false,
    signInAliases: { email: true },
    signInCaseSensitive: false,
    standardAttributes: { email: { required: true, mutable: true }, fullname: { required: false, mutable: true } },
    keepOriginal: { email: true },
    mfa: Mfa.REQUIRED,
    mfaSecondFactor: { otp: true, sms: false },
    signInPolicy: { allowedFirstAuthFactors: { password: true, passkey: true } },
    passkeyUserVerification: PasskeyUserVerification.REQUIRED,
    passwordPolicy: {
      minLength: 14,
      requireLowercase: true,
      requireUppercase: true,
      requireDigits: true,
      requireSymbols: true,
      tempPasswordValidity: Duration.days(3),
    },
    accountRecovery: AccountRecovery.EMAIL_ONLY,
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  allowPasskeyAlone(pool);
  acknowledge(pool);
  for (const role of contract.roles) {
    const group = new UserPoolGroup(construct, `Group-${role}`, {
      userPool: pool,
      groupName: role,
      description: contract.about[role],
    });
    group.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
  }
  return pool;
}

/** Cognito's page for adding a passkey, which returns to the desk. */
function passkeysPage(domain: UserPoolDomain, client: UserPoolClient, siteUrl: string): string {
  return `${domain.baseUrl()}/passkeys/add?client_id=${client.userPoolClientId}&redirect_uri=${siteUrl}${contract.paths.home}`;
}

/** A passkey with a fingerprint, face or PIN is two factors; without this setting, Cognito counts it as one. */
function allowPasskeyAlone(pool: UserPool): void {
  const made = pool.node.defaultChild;
  if (!(made instanceof CfnUserPool)) throw new Error("The user pool is not made by CloudFormation.");
  made.webAuthnFactorConfiguration = "MULTI_FACTOR_WITH_USER_VERIFICATION";
}

function acknowledge(pool: UserPool): void {
  Validations.of(pool).acknowledge({
    id: "AwsSolutions-COG8",
    reason:
      "The Plus plan's threat protection costs by the user and guards passwords that anyone can try; here no one signs up, and a second factor or a passkey is asked of everyone.",
  });
}

/**
 * No client secret: PKCE binds the code to the browser, and the desk's verifier is made with a key that never leaves
 * the desk.
 */
function makeClient(scope: Construct, pool: IUserPool, siteUrl: string): UserPoolClient {
  const { paths } = contract;
  return new UserPoolClient(scope, "Client", {
    userPool: pool,
    userPoolClientName: "desk",
    generateSecret: false,
    preventUserExistenceErrors: true,
    authFlows: { user: true },
    oAuth: {
      flows: { authorizationCodeGrant: true },
      scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE],
      // The second address is for returning from adding a passkey, without a code.
      callbackUrls: [`${siteUrl}${paths.callback}`, `${siteUrl}${paths.home}`],
      logoutUrls: [`${siteUrl}${paths.signedOut}`],
    },
    idTokenValidity: Duration.minutes(5),
    accessTokenValidity: Duration.minutes(5),
    refreshTokenValidity: Duration.hours(24),
    enableTokenRevocation: true,
  });
}

/** Cognito's managed login pages at Cognito's address; the newer version supports passkeys. */
function makeLogin(
  scope: Construct,
  { config: { name }, emulator }: Deployment,
  pool: IUserPool,
  client: UserPoolClient,
): UserPoolDomain {
  if (!emulator) {
    new CfnManagedLoginBranding(scope, "Pages", {
      userPoolId: pool.userPoolId,
      clientId: client.userPoolClientId,
      useCognitoProvidedValues: true,
    });
  }
  return pool.addDomain("Domain", {
    // A prefix is unique among all AWS accounts in a region.
    cognitoDomain: { domainPrefix: `${name}-${Aws.ACCOUNT_ID}` },
    managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
  });
}

function outputNextSteps(scope: Construct, pool: IUserPool, domain: UserPoolDomain): void {
  const create = [
    `aws cognito-idp admin-create-user --user-pool-id ${pool.userPoolId} --username YOU@EXAMPLE.ORG`,
    "--user-attributes Name=email,Value=YOU@EXAMPLE.ORG Name=email_verified,Value=true Name=name,Value=YOUR-NAME",
  ].join(" ");
  const group = `aws cognito-idp admin-add-user-to-group --user-pool-id ${pool.userPoolId} --username YOU@EXAMPLE.ORG --group-name operator`;
  const outputs: [string, string, string][] = [
    ["NextPerson", create, "Then: a person for the desk, who gets a first password by mail"],
    ["NextRole", group, `And their role: ${contract.roles.join(", ")}`],
    ["SignInUrl", domain.baseUrl(), "Where people sign in and look after their passkeys"],
    ["UserPool", pool.userPoolId, "The desk's people; stays when the stack is destroyed"],
  ];
  for (const [id, value, description] of outputs) {
    new CfnOutput(scope, id, { value, description });
  }
}
