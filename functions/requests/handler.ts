import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { failuresOf, messagesOf } from "#adapters/sqs/records.ts";
import { remind } from "#usecases/audience/remind.ts";
import { takeRequests } from "#usecases/audience/take-requests.ts";
import { open } from "./open.ts";

let opened: ReturnType<typeof open> | undefined;

/** An event of the queue has records; the schedule's has none. */
export async function handler({ Records }: Partial<SQSEvent>): Promise<SQSBatchResponse | { reminded: number }> {
  opened ??= open();
  if (Records === undefined) return remind(opened);
  return failuresOf(await takeRequests(opened, messagesOf(Records)));
}
