import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { failuresOf, messagesOf } from "#adapters/sqs/records.ts";
import { processEvents } from "#usecases/delivery/feedback/process-events.ts";
import { open } from "./open.ts";

let opened: ReturnType<typeof open> | undefined;

export async function handler({ Records }: SQSEvent): Promise<SQSBatchResponse> {
  opened ??= open();
  return failuresOf(await processEvents(opened, messagesOf(Records)));
}
