import * as z from "zod";
import { parseJson } from "../../json.ts";
import { type Instant, toInstant } from "../../time/instant.ts";
import { withoutAddresses } from "../calls/answer.ts";
import { type DeliveryTag, deliveryOf } from "../calls/tags.ts";
import type { OutcomeKind } from "../ledger/delivery-outcome.ts";
import { causeOf, fixOf } from "./bounce.ts";

/** An SES event about one of our messages. Each event proves that SES accepted the message. */
export type SesEvent = {
  /** Its delivery; undefined: a single mail (a test, a confirmation, a notice). */
  readonly delivery: DeliveryTag | undefined;
  readonly messageId: string;
  /** The recipient, as we sent it to SES. */
  readonly address: string | undefined;
  /** The fault after acceptance, if any. */
  readonly trouble:
    | {
        readonly kind: OutcomeKind;
        readonly at: Instant;
        readonly detail: string;
        readonly noMailbox?: true;
      }
    | undefined;
};

/** Why a message of the queue is refused. */
type Refused = { readonly refused: string };

/** Marks single mails, so their events aren't refused as foreign. */
export const SINGLE_MAIL = { name: "mail", value: "single" } as const;

const Time = z.string().refine((text) => !Number.isNaN(Date.parse(text)), { error: "not a time" });
const Recipients = z.array(z.looseObject({ status: z.string().optional(), diagnosticCode: z.string().optional() }));

/**
 * "Contents of event data that Amazon SES publishes to Amazon EventBridge" in SES's developer guide. Only the fields
 * used here are checked, so new fields do no harm.
 */
const Body = z.looseObject({
  source: z.string(),
  time: Time,
  detail: z.looseObject({
    eventType: z.string(),
    mail: z.looseObject({
      messageId: z.string().min(1),
      destination: z.array(z.string()).optional(),
      tags: z.record(z.string(), z.array(z.string())).optional(),
    }),
    bounce: z
      .looseObject({
        bounceType: z.string(),
        bounceSubType: z.string().optional(),
        bouncedRecipients: Recipients.optional(),
        timestamp: Time.optional(),
      })
      .optional(),
    complaint: z
      .looseObject({
        complaintSubType: z.string().nullish(),
        complaintFeedbackType: z.string().nullish(),
        timestamp: Time.optional(),
      })
      .optional(),
    reject: z.looseObject({ reason: z.string().optional() }).optional(),
    failure: z.looseObject({ errorMessage: z.string().optional() }).optional(),
    deliveryDelay: z
      .looseObject({
        delayType: z.string().optional(),
        delayedRecipients: Recipients.optional(),
        timestamp: Time.optional(),
      })
      .optional(),
  }),
});
type Detail = z.infer<typeof Body>["detail"];

/** Parses one message of the queue `feedback`. Refused: it isn't an SES event about a mail of this deployment. */
export function readEvent(body: string, configurationSet: string): SesEvent | Refused {
  const parsed = Body.safeParse(parseJson(body));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { refused: `not an SES event: ${issue?.path.join(".") || "it"} isn't in SES's format` };
  }
  const { source, time, detail } = parsed.data;
  if (source !== "aws.ses") return { refused: "it does not come from aws.ses" };
  const tags = Object.fromEntries(Object.entries(detail.mail.tags ?? {}).map(([name, [value]]) => [name, value ?? ""]));
  if (tags["ses:configuration-set"] !== configurationSet) {
    return { refused: "it comes from another configuration set than this deployment's" };
  }
  const delivery = deliveryOf(tags);
  if (!delivery && tags[SINGLE_MAIL.name] !== SINGLE_MAIL.value) {
    return { refused: "it doesn't have the tags that this deployment gives its mails" };
  }
  const trouble = troubleOf(detail, time);
  if (trouble === "unknown") return { refused: `events of the type ${detail.eventType} aren't subscribed to` };
  const [address] = detail.mail.destination ?? [];
  return { delivery, messageId: detail.mail.messageId, address, trouble };
}

function troubleOf(detail: Detail, time: string): SesEvent["trouble"] | "unknown" {
  const { bounce, complaint, reject, failure, deliveryDelay } = detail;
  const trouble = (kind: OutcomeKind, at: string | undefined, ...words: (string | null | undefined)[]) => ({
    kind,
    at: toInstant(Date.parse(at ?? time)),
    detail: withoutAddresses(words.filter((word) => word).join(" ")),
  });
  switch (detail.eventType) {
    case "Send":
    case "Delivery":
      return undefined;
    case "Bounce": {
      const [first] = bounce?.bouncedRecipients ?? [];
      const report = {
        ...{ type: bounce?.bounceType ?? "", subType: bounce?.bounceSubType },
        ...{ status: first?.status, diagnostic: first?.diagnosticCode },
      };
      const cause = causeOf(report);
      if (cause === "nobody") return undefined;
      const words = [report.type, report.subType, report.status] as const;
      if (cause === "edition") {
        const receiver = detail.mail.destination?.[0]?.split("@").at(-1);
        const advice = `${receiver ? `at ${receiver}` : ""}: ${fixOf(report)}`;
        return trouble("blocked", bounce?.timestamp, ...words, advice);
      }
      const kind = cause === "no-mailbox" ? "hard-bounce" : "soft-bounce";
      const noMailbox = cause === "maybe-no-mailbox" ? ({ noMailbox: true } as const) : {};
      return { ...trouble(kind, bounce?.timestamp, ...words), ...noMailbox };
    }
    case "Complaint":
      // Feedback types of RFC 5965 and RFC 6650 that aren't a reader's complaint.
      if (/^(not-spam|auth-failure)$/.test(complaint?.complaintFeedbackType ?? "")) return undefined;
      return trouble("complaint", complaint?.timestamp, complaint?.complaintFeedbackType, complaint?.complaintSubType);
    case "Reject":
      return trouble("reject", undefined, reject?.reason);
    case "Rendering Failure":
      return trouble("rendering-failure", undefined, failure?.errorMessage);
    case "DeliveryDelay": {
      const [first] = deliveryDelay?.delayedRecipients ?? [];
      return trouble("delay", deliveryDelay?.timestamp, deliveryDelay?.delayType, first?.status);
    }
    default:
      return "unknown";
  }
}
