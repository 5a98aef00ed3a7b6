import * as z from "zod";
import { Role } from "./desk/role.ts";
import { languageOf, languages } from "./language.ts";
import { originFaults, withSenders } from "./newsletter-origin.ts";
import { ThemeConfig } from "./theme/theme-config.ts";
import { type Calendar, weekdays } from "./time/calendar.ts";
import { readIcs } from "./time/ics.ts";

const slug = (what: string) =>
  z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, `${what}: lower-case letters, digits and hyphens, at most 40`);

/** It is in an email's header: a line break there would begin another one. */
const HeaderText = z
  .string()
  .min(1, "must not be empty")
  .refine((text) => !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text), {
    error: "one line of text, without control characters",
  });

/** An address as `local@domain`; the sending identity must be verified in SES. */
const Mailbox = z.strictObject({ name: HeaderText, address: z.email() });

/** First words of the website's own paths, used or kept for what is to come: a newsletter's name is one too. */
const sitePaths = [
  "api",
  "articles",
  "confirm",
  "desk",
  "manage",
  "move",
  "one-click",
  "pictures",
  "preferences",
  "subscribe",
  "undo",
  "unsubscribe",
];
/** The same of the desk's. */
const deskPaths = ["assets", "callback", "sign-in", "sign-out", "signed-out"];
const newsletterName = slug("newsletter").refine((name) => ![...sitePaths, ...deskPaths].includes(name), {
  error: "the website has pages of that name; choose another",
});

const TimeZone = z.string().refine(isTimeZone, { error: "not an IANA time zone, such as Europe/London" });
const Language = z.string().refine((tag) => languageOf(tag) !== undefined, {
  error: `there are no words for it: use one of ${languages.join(", ")}, or one with its region, such as en-GB or pt-BR`,
});
const HttpUrl = z.url({ protocol: /^https?$/, error: "not an http or https address" });

/** A date without an edition, or a file of such dates. */
const Skip = z.union([
  z.iso.date(),
  z.strictObject({ date: z.iso.date(), reason: z.string().min(1).max(200) }),
  z.string().regex(/^(?!\/)(?!.*\.\.)[^\0\\:]+\.ics$/i, "a date such as 2026-12-25, or the path of an .ics file"),
]);

/** How much each part of a story's score counts. 0 leaves a part out. */
export const Weights = z.strictObject({
  sources: z.number().min(0).default(3),
  recency: z.number().min(0).default(2),
  sourceWeight: z.number().min(0).default(1),
  completeness: z.number().min(0).default(1),
  novelty: z.number().min(0).default(2),
  /** How many other articles of the day are about the same subject. */
  subject: z.number().min(0).default(1.5),
  /** News before opinion, live pages, videos and galleries. */
  form: z.number().min(0).default(3),
});
export type Weights = z.infer<typeof Weights>;

