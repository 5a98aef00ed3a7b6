import * as z from "zod";

/** The website's domain, CloudFront and firewall (docs/guides/deploy.md). */
export const SiteSettings = z
  .strictObject({
    /**
     * Your own domain for the website and the pictures. Emails link to it for years, so it must outlive the stack.
     * Default: an AWS address, which ends when the stack is destroyed.
     */
    domain: z.hostname().optional(),
    /** The ARN of the domain's certificate: in us-east-1 with CloudFront, else in the deployment's region. */
    certificate: z.string().startsWith("arn:", "not the ARN of a certificate").optional(),
    /** CloudFront in front of the website: archive pages are cached, and pictures share its address. */
    cloudFront: z.boolean().default(true),
    /** The ARN of a web ACL of AWS WAF (scope CLOUDFRONT, so in us-east-1). Default: no firewall. */
    firewall: z
      .string()
      .regex(/^arn:[\w-]+:wafv2:us-east-1:\d{12}:global\/webacl\//, "not the ARN of a web ACL of scope CLOUDFRONT")
      .optional(),
  })
  .refine(({ domain, certificate }) => (domain === undefined) === (certificate === undefined), {
    path: ["certificate"],
    error: "domain and certificate are given together, or neither",
  })
  .refine(({ cloudFront, certificate }) => !cloudFront || certificate === undefined || isInUsEast1(certificate), {
    path: ["certificate"],
    error:
      "CloudFront takes certificates of us-east-1 only, whatever the stack's region: request one there, " +
      "or set cloudFront: false to keep the website at API Gateway",
  })
  .refine(({ cloudFront, firewall }) => cloudFront || firewall === undefined, {
    path: ["firewall"],
    error: "AWS WAF guards the website through CloudFront: remove firewall, or set cloudFront: true",
  });

/** arn:aws:acm:us-east-1:123456789012:certificate/ID */
const isInUsEast1 = (certificateArn: string) => certificateArn.split(":")[3] === "us-east-1";

/** DNS records of the senders' domains and of the website (docs/guides/dns.md). */
export const DnsSettings = z.strictObject({
  /** Label of the subdomain for bounces, which aligns SPF with the sender; false: SES's domain. */
  mailFrom: z.union([z.literal(false), z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/)]).default("bounces"),
  /** What receivers should do with forged mail. "off": we don't set this record. */
  dmarc: z.enum(["none", "quarantine", "reject", "off"]).default("none"),
  /** Gets receivers' daily DMARC reports. Default: the operator. */
  dmarcReports: z.email().optional(),
  /** A Route 53 hosted zone in which the deployment sets the records. */
  hostedZone: z
    .strictObject({
      id: z.string().regex(/^Z[A-Z0-9]{1,31}$/, "the id of a hosted zone, such as Z0123456789ABC"),
      name: z.hostname(),
    })
    .optional(),
});
