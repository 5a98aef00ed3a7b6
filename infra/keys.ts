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
 * The keys. CloudFormation generates the first one, and would again if anything in generateSecretString changed: every
 * subscriber would be lost under a new id, and links signed with it would die. Leave it as it is. `keys rotate` adds
 * keys for unsubscribe links, sessions, sealing and push keys beside it.
 */
export function makeKeys(scope: Construct, deployment: Deployment): Keys {
  const secret = new Secret(scope, "Keys", {
    description: "Makes subscribers' ids and signs links. Rotate with the command `keys rotate`: docs/runbook.md#keys",
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
      "Its first key can't be replaced: subscribers' ids are hashes made with it. The other keys are rotated by a command, beside the old ones, because links in mails of years ago must go on working (RFC 8058, CAN-SPAM).",
  });
  return { id: secret.secretArn, arn: deployment.emulator ? arnByName(secret) : secret.secretArn };
}

/** The emulator gives a secret's name where CloudFormation gives its ARN. */
const arnByName = (secret: Secret) =>
  `arn:${Aws.PARTITION}:secretsmanager:${Aws.REGION}:${Aws.ACCOUNT_ID}:secret:${secret.secretArn}-??????`;

/** Allows `who` to put new keys beside the old ones. */
export function allowRotating(who: IGrantable, keys: Keys): void {
  who.grantPrincipal.addToPrincipalPolicy(
    new PolicyStatement({ actions: ["secretsmanager:PutSecretValue"], resources: [keys.arn] }),
  );
}

export function allowKeys(who: IGrantable, keys: Keys): void {
  who.grantPrincipal.addToPrincipalPolicy(
    new PolicyStatement({ actions: ["secretsmanager:GetSecretValue"], resources: [keys.arn] }),
  );
}
