import { tagsOf } from "#domain/delivery/calls/tags.ts";
import type { BatchKey } from "#domain/delivery/ledger/batch.ts";

/**
 * SES's events as EventBridge delivers them, with all of SES's fields, by "Contents of event data" in SES's developer
 * guide.
 */
type EventAbout = { key: BatchKey; attempt?: number; position: number; to?: string; messageId?: string };

const at = "2026-11-23T07:00:20.140Z";
const list = (tags: readonly { name: string; value: string }[]) =>
  Object.fromEntries(tags.map(({ name, value }) => [name, [value]]));

const detailTypes: Record<string, string> = {
  Send: "Email Sent",
  Delivery: "Email Delivered",
  Bounce: "Email Bounced",
  Complaint: "Email Complaint Received",
  Reject: "Email Rejected",
  "Rendering Failure": "Email Rendering Failed",
  DeliveryDelay: "Email Delivery Delayed",
};

export function event(
  eventType: string,
  detail: Record<string, unknown>,
  { key, attempt = 1, position, to = "ann@example.org", messageId = `m${position}` }: EventAbout,
  change: { source?: string; tags?: Record<string, string[]> } = {},
): string {
  const tags = change.tags ?? list(tagsOf({ key, attempt, position }));
  return JSON.stringify({
    ...{ version: "0", id: "6a7e8feb-b491-4cf7-a9f1-bf3703467718", source: change.source ?? "aws.ses" },
    ...{ "detail-type": detailTypes[eventType], account: "123456789012", time: "2026-11-23T07:00:21Z" },
    ...{ region: "eu-central-1", resources: ["arn:aws:ses:eu-central-1:123456789012:configuration-set/broadsheet"] },
    detail: {
      eventType,
      mail: {
        ...{ timestamp: at, source: "editor@news.example", sendingAccountId: "123456789012", messageId },
        ...{ destination: [to], headersTruncated: false, headers: [{ name: "To", value: to }] },
        commonHeaders: { from: ["editor@news.example"], to: [to], messageId, subject: "News" },
        tags: {
          ...{ "ses:operation": ["SendBulkEmail"], "ses:configuration-set": ["broadsheet"] },
          ...{ "ses:source-ip": ["192.0.2.0"], "ses:from-domain": ["news.example"], "ses:caller-identity": ["send"] },
          ...tags,
        },
      },
      ...detail,
    },
  });
}

export const sent = (about: EventAbout) => event("Send", { send: {} }, about);
export const delivered = (about: EventAbout) =>
  event(
    "Delivery",
    {
      delivery: {
        ...{ timestamp: at, processingTimeMillis: 546, recipients: [about.to ?? "ann@example.org"] },
        ...{ smtpResponse: "250 ok: Message 64111812 accepted", reportingMTA: "a8-70.smtp-out.amazonses.com" },
      },
    },
    about,
  );
export const bounced = (
  bounceType: string,
  bounceSubType: string,
  about: EventAbout,
  timestamp = at,
  status: string | null = bounceType === "Permanent" ? "5.1.1" : "4.2.2",
) =>
  event(
    "Bounce",
    {
      bounce: {
        ...{ bounceType, bounceSubType, timestamp, feedbackId: "01000157c44f053b-61b59c11-000000" },
        reportingMTA: "dsn; a8-70.smtp-out.amazonses.com",
        bouncedRecipients: [
          {
            emailAddress: about.to ?? "ann@example.org",
            // An automatic reply has neither.
            ...(status !== null && {
              ...{ action: "failed", status },
              diagnosticCode: `smtp; 550 ${status} <ann@example.org>: not delivered`,
            }),
          },
        ],
      },
    },
    about,
  );
export const complained = (about: EventAbout, complaintFeedbackType: string | null = "abuse", timestamp = at) =>
  event(
    "Complaint",
    {
      complaint: {
        ...{ feedbackId: "01000157c44f053b", complaintSubType: null, timestamp, arrivalDate: timestamp },
        ...{ complainedRecipients: [{ emailAddress: about.to ?? "ann@example.org" }], userAgent: "Mailer/1" },
        ...(complaintFeedbackType === null ? {} : { complaintFeedbackType }),
      },
    },
    about,
  );
export const rejected = (about: EventAbout) => event("Reject", { reject: { reason: "Bad content" } }, about);
export const unrendered = (about: EventAbout) =>
  event(
    "Rendering Failure",
    { failure: { errorMessage: "Attribute 'unsubscribe' is not present in the rendering data.", templateName: "t" } },
    about,
  );
export const delayed = (about: EventAbout) =>
  event(
    "DeliveryDelay",
    {
      deliveryDelay: {
        ...{ timestamp: at, delayType: "MailboxFull", expirationTime: "2026-11-24T07:00:20.140Z" },
        delayedRecipients: [{ emailAddress: "ann@example.org", status: "4.2.2", diagnosticCode: "smtp; 452 4.2.2" }],
      },
    },
    about,
  );
