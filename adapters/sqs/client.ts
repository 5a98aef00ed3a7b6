import { SQSClient, type SQSClientConfig } from "@aws-sdk/client-sqs";
import { attemptLimit, type TimeLimits, withTimeLimit } from "../aws/time-limit.ts";

/** SQS answers within milliseconds, or within the second that a receive may wait. */
const LIMITS: TimeLimits = { attempt: 4_000, call: 12_500 };

/** A client for queues; every call has a time limit. */
export const sqsClient = (options: SQSClientConfig = {}, limits: TimeLimits = LIMITS): SQSClient =>
  withTimeLimit(new SQSClient({ ...attemptLimit(limits), ...options }), limits.call);
