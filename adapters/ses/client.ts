import { SESv2Client, type SESv2ClientConfig } from "@aws-sdk/client-sesv2";
import { attemptLimit, type TimeLimits, withTimeLimit } from "../aws/time-limit.ts";

/** SES accepts a mail within a second or two. */
const LIMITS: TimeLimits = { attempt: 8_000, call: 25_000 };

/**
 * A client for single mails and status requests; every call has a time limit. Bulk calls have their own client:
 * bulk.ts.
 */
export const sesClient = (options: SESv2ClientConfig = {}, limits: TimeLimits = LIMITS): SESv2Client =>
  withTimeLimit(new SESv2Client({ ...attemptLimit(limits), ...options }), limits.call);
