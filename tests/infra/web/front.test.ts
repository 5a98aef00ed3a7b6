import { Match, type Template } from "aws-cdk-lib/assertions";
import { beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { config } from "#broadsheet.config.ts";
import { InvalidConfig } from "#domain/config/invalid-config.ts";
import { makeStack, resourcesOf, templateOf } from "../../testing/aws/synthesis.ts";

const site = { domain: "news.example.org", certificate: "arn:aws:acm:us-east-1:123456789012:certificate/1" };
const firewall = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/broadsheet/1";
/** AWS's own policies, by the ids of its documentation. */
const managed = {
  CachingDisabled: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
  CachingOptimized: "658327ea-f89d-4fab-a63d-7e88639e58f6",
  AllViewerExceptHostHeader: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
};

const Behavior = z.looseObject({
  PathPattern: z.string().optional(),
  CachePolicyId: z.unknown(),
  OriginRequestPolicyId: z.unknown().optional(),
  AllowedMethods: z.array(z.string()).optional(),
  TargetOriginId: z.string(),
});
const DistributionConfig = z.looseObject({
  Aliases: z.array(z.string()).optional(),
  CacheBehaviors: z.array(Behavior).default([]),
  CustomErrorResponses: z.array(z.object({ ErrorCode: z.number(), ErrorCachingMinTTL: z.number() })).default([]),
  DefaultCacheBehavior: Behavior,
  Origins: z.array(
    z.looseObject({ Id: z.string(), DomainName: z.unknown(), OriginCustomHeaders: z.array(z.unknown()).optional() }),
  ),
});

function distributionOf(template: Template) {
  const distributions = Object.values(resourcesOf(template, "AWS::CloudFront::Distribution"));
  expect(distributions).toHaveLength(1);
  return DistributionConfig.parse(distributions[0]?.Properties.DistributionConfig);
}

/** The behavior that CloudFront takes for a path: the first whose pattern fits. */
function behaviorOf(template: Template, path: string) {
  const { CacheBehaviors, DefaultCacheBehavior } = distributionOf(template);
  const fits = (pattern: string) => new RegExp(`^${pattern.replace(/[.]/g, "\\.").replaceAll("*", ".*")}$`).test(path);
  return CacheBehaviors.find(({ PathPattern = "*" }) => fits(PathPattern)) ?? DefaultCacheBehavior;
}

const policyOf = (template: Template, type: string, reference: unknown) => {
  const id = z.object({ Ref: z.string() }).parse(reference).Ref;
  return resourcesOf(template, type)[id]?.Properties;
};

let template: Template;
beforeAll(() => {
  template = templateOf(makeStack());
});

describe("one distribution in front of website and pictures", () => {
  test("is the address that mails link to, for pages and for pictures", () => {
    const url = { "Fn::Join": ["", ["https://", { "Fn::GetAtt": [Match.anyValue(), "DomainName"] }]] };
    template.hasOutput("SiteUrl", { Value: url });
    template.hasResourceProperties("AWS::Lambda::Function", {
      FunctionName: `${config.name}-pictures`,
      Environment: { Variables: { PICTURES_URL: url } },
    });
  });

  test("keeps the logical id of the distribution that served pictures alone: its address is in old mails", () => {
    expect(Object.keys(resourcesOf(template, "AWS::CloudFront::Distribution"))).toEqual(["shelfDistributionDEED4563"]);
  });

  test.each(["/daily", "/daily/2026-11-30", "/daily/archive/2026-11"])(
    "caches the page %s for as long as the page itself says",
    (path) => {
      const { CachePolicyId } = behaviorOf(template, path);
      expect(policyOf(template, "AWS::CloudFront::CachePolicy", CachePolicyId)?.CachePolicyConfig).toMatchObject({
        MinTTL: 0,
        DefaultTTL: 0,
        ParametersInCacheKeyAndForwardedToOrigin: {
          QueryStringsConfig: { QueryStringBehavior: "all" },
          CookiesConfig: { CookieBehavior: "none" },
          HeadersConfig: { HeaderBehavior: "none" },
        },
      });
    },
  );

  test.each([
    "/unsubscribe/TOKEN",
    "/one-click/TOKEN",
    "/confirm/TOKEN",
    "/undo/TOKEN/fewer",
    "/move/TOKEN",
    "/manage/TOKEN",
    "/manage/TOKEN/data.json",
    "/unsubscribe/TOKEN/preferences",
    "/unsubscribe",
  ])("never caches %s, and takes a POST with its path, query and type", (path) => {
    const { AllowedMethods, CachePolicyId, OriginRequestPolicyId } = behaviorOf(template, path);
    expect(CachePolicyId).toBe(managed.CachingDisabled);
    expect(AllowedMethods).toContain("POST");
    const policy = policyOf(template, "AWS::CloudFront::OriginRequestPolicy", OriginRequestPolicyId);
    const { HeadersConfig, QueryStringsConfig } = z
      .looseObject({ HeadersConfig: z.object({ HeaderBehavior: z.string(), Headers: z.array(z.string()) }) })
      .parse(policy?.OriginRequestPolicyConfig);
    expect(QueryStringsConfig).toEqual({ QueryStringBehavior: "all" });
    expect(HeadersConfig.HeaderBehavior).toBe("whitelist");
    expect(HeadersConfig.Headers).toEqual(
      expect.arrayContaining(["CloudFront-Viewer-Address", "Content-Type", "Origin"]),
    );
    // API Gateway answers 403 to another's name, and CloudFront takes no more than ten.
    expect(HeadersConfig.Headers).not.toContain("Host");
    expect(HeadersConfig.Headers.length).toBeLessThanOrEqual(10);
  });

  test.each(["/desk", "/desk/daily/2026-11-30", "/articles"])(
    "sends %s on with all headers and cookies, and answers no one with another's page",
    (path) => {
      const { AllowedMethods, CachePolicyId, OriginRequestPolicyId } = behaviorOf(template, path);
      expect(AllowedMethods).toContain("POST");
      expect(OriginRequestPolicyId).toBe(managed.AllViewerExceptHostHeader);
      expect(policyOf(template, "AWS::CloudFront::CachePolicy", CachePolicyId)?.CachePolicyConfig).toMatchObject({
        DefaultTTL: 0,
        MaxTTL: 1,
        ParametersInCacheKeyAndForwardedToOrigin: {
          CookiesConfig: { CookieBehavior: "all" },
          HeadersConfig: { Headers: ["Authorization", "CloudFront-Viewer-Address"] },
        },
      });
    },
  );

  test("keeps no error", () => {
    const responses = distributionOf(template).CustomErrorResponses;
    expect(responses.length).toBeGreaterThan(8);
    for (const { ErrorCachingMinTTL } of responses) expect(ErrorCachingMinTTL).toBe(0);
  });

  test("leads pictures to their bucket and all else to the API, whose own address still answers", () => {
    const { Origins } = distributionOf(template);
    const originOf = (path: string) => Origins.find(({ Id }) => Id === behaviorOf(template, path).TargetOriginId);
    expect(JSON.stringify(originOf("/pictures/a.jpg")?.DomainName)).toContain("Bucket");
    for (const path of ["/daily", "/one-click/TOKEN", "/desk", "/articles"])
      expect(JSON.stringify(originOf(path)?.DomainName)).toContain(".execute-api.");
    template.hasResourceProperties("AWS::ApiGatewayV2::Api", { DisableExecuteApiEndpoint: Match.absent() });
  });

  test("proves itself to the website by a secret that no template shows", () => {
    const { Origins } = distributionOf(template);
    const headers = Origins.flatMap(({ OriginCustomHeaders = [] }) => OriginCustomHeaders);
    const value = JSON.stringify(headers);
    expect(value).toContain('"HeaderName":"x-origin-secret"');
    expect(value).toContain("{{resolve:secretsmanager:");
    const [site] = Object.values(
      template.findResources("AWS::Lambda::Function", { Properties: { FunctionName: `${config.name}-site` } }),
    );
    const given = JSON.stringify(site?.Properties.Environment.Variables.ORIGIN_SECRET);
    expect(value).toContain(given);
  });

  test("has names of its own in each region: CloudFront's are the account's", () => {
    const names = ["CachePolicy", "OriginRequestPolicy", "ResponseHeadersPolicy", "OriginAccessControl"].flatMap(
      (type) =>
        Object.values(resourcesOf(template, `AWS::CloudFront::${type}`)).map(({ Properties }) =>
          JSON.stringify(Object.values(Properties)[0]),
        ),
    );
    expect(names).toHaveLength(5);
    for (const name of names) expect(name).toContain('{"Ref":"AWS::Region"}');
  });
});

describe("the config", () => {
  test("gives the distribution a domain, with the DNS record to set", () => {
    const own = templateOf(makeStack({ site }));
    expect(distributionOf(own).Aliases).toEqual([site.domain]);
    own.hasOutput("SiteUrl", { Value: `https://${site.domain}` });
    own.resourceCountIs("AWS::ApiGatewayV2::DomainName", 0);
    const dns = Object.entries(own.findOutputs("*")).filter(([name]) => name.includes("DnsSite"));
    expect(JSON.stringify(dns)).toContain(`${site.domain} CNAME `);
    own.hasResourceProperties("AWS::Lambda::Function", {
      Environment: { Variables: { PICTURES_URL: `https://${site.domain}` } },
    });
  });

  test("sets a firewall before it", () => {
    const guarded = templateOf(makeStack({ site: { ...site, firewall } }));
    expect(distributionOf(guarded).WebACLId).toBe(firewall);
    expect(distributionOf(template).WebACLId).toBeUndefined();
  });

  test("leaves CloudFront out: pictures keep a distribution, and no header is trusted", () => {
    const direct = templateOf(makeStack({ site: { cloudFront: false } }));
    expect(JSON.stringify(distributionOf(direct).Origins)).not.toContain("execute-api");
    const [function_] = Object.values(
      direct.findResources("AWS::Lambda::Function", { Properties: { FunctionName: `${config.name}-site` } }),
    );
    expect(function_?.Properties.Environment.Variables).not.toHaveProperty("ORIGIN_SECRET");
  });

  test("leaves pictures out: there is no bucket and no function, and assemble knows", () => {
    const plain = templateOf(makeStack({ pictures: false }));
    plain.resourceCountIs("AWS::S3::Bucket", 0);
    plain.resourcePropertiesCountIs("AWS::Lambda::Function", { FunctionName: `${config.name}-pictures` }, 0);
    plain.hasResourceProperties("AWS::Lambda::Function", { Environment: { Variables: { PICTURES_FUNCTION: "" } } });
    expect(JSON.stringify(distributionOf(plain))).not.toContain("/pictures/");
    const bare = templateOf(makeStack({ pictures: false, site: { cloudFront: false } }));
    bare.resourceCountIs("AWS::CloudFront::Distribution", 0);
  });

  test.each([
    [{ site: { domain: site.domain } }, /site.certificate: domain and certificate are given together/],
    [{ site: { ...site, certificate: "arn:aws:acm:eu-west-1:1:certificate/1" } }, /certificates of us-east-1 only/],
    [{ site: { cloudFront: false, firewall } }, /site.firewall: AWS WAF guards the website through CloudFront/],
    [{ site: { firewall: firewall.replace("global", "regional") } }, /not the ARN of a web ACL of scope CLOUDFRONT/],
    [{ budget: { dollarsPerMonth: 5 } }, /operator: the budget's alarm is mailed to the operator/],
  ])("is refused where it can't be deployed: %o", (changes, reason) => {
    expect(() => makeStack(changes)).toThrow(InvalidConfig);
    expect(() => makeStack(changes)).toThrow(reason);
  });
});

describe("pictures", () => {
  test("are in a bucket that only CloudFront reads, over TLS, and the outputs name it", () => {
    template.hasResourceProperties("AWS::S3::Bucket", {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
    template.hasResourceProperties("AWS::S3::BucketPolicy", {
      PolicyDocument: {
        Statement: [
          Match.objectLike({ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } }),
          Match.objectLike({
            Effect: "Allow",
            Action: "s3:GetObject",
            Principal: { Service: "cloudfront.amazonaws.com" },
          }),
        ],
      },
    });
    const outputs = Object.keys(template.findOutputs("*"));
    expect(outputs.filter((name) => name.includes("PicturesBucket"))).toHaveLength(1);
    expect(outputs).toContain("UserPool");
  });

  test("are served as nothing but pictures, and cached for long", () => {
    const { CachePolicyId } = behaviorOf(template, "/pictures/a.jpg");
    expect(CachePolicyId).toBe(managed.CachingOptimized);
    template.hasResourceProperties("AWS::CloudFront::ResponseHeadersPolicy", {
      ResponseHeadersPolicyConfig: {
        SecurityHeadersConfig: {
          ContentTypeOptions: { Override: true },
          ContentSecurityPolicy: { ContentSecurityPolicy: "default-src 'none'; sandbox" },
        },
      },
    });
  });
});
