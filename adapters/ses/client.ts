import { SESv2Client, type SESv2ClientConfig } from "@aws-sdk/client-sesv2";
import { attemptLimit, type TimeLimits, withTimeLimit } from "../aws/time-limit.ts";

/** SES takes a mail within a second or two, more with pictures in it. */
const LIMITS: TimeLimits = { attempt: 8_000, call: 25_000 };

/** A client for single mails and questions, of which every call ends. Bulk calls have their own: bulk.ts. */
export const sesClient = (options: SESv2ClientConfig = {}, limits: TimeLimits = LIMITS): SESv2Client =>
  withTimeLimit(new SESv2Client({ ...attemptLimit(limits), ...options }), limits.call);