export const NewsletterConfig = z.strictObject({
  /** The name readers see, in the masthead and in List-Id. */
  title: HeaderText.max(80),
  /**
   * BCP 47 tag of the edition, in a language that has words (templates/words/); articles in other languages are left
   * out.
   */
  language: Language.default("en"),
  /**
   * Who it is from. With `newsletter` it is made from the sent editions of that one instead of from sources, such as a
   * weekly from a daily; its sender is the other's unless it has its own.
   */
  from: Mailbox.extend({ newsletter: z.string().optional() }),
  /** Read by a person. Default: the sender's own address. */
  replyTo: z.email().optional(),
  /** IANA time zone of the schedule and of the edition's date. */
  timeZone: TimeZone.default("UTC"),
  /** Local time of day, HH:MM, at which the edition is due. */
  sendAt: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "a time of day as HH:MM")
    .default("07:00"),
  /** Days of the week with an edition. Default: all. */
  days: z.array(z.enum(weekdays)).min(1).default(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]),
  /** Dates without an edition: `2026-12-25`, `{ date, reason }`, or a calendar file in this repository (`.ics`). */
  skip: z
    .union([Skip, z.array(Skip)])
    .transform((skip) => [skip].flat())
    .default([]),
  /** Dates with an edition despite `days` and `skip`. */
  extra: z.array(z.iso.date()).default([]),
  /** Hours before it is due at which an edition is drafted; the draft takes in news until 15 minutes before. */
  draftBefore: z.number().min(0.25).max(48).default(12),
  /**
   * Minutes after an edition was due by which 90 % of its readers must have it. Else its editors get a mail and the
   * operator an alarm, whatever the reason. Longer for lists that take longer to send.
   */
  expectedWithinMinutes: z.number().positive().max(1440).default(120),
  /** auto sends when due; approve waits for an editor. */
  mode: z.enum(["auto", "approve"]).default("auto"),
  /** What is done by itself 15 minutes before an edition is due (docs/decisions/freshness-gate.md). */
  gate: z
    .strictObject({
      /** Whether, in mode auto, a newer report of the leading story takes the place of the one that it overtook. */
      replaceLead: z.boolean().default(false),
    })
    .prefault({}),
  /** Anyone who approves, schedules or sends an edition must not be the one who changed it last. */
  secondPerson: z.boolean().default(false),
  /** Who is notified when an edition is skipped or held. They may get tests of it. */
  editors: z.array(z.email()).default([]),
  /** Domains, with those below them, whose addresses may get tests of it, besides those that this config names. */
  testDomains: z.array(z.hostname().toLowerCase()).default([]),
  /** Shown at the foot of every email, as anti-spam law asks. */
  postalAddress: z.string().min(1, "must not be empty"),
  /** One sentence: why the reader gets this. */
  reason: z.string().min(1).optional(),
  /** How many headlines stand under the lead. */
  headlines: z.number().int().min(1).max(40).default(17),
  /** How many of them, counted from the first, have a sentence and a small picture each. */
  summaries: z.number().int().min(0).max(5).default(3),
  /** Fewer headlines than this: the edition is skipped and the editors are notified. */
  minimumHeadlines: z.number().int().min(0).max(40).default(5),
  /** At most so many paragraphs of the lead are shown. */
  leadParagraphs: z.number().int().min(1).max(20).default(8),
  /** Hours after it was due within which an edition may still start. */
  lateAfterHours: z.number().positive().max(24).default(3),
  /** Ids of the sources this newsletter reads. Default: all. */
  sources: z.array(z.string()).optional(),
  weights: Weights.prefault({}),
  /** Colours, type, space and logo of the newsletter's emails and pages (domain/theme/theme.ts). */
  theme: ThemeConfig.prefault({}),
  /** Who may subscribe on the web. */
  subscribing: z
    .strictObject({
      /** Domains, with those below them, whose addresses are refused, such as those of throw-away mailboxes. */
      refuseDomains: z.array(z.string().toLowerCase()).default([]),
      /** Whether mailboxes of a role are refused, such as postmaster@ or abuse@. */
      refuseRoles: z.boolean().default(true),
    })
    .prefault({}),
  /** Whether each email asks, by two links in its foot, if it was worth reading. */
  feedback: z.boolean().default(false),
  /** Sections that headlines are grouped under, in this order; what belongs to none follows. Default: one list. */
  sections: z.array(z.string().min(1).max(40)).max(12).default([]),
});
export type NewsletterConfig = z.infer<typeof NewsletterConfig>;

/**
 * A newsletter's calendar, with the dates of its files.
 * @param readFile gives the text of a file by its path in the repository
 * @throws InvalidConfig if a file can't be read or isn't a calendar
 */
export function calendarOf(
  { timeZone, sendAt, days, skip, extra, draftBefore }: NewsletterConfig,
  readFile: (path: string) => string,
): Calendar {
  const dates = skip.flatMap((one) => {
    if (typeof one === "object") return [[one.date, one.reason] as const];
    if (!one.toLowerCase().endsWith(".ics")) return [[one, "Left out by the config."] as const];
    return datesIn(one, readFile);
  });
  return { timeZone, sendAt, days, skip: new Map(dates), extra: new Set(extra), draftBefore };
}

/** Each newsletter's calendar by its name; a calendar is made when it is first needed. */
export function calendarsOf(config: Config, readFile: (path: string) => string): (newsletter: string) => Calendar {
  const made = new Map<string, Calendar>();
  return (newsletter) => {
    const known = made.get(newsletter);
    if (known !== undefined) return known;
    const about = config.newsletters[newsletter];
    if (about === undefined) throw new Error(`There is no newsletter "${newsletter}" in the config.`);
    const calendar = calendarOf(about, readFile);
    made.set(newsletter, calendar);
    return calendar;
  };
}

function datesIn(path: string, readFile: (path: string) => string) {
  try {
    return readIcs(readFile(path)).map(({ date, name }) => [date, name] as const);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new InvalidConfig([{ path: `skip: ${path}`, problem }]);
  }
}

export const SourceSeed = z.strictObject({
  url: HttpUrl,
  /** Default: the feed's own title. */
  title: z.string().min(1).optional(),
  /** 1 is normal; 2 counts double; 0.5 half. */
  weight: z.number().positive().max(10).default(1),
});
export type SourceSeed = z.infer<typeof SourceSeed>;

