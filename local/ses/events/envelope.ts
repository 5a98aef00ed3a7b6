import { randomUUID } from "node:crypto";
import { decodedText } from "#adapters/email-reading/decoding.ts";
import { bareAddress, type Message } from "../mail/message.ts";
import { mailbox, mailDate } from "../mail/mime.ts";
import { messageIdHeader, subjectOf } from "../mail/render.ts";
import type { Account } from "../state/account.ts";

/**
 * SES's events as EventBridge hands them on. Source: the developer guide's "Monitoring SES events using Amazon
 * EventBridge" for the detail types, "Contents of event data that Amazon SES publishes" for the details.
 */
export type SesEvent = {
  version: "0";
  id: string;
  "detail-type": string;
  source: "aws.ses";
  account: string;
  /** ISO 8601, whole seconds. */
  time: string;
  region: string;
  resources: string[];
  detail: { eventType: string; mail: Record<string, unknown>; [part: string]: unknown };
};

const detailTypes: Record<string, string> = {
  Send: "Email Sent",
  Delivery: "Email Delivered",
  Bounce: "Email Bounced",
  Complaint: "Email Complaint Received",
  Reject: "Email Rejected",
  "Rendering Failure": "Email Rendering Failed",
  DeliveryDelay: "Email Delivery Delayed",
};

/** Which events a message has, in the order they come. A rejection and a rendering failure come instead of Send. */
const courses = {
  delivered: ["Send", "Delivery"],
  complained: ["Send", "Delivery", "Complaint"],
  bounced: ["Send", "Bounce"],
  "soft-bounced": ["Send", "Bounce"],
  suppressed: ["Send", "Bounce"],
  rejected: ["Reject"],
  delayed: ["Send", "DeliveryDelay", "Delivery"],
  unrendered: ["Rendering Failure"],
} as const;

/** The types of the events that come of a message, in their order. */
export const eventTypesOf = ({ entry }: Message): readonly string[] => courses[entry.fate];

/** All events of one message. `absent`: the name its template data lacked. */
export const eventsOf = (message: Message, account: Account, absent: string | undefined): SesEvent[] =>
  eventsLater(message, account, absent, eventTypesOf(message)).map((make) => make());

/** Its events of these types, each made when it is first asked for: most wait, and one takes four times its message. */
export function eventsLater(
  message: Message,
  account: Account,
  absent: string | undefined,
  types: readonly string[],
): (() => SesEvent)[] {
  const mail = lazy(() => mailOf(message, account));
  return types.map((eventType) =>
    lazy(() => ({
      version: "0",
      id: randomUUID(),
      "detail-type": detailTypes[eventType] ?? eventType,
      source: "aws.ses",
      account: account.id,
      time: `${new Date(message.call.at).toISOString().slice(0, 19)}Z`,
      region: account.region,
      resources: [`arn:aws:ses:${account.region}:${account.id}:configuration-set/${message.call.configurationSet}`],
      detail: { eventType, mail: mail(), ...details(eventType, message, absent) },
    })),
  );
}

function lazy<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function mailOf(message: Message, account: Account): SesEvent["detail"]["mail"] {
  const { call, entry } = message;
  const subject = subjectOf(message);
  const to = entry.to.map(mailbox);
  const source = bareAddress(call.from);
  const messageId = messageIdHeader(entry.id, account.region);
  return {
    timestamp: new Date(call.at).toISOString(),
    source: call.from,
    sourceArn: `arn:aws:ses:${account.region}:${account.id}:identity/${source}`,
    sendingAccountId: account.id,
    messageId: entry.id,
    destination: [...entry.to, ...entry.cc, ...entry.bcc].map(bareAddress),
    headersTruncated: false,
    headers: [
      { name: "From", value: call.from },
      { name: "To", value: to.join(", ") },
      { name: "Subject", value: subject },
      { name: "Date", value: mailDate(call.at) },
      { name: "Message-ID", value: messageId },
      ...entry.headers,
    ],
    commonHeaders: { from: [decodedText(call.from)], to, date: mailDate(call.at), messageId, subject },
    tags: {
      "ses:operation": [call.operation],
      "ses:configuration-set": [call.configurationSet],
      "ses:source-ip": ["127.0.0.1"],
      "ses:from-domain": [source.slice(source.lastIndexOf("@") + 1)],
      "ses:caller-identity": ["local"],
      ...Object.fromEntries(Object.entries(entry.tags).map(([name, value]) => [name, [value]])),
    },
  };
}

function details(eventType: string, message: Message, absent: string | undefined): Record<string, unknown> {
  const { call, entry } = message;
  const timestamp = new Date(call.at).toISOString();
  const everyone = [...entry.to, ...entry.cc, ...entry.bcc].map(bareAddress);
  if (eventType === "Send") return { send: {} };
  if (eventType === "Reject") return { reject: { reason: "Bad content" } };
  if (eventType === "Rendering Failure")
    return {
      failure: {
        errorMessage: `Attribute '${absent ?? "unknown"}' is not present in the rendering data.`,
        templateName: "inline",
      },
    };
  if (eventType === "Delivery")
    return {
      delivery: {
        timestamp,
        processingTimeMillis: 1,
        recipients: everyone,
        smtpResponse: "250 2.0.0 OK",
        reportingMTA: "simulator.amazonses.com",
      },
    };
  if (eventType === "Complaint")
    return {
      complaint: {
        feedbackId: entry.id,
        complaintSubType: null,
        complainedRecipients: everyone.map((emailAddress) => ({ emailAddress })),
        timestamp,
        userAgent: "Amazon SES Mailbox Simulator",
        complaintFeedbackType: "abuse",
        arrivalDate: timestamp,
      },
    };
  if (eventType === "DeliveryDelay")
    return {
      deliveryDelay: {
        timestamp,
        delayType: "TransientCommunicationFailure",
        expirationTime: new Date(call.at + 14 * 3600 * 1000).toISOString(),
        delayedRecipients: everyone.map((emailAddress) => ({
          emailAddress,
          status: "4.4.1",
          diagnosticCode: "smtp; 421 4.4.1",
        })),
      },
    };
  return { bounce: bounce(message, everyone, timestamp) };
}

function bounce({ entry }: Message, everyone: readonly string[], timestamp: string) {
  const scripted = everyone.some((to) => to.endsWith("@simulator.amazonses.com"));
  const [bounceType, bounceSubType, status, diagnosticCode] =
    entry.fate === "soft-bounced"
      ? ["Transient", "MailboxFull", "5.2.2", "smtp; 552 5.2.2 mailbox full"]
      : entry.fate === "suppressed"
        ? [
            "Permanent",
            scripted ? "Suppressed" : "OnAccountSuppressionList",
            "5.1.1",
            "Amazon SES did not send to this address.",
          ]
        : ["Permanent", "General", "5.1.1", "smtp; 550 5.1.1 user unknown"];
  return {
    feedbackId: entry.id,
    bounceType,
    bounceSubType,
    bouncedRecipients: everyone.map((emailAddress) => ({ emailAddress, action: "failed", status, diagnosticCode })),
    timestamp,
    reportingMTA: "dns; simulator.amazonses.com",
  };
}
