import { CfnElement, CfnOutput, Duration, RemovalPolicy, Stack, Validations } from "aws-cdk-lib";
import {
  type BehaviorOptions,
  CachePolicy,
  ResponseHeadersPolicy,
  S3OriginAccessControl,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import { AnyPrincipal, Effect, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Architecture, type Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  BucketPolicy,
  type IBucket,
  ObjectOwnership,
} from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import * as contract from "#functions/pictures/contract.ts";
import type { Deployment } from "../deployment.ts";
import { makeFunction } from "../function.ts";
import { errorAlarm } from "../monitoring/alarm.ts";
import { globalName } from "../web/front-policies.ts";

/** The bucket of pictures, and its origin for CloudFront. */
type Shelf = { bucket: IBucket; behavior: BehaviorOptions };

/** The private bucket of picture copies, which only CloudFront reads. */
export function makeShelf(scope: Construct, deployment: Deployment): Shelf {
  const bucket = makeBucket(scope, deployment);
  const originAccessControl = new S3OriginAccessControl(scope, "Access", {
    originAccessControlName: globalName(deployment, "pictures"),
  });
  const behavior = {
    origin: S3BucketOrigin.withOriginAccessControl(bucket, { originAccessControl }),
    viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
    cachePolicy: CachePolicy.CACHING_OPTIMIZED,
    responseHeadersPolicy: headersFor(scope, deployment),
  };
  return { bucket, behavior };
}

/** pictures: fetches, resizes and stores pictures. */
export function makePictures(
  scope: Construct,
  deployment: Deployment,
  { allowOrigins, bucket, url }: { allowOrigins: string; bucket: IBucket; url: string },
): LambdaFunction {
  const fn = makeFunction(scope, deployment, {
    contract,
    environment: { PICTURES_BUCKET: bucket.bucketName, PICTURES_URL: url, ALLOW_ORIGINS: allowOrigins },
    carries: { modules: ["sharp"], architecture: Architecture.X86_64 },
  });
  fn.addToRolePolicy(
    new PolicyStatement({ actions: ["s3:GetObject", "s3:PutObject"], resources: [bucket.arnForObjects("pictures/*")] }),
  );
  // Without it, S3 answers 403 instead of 404 for a missing object.
  fn.addToRolePolicy(new PolicyStatement({ actions: ["s3:ListBucket"], resources: [bucket.bucketArn] }));
  Validations.of(fn.role ?? fn).acknowledge({
    id: `AwsSolutions-IAM5[Resource::${arnInFindings(bucket)}/pictures/*]`,
    reason: "Its objects' names are hashes that are not known beforehand; all are under pictures/.",
  });
  errorAlarm(fn, deployment, {
    name: contract.name,
    means: "Editions go out without their lead's picture.",
    periods: 3,
  });
  new CfnOutput(scope, "PicturesBucket", {
    value: bucket.bucketName,
    description: "Pictures that old mails show; stays when the stack is destroyed",
  });
  new CfnOutput(scope, "PicturesUrl", { value: url, description: "Where leads' pictures are served" });
  return fn;
}

/** How cdk-nag writes the bucket's ARN. */
function arnInFindings(bucket: IBucket): string {
  const { defaultChild } = bucket.node;
  if (defaultChild === undefined || !CfnElement.isCfnElement(defaultChild))
    return `arn:<AWS::Partition>:s3:::${bucket.bucketName}`;
  return `<${Stack.of(bucket).getLogicalId(defaultChild)}.Arn>`;
}

/** Kept when the stack is destroyed, because old emails show its pictures. */
function makeBucket(scope: Construct, { config: { existing } }: Deployment): IBucket {
  if (existing.picturesBucket !== undefined) return openBucket(scope, existing.picturesBucket);
  const bucket = new Bucket(scope, "Bucket", {
    encryption: BucketEncryption.S3_MANAGED,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
  Validations.of(bucket).acknowledge({
    id: "AwsSolutions-S1",
    reason: "Only CloudFront reads it, and who looked at which mail's picture is private.",
  });
  return bucket;
}

/** A bucket that an earlier stack made; its policy ended with that stack. */
function openBucket(scope: Construct, name: string): IBucket {
  const bucket = Bucket.fromBucketName(scope, "Bucket", name);
  const policy = new BucketPolicy(scope, "BucketPolicy", { bucket });
  policy.document.addStatements(
    new PolicyStatement({
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: ["s3:*"],
      resources: [bucket.bucketArn, bucket.arnForObjects("*")],
      conditions: { Bool: { "aws:SecureTransport": "false" } },
    }),
  );
  // CloudFront's origin adds its permission to this one.
  bucket.policy = policy;
  return bucket;
}

/** Any origin may show a picture, but not interpret it as anything else. */
const headersFor = (scope: Construct, deployment: Deployment) =>
  new ResponseHeadersPolicy(scope, "Headers", {
    responseHeadersPolicyName: globalName(deployment, "pictures"),
    securityHeadersBehavior: {
      contentTypeOptions: { override: true },
      contentSecurityPolicy: { contentSecurityPolicy: "default-src 'none'; sandbox", override: true },
      strictTransportSecurity: { accessControlMaxAge: Duration.days(365), override: true },
    },
    customHeadersBehavior: {
      customHeaders: [{ header: "cross-origin-resource-policy", value: "cross-origin", override: true }],
    },
  });
