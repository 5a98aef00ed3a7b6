import * as z from "zod";
import { badRequest } from "./errors.ts";

/** The relevant parts of SESv2's requests; unknown fields are ignored. */

/** `local@domain`, alone or in angle brackets behind a name; a quoted name may hold any sign (RFC 5322 §3.4). */
const isMailbox = (value: string): boolean =>
  /^(?:(?:"(?:[^"\\]|\\.)*"\s*|[^<>"]*)<[^\s<>@]+@[^\s<>@]+>|[^\s<>@"]+@[^\s<>@]+)$/.test(value);

const Mailbox = z
  .string()
  .min(1)
  .max(320)
  .regex(/^[\x20-\x7e]*$/, "non-ASCII characters: encode a display name by RFC 2047 and a domain by Punycode")
  .refine((value) => isMailbox(value.trim()), {
    error: "not an address: local@domain or Name <local@domain>",
  });
const Mailboxes = z.array(Mailbox).nullish();

/** API_MessageHeader: name up to 126, value up to 870 characters of printable ASCII; at most 15 a message. */
const MessageHeader = z.looseObject({
  Name: z.string().regex(/^[!-9;-~]{1,126}$/, "not a header name"),
  Value: z.string().regex(/^[ -~]{1,870}$/, "a header value is 1 to 870 characters of printable ASCII"),
});
const setByCall = new Set(["from", "to", "cc", "bcc", "reply-to", "subject", "date", "message-id", "mime-version"]);
const MessageHeaders = z
  .array(MessageHeader)
  .max(15)
  .refine((headers) => headers.every(({ Name }) => !setByCall.has(Name.toLowerCase()) && !/^content-/i.test(Name)), {
    error: "a header that SES sets itself",
  })
  .nullish();

const MessageTag = z.looseObject({
  Name: z.string().regex(/^[\w.@-]{1,256}$/, "a tag name is 1 to 256 of A-Z a-z 0-9 _ - . @"),
  Value: z.string().regex(/^[\w.@-]{1,256}$/, "a tag value is 1 to 256 of A-Z a-z 0-9 _ - . @"),
});
const MessageTags = z.array(MessageTag).max(50).nullish();

const Destination = z
  .looseObject({ ToAddresses: Mailboxes, CcAddresses: Mailboxes, BccAddresses: Mailboxes })
  .refine(
    ({ ToAddresses, CcAddresses, BccAddresses }) =>
      (ToAddresses?.length ?? 0) + (CcAddresses?.length ?? 0) + (BccAddresses?.length ?? 0) <= 50,
    { error: "Recipient count exceeds 50." },
  );

const Attachments = z.array(z.unknown()).max(0, "this simulator takes attachments in Raw messages only").nullish();

const Template = z.looseObject({
  TemplateName: z.string().nullish(),
  TemplateArn: z.string().nullish(),
  TemplateContent: z
    .looseObject({ Subject: z.string().nullish(), Html: z.string().nullish(), Text: z.string().nullish() })
    .nullish(),
  TemplateData: z.string().max(262_144).nullish(),
  Headers: MessageHeaders,
  Attachments,
});
export type Template = z.infer<typeof Template>;

const Part = z.looseObject({ Data: z.string(), Charset: z.string().nullish() });
const SingleLine = z.looseObject({
  Data: z.string().regex(/^[^\r\n]*$/, "a subject has no line breaks"),
  Charset: z.string().nullish(),
});

export const SendEmailRequest = z.looseObject({
  FromEmailAddress: Mailbox.nullish(),
  Destination: Destination.nullish(),
  ReplyToAddresses: Mailboxes,
  EmailTags: MessageTags,
  ConfigurationSetName: z.string().nullish(),
  Content: z.looseObject({
    Simple: z
      .looseObject({
        Subject: SingleLine,
        Body: z.looseObject({ Text: Part.nullish(), Html: Part.nullish() }),
        Headers: MessageHeaders,
        Attachments,
      })
      .nullish(),
    Raw: z.looseObject({ Data: z.base64() }).nullish(),
    Template: Template.nullish(),
  }),
});
export type SendEmailRequest = z.infer<typeof SendEmailRequest>;

const BulkEmailEntry = z.looseObject({
  Destination,
  ReplacementTags: MessageTags,
  ReplacementHeaders: MessageHeaders,
  ReplacementEmailContent: z
    .looseObject({
      ReplacementTemplate: z.looseObject({ ReplacementTemplateData: z.string().max(262_144).nullish() }).nullish(),
    })
    .nullish(),
});
export type BulkEmailEntry = z.infer<typeof BulkEmailEntry>;

export const SendBulkEmailRequest = z.looseObject({
  FromEmailAddress: Mailbox.nullish(),
  ReplyToAddresses: Mailboxes,
  DefaultEmailTags: MessageTags,
  ConfigurationSetName: z.string().nullish(),
  DefaultContent: z.looseObject({ Template: Template.nullish() }),
  /** Each entry has at least one recipient; SES counts them all towards its 50. */
  BulkEmailEntries: z.array(BulkEmailEntry).min(1).max(50),
});
export type SendBulkEmailRequest = z.infer<typeof SendBulkEmailRequest>;

/** Reads a body. @throws SesError BadRequestException naming the field that is wrong. */
export function read<T extends z.ZodType>(schema: T, body: unknown): z.infer<T> {
  if (body === undefined) throw badRequest("The request body is not JSON.");
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw badRequest(`${issue?.path.join(".") || "Request"}: ${issue?.message ?? "invalid"}`);
}
