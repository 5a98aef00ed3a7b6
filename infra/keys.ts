import { RemovalPolicy, Validations } from "aws-cdk-lib";
import { type IGrantable, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import type { Construct } from "constructs";

/**
 * The key that subscribers' ids and unsubscribe links are made with. CloudFormation generates it once, and would
 * again if anything in generateSecretString changed: every link in every mail ever sent would die and every
 * subscriber would be lost under a new id. Leave it as it is.
 */
export function makeKeys(scope: Construct): Secret {
  const secret = new Secret(scope, "Keys", {
    description: "Signs unsubscribe links and makes subscribers' ids. Never rotate it by hand: docs/runbook.md#keys",
    generateSecretString: {
      secretStringTemplate: '{"id":"k1"}',
      generateStringKey: "key",
      passwordLength: 64,
      excludePunctuation: true,
    },
    removalPolicy: RemovalPolicy.RETAIN,
  });
  Validations.of(secret).acknowledge({
    id: "AwsSolutions-SMG4",
    reason:
      "Rotation would break what the key is for: subscribers' ids are hashes made with it, and unsubscribe links in mails of years ago must go on working (RFC 8058, CAN-SPAM).",
  });
  return secret;
}

export function allowKeys(who: IGrantable, keys: Secret): void {
  who.grantPrincipal.addToPrincipalPolicy(
    new PolicyStatement({ actions: ["secretsmanager:GetSecretValue"], resources: [keys.secretArn] }),
  );
}