/** Times and ceilings of delivery (docs/decisions/delivery-settings.md). Trials shorten them; production keeps these. */
export const DeliverySettings = z.strictObject({
  /** The part of the account's SES rate that Broadsheet may use; the rest is left to other applications. */
  share: z.number().positive().max(1).default(1),
  leaseSeconds: z.number().positive().default(15),
  leaseRenewSeconds: z.number().positive().default(3),
  claimSeconds: z.number().positive().default(60),
  /** Less than a claim lasts, so an answer is recorded while the claim holds. */
  callTimeoutSeconds: z.number().positive().max(50).default(20),
  runSeconds: z.number().positive().default(540),
  /** How long SES's events are waited for before a call without an answer is resolved (W). */
  settleSeconds: z.number().positive().default(1200),
  /** Whether silence, where the neighbours' events came, may be taken for "not sent"; `ask`: a person decides, always. */
  resend: z.enum(["auto", "ask"]).default("ask"),
  /** How long an edition's first readers' bounces are waited for before the rest follow; "off": all at once. */
  canarySeconds: z.union([z.number().positive(), z.literal("off")]).default(120),
  /** Whether SES tells of every acceptance and delivery, not of failures only. Without, silence proves nothing. */
  confirmations: z.boolean().default(true),
});
export type DeliverySettings = z.infer<typeof DeliverySettings>;

/** The same as JSON, as a trial gives them in a function's environment. In a deployment the config's hold. */
export const DeliverySettingsText = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue("not JSON");
      return z.NEVER;
    }
  })
  .pipe(DeliverySettings);

/** Who may sit at the desk, and who says that they are who they are (docs/guides/desk.md). */
const DeskSettings = z
  .strictObject({
    /** An OpenID Connect provider of yours. Default: a user pool that the stack makes. */
    issuer: z.url({ protocol: /^https$/, error: "not an https address" }).optional(),
    /** What the provider calls the desk. */
    clientId: z.string().min(1).optional(),
    /** The ARN of a secret that holds the client's secret and nothing else, where the provider asks for one. */
    clientSecret: z.string().startsWith("arn:", "not the ARN of a secret").optional(),
    scopes: z.array(z.string().min(1)).default(["openid", "email", "profile"]),
    /** The claim with a person's groups; the group `editor` makes an editor. */
    groupsClaim: z.string().min(1).default("groups"),
    /** Roles by address, before those by group. The provider must say that the address is verified. */
    people: z.array(z.strictObject({ email: z.email(), role: Role })).default([]),
  })
  .refine(({ issuer, clientId }) => (issuer === undefined) === (clientId === undefined), {
    path: ["clientId"],
    error: "issuer and clientId are given together, or neither: then the stack makes a user pool",
  })
  .refine(({ issuer, clientSecret }) => issuer !== undefined || clientSecret === undefined, {
    path: ["clientSecret"],
    error: "only with an issuer: the stack's own user pool needs none",
  })
  .refine(({ people }) => new Set(people.map(({ email }) => email.toLowerCase())).size === people.length, {
    path: ["people"],
    error: "an address is there twice",
  });

