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

/** CloudFront's policies are the account's, whatever the region: their names say which deployment they are of. */
export const globalName = ({ config }: Deployment, what: string): string => `${config.name}-${what}-${Aws.REGION}`;

/**
 * For readers' pages: cached for as long as a page itself says, at most a day, by path and query. The website learns
 * what it needs of a request, at most ten headers; CloudFront-Viewer-Address is the reader's own address. Cookies it
 * uses none. Host is not among them: API Gateway answers to its own name only.
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
 * For the desk and for push, together with AllViewerExceptHostHeader, which sends no header that CloudFront adds. What
 * is in the cache's key goes to the origin too, Authorization and CloudFront-Viewer-Address (address and port) with it:
 * with them in the key, an answer is never another client's, and it is kept for a second at most.
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
