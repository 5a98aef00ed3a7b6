import { Aws, Duration, Validations } from "aws-cdk-lib";
import type { HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  type DistributionProps,
  type ErrorResponse,
  HttpVersion,
  type IOrigin,
  OriginRequestPolicy,
  PriceClass,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { HttpOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import type { Construct } from "constructs";
import { siteRecord } from "#domain/dns/records.ts";
import * as desk from "#functions/desk/contract.ts";
import { pushPaths as push } from "#functions/push/contract.ts";
import { personalPaths } from "#functions/site/contract.ts";
import type { Deployment } from "../deployment.ts";
import { setRecords } from "../mail/dns.ts";
import { clientPolicies, readerPolicies } from "./front-policies.ts";

/** Paths of personal pages, which are never cached: their addresses contain a reader's token. */
const readerPaths = personalPaths.map((path) => (path.endsWith("/") ? `${path}*` : path));

/**
 * The header that shows the website that a request came through the distribution. CloudFront overwrites a viewer's own
 * header with this name.
 */
const secretHeader = "x-origin-secret";

type Front = { distribution: Distribution; originSecret: string };

/**
 * Whether the website is behind CloudFront; in the emulator it isn't, because its distributions' names don't resolve.
 */
export const hasFront = ({ config, emulator }: Deployment): boolean => config.site.cloudFront && !emulator;

/**
 * One distribution for the website and the pictures. Archive pages are cached by their headers; personal pages never
 * are. The API's own address keeps working for links already sent.
 * @param pictures absent: the deployment has no pictures
 */
export function makeFront(
  scope: Construct,
  deployment: Deployment,
  { api, pictures }: { api: HttpApi; pictures: BehaviorOptions | undefined },
): Front {
  const originSecret = makeOriginSecret(scope);
  const origin = new HttpOrigin(`${api.apiId}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}`, {
    customHeaders: { [secretHeader]: originSecret },
    // Longer than the HTTP API's limit of 30 seconds.
    readTimeout: Duration.seconds(35),
  });
  const pages = readersPages(scope, deployment, origin);
  const distribution = makeDistribution(scope, deployment, {
    comment: `${deployment.config.name}: website and pictures`,
    defaultBehavior: pages.cached,
    additionalBehaviors: {
      ...eachOf(readerPaths, pages.uncached),
      ...eachOf([`${desk.base}*`, `${push.articles}*`], clients(scope, deployment, origin)),
      ...(pictures === undefined ? {} : { "/pictures/*": pictures }),
    },
    errorResponses,
    ...ownDomain(scope, deployment),
  });
  addDnsRecords(scope, deployment, distribution);
  return { distribution, originSecret };
}

/** A distribution only for pictures, if the website has none. */
export const makePicturesFront = (scope: Construct, deployment: Deployment, pictures: BehaviorOptions): Distribution =>
  makeDistribution(scope, deployment, {
    comment: `${deployment.config.name}: pictures in mails`,
    defaultBehavior: pictures,
  });

/** Known only to CloudFront and the functions, so a client's address is only accepted from CloudFront. */
function makeOriginSecret(scope: Construct): string {
  const secret = new Secret(scope, "OriginSecret", {
    description: "Proves to the website that a request came through CloudFront",
    generateSecretString: { passwordLength: 40, excludePunctuation: true },
  });
  Validations.of(secret).acknowledge({
    id: "AwsSolutions-SMG4",
    reason:
      "It opens nothing: anyone who knows it can only misstate a client's address to the rate limit. CloudFront and the functions take a new one at the same deployment.",
  });
  // CloudFormation fills it in; it is in no template.
  return secret.secretValue.unsafeUnwrap();
}

function readersPages(scope: Construct, deployment: Deployment, origin: IOrigin) {
  const { cachePolicy, originRequestPolicy } = readerPolicies(scope, deployment);
  const both = { origin, originRequestPolicy, ...allMethods, compress: true };
  return { cached: { ...both, cachePolicy }, uncached: { ...both, cachePolicy: CachePolicy.CACHING_DISABLED } };
}

/** Editors and push clients: with all their headers and cookies. */
const clients = (scope: Construct, deployment: Deployment, origin: IOrigin): BehaviorOptions => ({
  origin,
  cachePolicy: clientPolicies(scope, deployment),
  originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
  ...allMethods,
  compress: true,
});

const allMethods = {
  allowedMethods: AllowedMethods.ALLOW_ALL,
  viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
};

const eachOf = (patterns: readonly string[], behavior: BehaviorOptions) =>
  Object.fromEntries(patterns.map((pattern) => [pattern, behavior]));

/** Otherwise, CloudFront caches errors for ten seconds. */
const errorResponses: ErrorResponse[] = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504].map((httpStatus) => ({
  httpStatus,
  ttl: Duration.seconds(0),
}));

function ownDomain(scope: Construct, { config: { site } }: Deployment): Partial<DistributionProps> {
  return {
    ...(site.firewall === undefined ? {} : { webAclId: site.firewall }),
    ...(site.domain === undefined || site.certificate === undefined
      ? {}
      : {
          domainNames: [site.domain],
          certificate: Certificate.fromCertificateArn(scope, "Certificate", site.certificate),
          minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
        }),
  };
}

/** CloudFront's own hosted zone, the same for every distribution (AWS::Route53::RecordSet AliasTarget). */
const cloudFrontZone = "Z2FDTNDATAQYW2";

function addDnsRecords(scope: Construct, deployment: Deployment, { distributionDomainName }: Distribution): void {
  const { domain } = deployment.config.site;
  if (domain === undefined) return;
  const records = siteRecord(deployment.config, distributionDomainName);
  setRecords(scope, deployment, { id: "DnsSite", domain, records, targetZone: cloudFrontZone });
}

function makeDistribution(scope: Construct, { config }: Deployment, props: DistributionProps): Distribution {
  const distribution = new Distribution(scope, "Distribution", {
    ...props,
    httpVersion: HttpVersion.HTTP2_AND_3,
    priceClass: PriceClass.PRICE_CLASS_ALL,
  });
  const reasons: Record<string, string> = {
    "AwsSolutions-CFR1": "Readers are everywhere.",
    "AwsSolutions-CFR2":
      "A firewall costs more than all the rest, so it is the operator's choice (site.firewall); the functions limit each client themselves.",
    "AwsSolutions-CFR3": "It keeps no record of who looked at which page or picture: paths can hold readers' tokens.",
    "AwsSolutions-CFR4": "CloudFront's own name has CloudFront's own certificate, whose protocols AWS sets.",
  };
  if (config.site.firewall !== undefined) delete reasons["AwsSolutions-CFR2"];
  for (const [id, reason] of Object.entries(reasons)) Validations.of(distribution).acknowledge({ id, reason });
  return distribution;
}
