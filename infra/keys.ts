import { Aws, RemovalPolicy, Validations } from "aws-cdk-lib";
import { type IGrantable, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import type { Construct } from "constructs";
import type { Deployment } from "./deployment.ts";

export type Keys = {
  /** The name for GetSecretValue. */
  id: string;
  /** The resource for permissions. */
  arn: string;
};

/**
 * The keys. CloudFormation generates the first one, and would generate a new one if anything in generateSecretString
 * changed: all subscribers would be lost under new ids, and signed links would stop working. Don't change it. `keys
 * rotate` adds keys for unsubscribe links, sessions, sealing and push keys.
 */
export function makeKeys(scope: Construct, { config: { existing }, emulator }: Deployment): Keys {
  const { keys } = existing;
  if (keys !== undefined) return { id: keys, arn: keys.startsWith("arn:") ? keys : arnByName(keys) };
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
  return { id: secret.secretArn, arn: emulator ? arnByName(secret.secretArn) : secret.secretArn };
}

/** The emulator gives a secret's name where CloudFormation gives its ARN, which ends with six characters more. */
const arnByName = (name: string) =>
  `arn:${Aws.PARTITION}:secretsmanager:${Aws.REGION}:${Aws.ACCOUNT_ID}:secret:${name}-??????`;

/** Allows `who` to add new keys. */
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
