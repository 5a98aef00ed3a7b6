import * as z from "zod";
import { DeliverySettings } from "./config/delivery-settings.ts";
import { DeskSettings } from "./config/desk-settings.ts";
import { InboundSettings, inboundFault } from "./config/inbound-settings.ts";
import { faultsOf, InvalidConfig } from "./config/invalid-config.ts";
import { NewsletterConfig } from "./config/newsletter-config.ts";
import { originFaults, withSenders } from "./config/newsletter-origin.ts";
import { DnsSettings, SiteSettings } from "./config/site-settings.ts";

const slug = (what: string) =>
  z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, `${what}: lower-case letters, digits and hyphens, at most 40`);

/**
 * First segments of the website's own paths, including reserved ones, because a newsletter's name is a first segment
 * too.
 */
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
/** The same for the desk. */
const deskPaths = ["assets", "callback", "sign-in", "sign-out", "signed-out"];
const newsletterName = slug("newsletter").refine((name) => ![...sitePaths, ...deskPaths].includes(name), {
  error: "the website has pages of that name; choose another",
});

const HttpUrl = z.url({ protocol: /^https?$/, error: "not an http or https address" });

export const SourceSeed = z.strictObject({
  url: HttpUrl,
  /** Default: the feed's own title. */
  title: z.string().min(1).optional(),
  /** 1 is normal; 2 counts double; 0.5 half. */
  weight: z.number().positive().max(10).default(1),
});
export type SourceSeed = z.infer<typeof SourceSeed>;

/** Notices to other systems (docs/guides/notices.md). */
const NoticeSettings = z.strictObject({
  /** Puts an event on the account's default event bus for each finished edition. */
  eventBridge: z.boolean().default(false),
  /**
   * Signed webhooks for finished editions, and chat messages before editions are due; their addresses are in a secret.
   */
  webhooks: z.boolean().default(false),
});

/**
 * What an earlier stack left, each by its output, so this one goes on with it instead of making its own: after a restore
 * (docs/guides/restore.md), or after the stack was destroyed (docs/guides/deploy.md).
 */
const ExistingResources = z.strictObject({
  /** `TableName`, or the restored table's name. */
  table: z
    .string()
    .regex(/^[\w.-]{3,255}$/, "not the name of a table")
    .optional(),
  /**
   * `KeysSecret`: makes the unsubscribe links that this table's subscribers have. Leave it out only where the stack still
   * has the keys that the table was filled with, as after a restore: with new keys no link in an old mail works.
   */
  keys: z.string().min(1).max(2048).optional(),
  /** `PicturesBucket`. */
  picturesBucket: z
    .string()
    .regex(/^[a-z0-9.-]{3,63}$/, "not the name of a bucket")
    .optional(),
  /** `UserPool`: the desk's people with their roles. */
  userPool: z
    .string()
    .regex(/^[\w-]+_[0-9a-zA-Z]+$/, "not the id of a user pool, such as eu-west-1_AbCdEf123")
    .optional(),
});

const functionNames = [
  ...(["assemble", "command", "desk", "desk-command", "dispatch", "feedback", "ingest"] as const),
  ...(["notices", "pictures", "push", "requests", "send", "site", "watch"] as const),
] as const;

const Settings = z.strictObject({
  /** The CloudFormation stack's name, and the prefix of all its resources. */
  name: slug("name")
    .regex(/^\D/, "must begin with a letter, as CloudFormation requires of a stack's name")
    .default("broadsheet"),
  /** Region of the deployment; SES must be available there. Default: the shell's. */
  region: z.string().optional(),
  /**
   * Address that is mailed when an alarm goes off. Without it, alarms reach no one, and `cdk deploy` warns about that.
   */
  operator: z.email().optional(),
  /** Mails the operator when the account's bill passes 80 %, or is forecast to pass 100 %, of this sum. Default: off. */
  budget: z.strictObject({ dollarsPerMonth: z.number().positive() }).optional(),
  /**
   * Concurrent executions that the account keeps for a function, such as `{ send: 2, desk: 5 }`. Default: none, because a
   * new account has 10 for all of its functions.
   */
  reserved: z.partialRecord(z.enum(functionNames), z.number().int().min(1)).default({}),
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
  /**
   * Names of newsletters that this deployment had, such as `["weekly"]`. Their readers stay in the table, so the link to
   * a reader's data shows and erases what is stored there too.
   */
  formerNewsletters: z.array(newsletterName).default([]),
  /** First sources: added to the table once. After that, only the table counts, and removed sources stay removed. */
  sources: z.array(SourceSeed).default([]),
  /** Origins from which feeds may be fetched although their address is private, such as http://127.0.0.1:8080. */
  allowOrigins: z.array(HttpUrl).default([]),
  delivery: DeliverySettings.prefault({}),
  desk: DeskSettings.prefault({}),
  site: SiteSettings.prefault({}),
  dns: DnsSettings.prefault({}),
  /** Default: no mail is received, and emails offer one click and the link. */
  inbound: InboundSettings.optional(),
  notices: NoticeSettings.prefault({}),
  /** `existing`: SES already has the senders' domains, and the stack doesn't change them. */
  identities: z.enum(["create", "existing"]).default("create"),
  /** Default: the stack makes its own table, keys, bucket of pictures and user pool. */
  existing: ExistingResources.prefault({}),
});

export const Config = Settings.refine(({ budget, operator }) => budget === undefined || operator !== undefined, {
  path: ["operator"],
  error: "the budget's alarm is mailed to the operator: give an address",
}).superRefine((config, context) => {
  for (const [at, name] of config.formerNewsletters.entries()) {
    if (!Object.hasOwn(config.newsletters, name)) continue;
    context.addIssue({ code: "custom", path: ["formerNewsletters", at], message: `${name} is in newsletters too` });
  }
  const message = inboundFault(config);
  if (message !== undefined) context.addIssue({ code: "custom", path: ["inbound", "address"], message });
  const [taken] = /aws|amazon|cognito/.exec(config.name) ?? [];
  if (taken !== undefined && config.desk.issuer === undefined) {
    context.addIssue({
      code: "custom",
      path: ["name"],
      message: `contains "${taken}", which Cognito refuses in an address of the desk's sign-in: choose another, or give desk.issuer`,
    });
  }
});
export type Config = z.infer<typeof Config>;
type NewsletterInput = Omit<z.input<typeof NewsletterConfig>, "from"> & {
  from: z.input<typeof NewsletterConfig>["from"] | { newsletter: string };
};
export type ConfigInput = Omit<z.input<typeof Config>, "newsletters"> & {
  newsletters: Record<string, NewsletterInput>;
};

/** Checks a configuration and fills in the defaults. @throws InvalidConfig with every fault and its path in `where`. */
export function defineConfig(input: ConfigInput, where?: string): Config {
  // Parsed only once, so compiling a faster parser, as zod would, costs each cold start more than it saves.
  const parsed = Config.safeParse(input, { jitless: true });
  if (parsed.success) return parsed.data;
  throw new InvalidConfig(parsed.error.issues.flatMap(faultsOf), where);
}
