import { Aws, Duration } from "aws-cdk-lib";
import {
  CacheCookieBehavior,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  type ICachePolicy,
  type IOriginRequestPolicy,
  OriginRequestCookieBehavior,
  OriginRequestHeaderBehavior,
  OriginRequestPolicy,
  OriginRequestQueryStringBehavior,
} from "aws-cdk-lib/aws-cloudfront";
import type { Construct } from "constructs";
import type { Deployment } from "../deployment.ts";

/** CloudFront's policies belong to the account, not to a region, so their names contain the deployment. */
export const globalName = ({ config }: Deployment, what: string): string => `${config.name}-${what}-${Aws.REGION}`;

/**
 * For readers' pages: cached as long as the page's headers say, at most a day, by path and query. The website gets only
 * the headers it needs, at most ten, including CloudFront-Viewer-Address with the reader's address, and no cookies.
 * Host isn't included, because API Gateway accepts only its own name.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/origin-request-understand-origin-request-policy.html
 */
export function readerPolicies(
  scope: Construct,
  deployment: Deployment,
): { cachePolicy: ICachePolicy; originRequestPolicy: IOriginRequestPolicy } {
  const cachePolicy = new CachePolicy(scope, "ReaderCache", {
    cachePolicyName: globalName(deployment, "readers"),
    minTtl: Duration.seconds(0),
    defaultTtl: Duration.seconds(0),
    maxTtl: Duration.days(1),
    queryStringBehavior: CacheQueryStringBehavior.all(),
    cookieBehavior: CacheCookieBehavior.none(),
    headerBehavior: CacheHeaderBehavior.none(),
    enableAcceptEncodingBrotli: true,
    enableAcceptEncodingGzip: true,
  });
  const originRequestPolicy = new OriginRequestPolicy(scope, "ReaderRequests", {
    originRequestPolicyName: globalName(deployment, "readers"),
    queryStringBehavior: OriginRequestQueryStringBehavior.all(),
    cookieBehavior: OriginRequestCookieBehavior.none(),
    headerBehavior: OriginRequestHeaderBehavior.allowList(
      "Accept",
      "Accept-Language",
      "CloudFront-Viewer-Address",
      "Content-Type",
      "Origin",
      "Referer",
      "Sec-Fetch-Site",
      "User-Agent",
    ),
  });
  return { cachePolicy, originRequestPolicy };
}

/**
 * For the desk and for push, together with AllViewerExceptHostHeader, which doesn't include headers added by
 * CloudFront. Headers in the cache key also go to the origin, so Authorization and CloudFront-Viewer-Address (address
 * and port) are in the key. So a response is never shared with another client, and is kept for a second at most.
 */
export const clientPolicies = (scope: Construct, deployment: Deployment): ICachePolicy =>
  new CachePolicy(scope, "ClientCache", {
    cachePolicyName: globalName(deployment, "clients"),
    minTtl: Duration.seconds(0),
    defaultTtl: Duration.seconds(0),
    maxTtl: Duration.seconds(1),
    queryStringBehavior: CacheQueryStringBehavior.all(),
    cookieBehavior: CacheCookieBehavior.all(),
    headerBehavior: CacheHeaderBehavior.allowList("Authorization", "CloudFront-Viewer-Address"),
  });