/** Where the website is, what is in front of it, and what guards it (docs/guides/deploy.md). */
const SiteSettings = z
  .strictObject({
    /**
     * A domain of yours for the website and the pictures. Mails link to it for years, so it must outlive the stack.
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

/** Who else hears of editions (docs/guides/notices.md). */
const NoticeSettings = z.strictObject({
  /** Puts an event on the account's default event bus for each finished edition. */
  eventBridge: z.boolean().default(false),
  /** Signed webhooks of finished editions, and chat messages before they are due: their addresses are in a secret. */
  webhooks: z.boolean().default(false),
});

/** DNS records of the senders' domains and of the website (docs/guides/dns.md). */
const DnsSettings = z.strictObject({
  /** Label of the subdomain that bounces go to, by which SPF is the sender's own; false: SES's domain. */
  mailFrom: z.union([z.literal(false), z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/)]).default("bounces"),
  /** What receivers do with mail that only claims to be the sender's. "off": the record isn't ours to set. */
  dmarc: z.enum(["none", "quarantine", "reject", "off"]).default("none"),
  /** Gets receivers' daily DMARC reports. Default: the operator. */
  dmarcReports: z.email().optional(),
  /** A hosted zone of Route 53 in which the deployment sets the records itself. */
  hostedZone: z
    .strictObject({
      id: z.string().regex(/^Z[A-Z0-9]{1,31}$/, "the id of a hosted zone, such as Z0123456789ABC"),
      name: z.hostname(),
    })
    .optional(),
});

/** arn:aws:acm:us-east-1:123456789012:certificate/ID */
const isInUsEast1 = (certificateArn: string) => certificateArn.split(":")[3] === "us-east-1";

const Settings = z.strictObject({
  /** The CloudFormation stack's name and the prefix of all it makes. */
  name: slug("name").default("broadsheet"),
  /** Region of the deployment; SES must be available there. Default: the shell's. */
  region: z.string().optional(),
  /** A mail to this address when an alarm goes off. Without it alarms reach no one: `cdk deploy` says so. */
  operator: z.email().optional(),
  /** Mails the operator when the account's bill passes 80 %, or is forecast to pass 100 %, of this sum. Default: off. */
  budget: z.strictObject({ dollarsPerMonth: z.number().positive() }).optional(),
  /** Whether leads' pictures are copied, resized and served. Without, editions have no pictures and no function for them. */
  pictures: z.boolean().default(true),
  newsletters: z.preprocess(
    withSenders,
    z
      .record(newsletterName, NewsletterConfig)
      .refine((all) => Object.keys(all).length > 0, { error: "at least one newsletter is needed" })
      .superRefine((all, context) => {
        for (const { path, message } of originFaults(all)) context.addIssue({ code: "custom", path, message });
      }),
  ),
  /** Seeds: put into the table once. The table rules after that, and a removed source stays removed. */
  sources: z.array(SourceSeed).default([]),
  /** Origins that feeds may be fetched from though their address is private, such as http://127.0.0.1:8080. */
  allowOrigins: z.array(HttpUrl).default([]),
  delivery: DeliverySettings.prefault({}),
  desk: DeskSettings.prefault({}),
  site: SiteSettings.prefault({}),
  dns: DnsSettings.prefault({}),
  notices: NoticeSettings.prefault({}),
  /** `existing` where SES has the senders' domains already: the stack then leaves them alone. */
  identities: z.enum(["create", "existing"]).default("create"),
});

export const Config = Settings.refine(({ budget, operator }) => budget === undefined || operator !== undefined, {
  path: ["operator"],
  error: "the budget's alarm is mailed to the operator: give an address",
});
export type Config = z.infer<typeof Config>;
type NewsletterInput = Omit<z.input<typeof NewsletterConfig>, "from"> & {
  from: z.input<typeof NewsletterConfig>["from"] | { newsletter: string };
};
export type ConfigInput = Omit<z.input<typeof Config>, "newsletters"> & {
  newsletters: Record<string, NewsletterInput>;
};

/** Every fault of a configuration with the path to it, as an operator reads it. */
export class InvalidConfig extends Error {
  override readonly name = "InvalidConfig";
  readonly faults: readonly { path: string; problem: string }[];
  constructor(faults: readonly { path: string; problem: string }[]) {
    super(
      `broadsheet.config.ts has ${faults.length === 1 ? "a fault" : `${faults.length} faults`}:\n` +
        faults.map((fault) => `  ${fault.path}: ${fault.problem}`).join("\n"),
    );
    this.faults = faults;
  }
}

/** Checks a configuration and fills in the defaults. @throws InvalidConfig with every fault and its path. */
export function defineConfig(input: ConfigInput): Config {
  // Parsed once: to compile a faster parser first, as zod would, costs each cold start more than it saves.
  const parsed = Config.safeParse(input, { jitless: true });
  if (parsed.success) return parsed.data;
  throw new InvalidConfig(parsed.error.issues.flatMap(faultsOf));
}

/** zod's own words for a wrong or an unknown name say neither what is wrong with it nor which it is. */
function faultsOf(issue: z.core.$ZodIssue): { path: string; problem: string }[] {
  const at = (...more: PropertyKey[]) => [...issue.path, ...more].map(String).join(".") || "(top)";
  if (issue.code === "invalid_key") return issue.issues.map(({ message }) => ({ path: at(), problem: message }));
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({ path: at(key), problem: "no such setting" }));
  return [{ path: at(), problem: issue.message }];
}

function isTimeZone(zone: string): boolean {
  // The list first: to make a format costs every cold start ten milliseconds. It leaves out UTC and the older names.
  if (zone === "UTC" || Intl.supportedValuesOf("timeZone").includes(zone)) return true;
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: zone }));
  } catch {
    return false;
  }
}

/** The language of a newsletter; English for one that the configuration no longer has. */
export const newsletterLanguage = ({ newsletters }: Pick<Config, "newsletters">, newsletter: string): string =>
  newsletters[newsletter]?.language ?? "en";
