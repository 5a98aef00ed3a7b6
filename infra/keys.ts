import { Aws, RemovalPolicy, Validations } from "aws-cdk-lib";
import { type IGrantable, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import type { Construct } from "constructs";
import type { Deployment } from "./deployment.ts";

export type Keys = {
  /** What GetSecretValue takes. */
  id: string;
  /** What permission is for. */
  arn: string;
};

/**
 * The key that subscribers' ids and unsubscribe links are made with. CloudFormation generates it once, and would
 * again if anything in generateSecretString changed: every link in every mail ever sent would die and every
 * subscriber would be lost under a new id. Leave it as it is.
 */
export function makeKeys(scope: Construct, deployment: Deployment): Keys {
  const secret = new Secret(scope, "Keys", {
    description: "Signs unsubscribe links and makes subscribers' ids. Never rotate it by hand: docs/runbook.md#keys",
    generateSecretString: {
      secretStringTemplate: '{"id":"k1"}',
      generateStringKey: "key",
      passwordLength: 64,
      excludePunctuation: true,
    },
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
  Validations.of(secret).acknowledge({
    id: "AwsSolutions-SMG4",
    reason:
      "Rotation would break what the key is for: subscribers' ids are hashes made with it, and unsubscribe links in mails of years ago must go on working (RFC 8058, CAN-SPAM).",
  });
  return { id: secret.secretArn, arn: deployment.emulator ? arnByName(secret) : secret.secretArn };
}

/** The emulator gives a secret's name where CloudFormation gives its ARN. */
const arnByName = (secret: Secret) =>
  `arn:${Aws.PARTITION}:secretsmanager:${Aws.REGION}:${Aws.ACCOUNT_ID}:secret:${secret.secretArn}-??????`;

export function allowKeys(who: IGrantable, keys: Keys): void {
  who.grantPrincipal.addToPrincipalPolicy(
    new PolicyStatement({ actions: ["secretsmanager:GetSecretValue"], resources: [keys.arn] }),
  );
}
