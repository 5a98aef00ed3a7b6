import * as z from "zod";
import { languageOf, languages } from "../language.ts";
import { ThemeConfig } from "../theme/theme-config.ts";
import { weekdays } from "../time/calendar.ts";
import { Weights } from "./weights.ts";

/** It is used in an email header, where a line break would start another header. */
const HeaderText = z
  .string()
  .min(1, "must not be empty")
  .refine((text) => !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text), {
    error: "one line of text, without control characters",
  });

/** An address as `local@domain`; the sending identity must be verified in SES. */
const Mailbox = z.strictObject({ name: HeaderText, address: z.email() });

const TimeZone = z.string().refine(isTimeZone, { error: "not an IANA time zone, such as Europe/London" });
const Language = z.string().refine((tag) => languageOf(tag) !== undefined, {
  error: `there are no words for it: use one of ${languages.join(", ")}, or one with its region, such as en-GB or pt-BR`,
});

/** A date without an edition, or a file of such dates. */
const Skip = z.union([
  z.iso.date(),
  z.strictObject({ date: z.iso.date(), reason: z.string().min(1).max(200) }),
  z.string().regex(/^(?!\/)(?!.*\.\.)[^\0\\:]+\.ics$/i, "a date such as 2026-12-25, or the path of an .ics file"),
]);

const LocalTimeSettings = z.strictObject({
  /**
   * The first zone whose readers get it at their own time. The audience and the news are fixed then, and readers
   * further east get it at that moment. Default: the zone where each date begins, so it is on time everywhere.
   */
  firstZone: TimeZone.default("Pacific/Kiritimati"),
  /**
   * For readers whose time passed more than `lateAfterHours` before the audience was frozen: send at once, or nothing.
   */
  ifPassed: z.enum(["send", "skip"]).default("send"),
});

export const NewsletterConfig = z.strictObject({
  /** The name readers see, in the masthead and in List-Id. */
  title: HeaderText.max(80),
  /**
   * BCP 47 tag of the edition, in a supported language (templates/words/); articles in other languages are left out.
   */
  language: Language.default("en"),
  /**
   * The sender. With `newsletter`, it is made from that newsletter's sent editions instead of from sources, such as a
   * weekly from a daily, and uses its sender unless it has its own.
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
  /**
   * Whether each reader gets it at `sendAt` in their own time zone (docs/decisions/local-time.md). If a person sends it
   * at once or at another time, all readers get it together.
   */
  localTime: z
    .union([z.boolean(), LocalTimeSettings])
    .transform((given) => (given === true ? LocalTimeSettings.parse({}) : given === false ? undefined : given))
    .optional(),
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
   * Minutes after its due time within which 90 % of an edition's readers must have it. Otherwise its editors get a mail
   * and the operator an alarm. Raise it for lists that take longer to send.
   */
  expectedWithinMinutes: z.number().positive().max(1440).default(120),
  /** auto sends when due; approve waits for an editor. */
  mode: z.enum(["auto", "approve"]).default("auto"),
  /** Settings of the freshness gate, 15 minutes before an edition is due (docs/decisions/freshness-gate.md). */
  gate: z
    .strictObject({
      /** Whether, in mode auto, a newer report of the leading story replaces the one it has overtaken. */
      replaceLead: z.boolean().default(false),
    })
    .prefault({}),
  /**
   * Anyone who approves, schedules or sends an edition must not be the one who changed it last. In mode auto, an edition
   * that a person changed waits for an approval.
   */
  secondPerson: z.boolean().default(false),
  /** Who is notified when an edition is skipped or held. They may get tests of it. */
  editors: z.array(z.email()).default([]),
  /** Further domains, including subdomains, whose addresses may get tests, besides the addresses in this config. */
  testDomains: z.array(z.hostname().toLowerCase()).default([]),
  /** Shown at the foot of every email, as anti-spam laws require. */
  postalAddress: z.string().min(1, "must not be empty"),
  /** A description in a sentence or two, for the site's pages and feeds. */
  description: HeaderText.max(300).optional(),
  /** One sentence: why the reader gets this. */
  reason: z.string().min(1).optional(),
  /** Number of headlines under the lead. */
  headlines: z.number().int().min(1).max(40).default(17),
  /** How many of the first headlines have a sentence and a small picture. */
  summaries: z.number().int().min(0).max(5).default(3),
  /** Fewer headlines than this: the edition is skipped and the editors are notified. */
  minimumHeadlines: z.number().int().min(0).max(40).default(5),
  /** Most paragraphs of the lead that are shown. */
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
      /** Domains, including subdomains, whose addresses are refused, such as those of disposable mailboxes. */
      refuseDomains: z.array(z.string().toLowerCase()).default([]),
      /** Whether role addresses are refused, such as postmaster@ or abuse@. */
      refuseRoles: z.boolean().default(true),
    })
    .prefault({}),
  /**
   * How fast editions admit imported readers (docs/decisions/warm-up.md). An import of at most `first` readers, or of
   * `part` of the list, is admitted at once; of a larger one each edition admits `factor` times as many as the one before.
   * False: an import is admitted at once, however large. Changing it doesn't change a warm-up that is under way.
   */
  warmUp: z
    .union([
      z.literal(false),
      z.strictObject({
        first: z.number().int().min(1).default(1_000),
        part: z.number().min(0).max(1).default(0.2),
        factor: z.number().gt(1).max(10).default(1.5),
      }),
    ])
    .prefault({}),
  /** Whether each email's footer asks, with two links, if it was worth reading. */
  feedback: z.boolean().default(false),
  /** Sections for grouping headlines, in this order, followed by the rest. Default: one list. */
  sections: z.array(z.string().min(1).max(40)).max(12).default([]),
});
export type NewsletterConfig = z.infer<typeof NewsletterConfig>;

function isTimeZone(zone: string): boolean {
  // Checks the list first, because making a format costs every cold start ten milliseconds. The list doesn't have UTC
  // and older names.
  if (zone === "UTC" || Intl.supportedValuesOf("timeZone").includes(zone)) return true;
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: zone }));
  } catch {
    return false;
  }
}
