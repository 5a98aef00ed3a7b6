import { CfnElement, CfnOutput, Duration, RemovalPolicy, Stack, Validations } from "aws-cdk-lib";
import {
  CachePolicy,
  Distribution,
  HttpVersion,
  PriceClass,
  ResponseHeadersPolicy,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Architecture, type Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import * as contract from "#functions/pictures/contract.ts";
import { errorAlarm } from "./alarm.ts";
import type { Deployment } from "./deployment.ts";
import { makeFunction } from "./function.ts";

/** pictures: copies of leads' pictures in a private bucket, served by CloudFront. */
export function makePictures(
  scope: Construct,
  deployment: Deployment,
  { allowOrigins }: { allowOrigins: string },
): LambdaFunction {
  const shelf = new Construct(scope, "shelf");
  const bucket = makeBucket(shelf);
  const { distributionDomainName } = makeDistribution(shelf, deployment, bucket);
  const url = `https://${distributionDomainName}`;
  const fn = makeFunction(scope, deployment, {
    contract,
    environment: { PICTURES_BUCKET: bucket.bucketName, PICTURES_URL: url, ALLOW_ORIGINS: allowOrigins },
    timeout: contract.timeout,
    memory: 1769,
    carries: { modules: ["sharp"], architecture: Architecture.X86_64 },
  });
  fn.addToRolePolicy(
    new PolicyStatement({ actions: ["s3:GetObject", "s3:PutObject"], resources: [bucket.arnForObjects("pictures/*")] }),
  );
  // Without it S3 answers 403 where there is no such object.
  fn.addToRolePolicy(new PolicyStatement({ actions: ["s3:ListBucket"], resources: [bucket.bucketArn] }));
  Validations.of(fn.role ?? fn).acknowledge({
    id: `AwsSolutions-IAM5[Resource::<${logicalName(bucket)}.Arn>/pictures/*]`,
    reason: "Its objects' names are hashes that nobody knows beforehand; they all stand under pictures/.",
  });
  errorAlarm(fn, deployment, {
    name: contract.name,
    means: "Editions go out without their lead's picture.",
    periods: 3,
  });
  new CfnOutput(shelf, "PicturesUrl", { value: url, description: "Where leads' pictures are served" });
  return fn;
}

/** What cdk-nag calls the bucket. */
function logicalName(bucket: Bucket): string {
  const { defaultChild } = bucket.node;
  return CfnElement.isCfnElement(defaultChild) ? Stack.of(bucket).getLogicalId(defaultChild) : bucket.node.id;
}

/** Kept when the stack is destroyed: mails of years ago show what is in it. */
function makeBucket(scope: Construct): Bucket {
  const bucket = new Bucket(scope, "Bucket", {
    encryption: BucketEncryption.S3_MANAGED,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  Validations.of(bucket).acknowledge({
    id: "AwsSolutions-S1",
    reason: "Only CloudFront reads it, and who looked at which mail's picture is nobody's business.",
  });
  return bucket;
}

function makeDistribution(scope: Construct, { config }: Deployment, bucket: Bucket): Distribution {
  const distribution = new Distribution(scope, "Distribution", {
    comment: `${config.name}: pictures in mails`,
    defaultBehavior: {
      origin: S3BucketOrigin.withOriginAccessControl(bucket),
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      responseHeadersPolicy: headersFor(scope, config.name),
    },
    httpVersion: HttpVersion.HTTP2_AND_3,
    priceClass: PriceClass.PRICE_CLASS_ALL,
  });
  const reasons: Record<string, string> = {
    "AwsSolutions-CFR1": "Readers are everywhere.",
    "AwsSolutions-CFR2": "It serves immutable pictures and nothing else: there is nothing a firewall would protect.",
    "AwsSolutions-CFR3": "Who looked at which mail's picture is nobody's business.",
    "AwsSolutions-CFR4": "CloudFront's own name has CloudFront's own certificate, whose protocols AWS sets.",
  };
  for (const [id, reason] of Object.entries(reasons)) Validations.of(distribution).acknowledge({ id, reason });
  return distribution;
}

/** Mail clients and web pages of any origin may show a picture; none may take it for anything else. */
const headersFor = (scope: Construct, name: string) =>
  new ResponseHeadersPolicy(scope, "Headers", {
    responseHeadersPolicyName: `${name}-pictures`,
    securityHeadersBehavior: {
      contentTypeOptions: { override: true },
      contentSecurityPolicy: { contentSecurityPolicy: "default-src 'none'; sandbox", override: true },
      strictTransportSecurity: { accessControlMaxAge: Duration.days(365), override: true },
    },
    customHeadersBehavior: {
      customHeaders: [{ header: "cross-origin-resource-policy", value: "cross-origin", override: true }],
    },
  });
