import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { failuresOf, messagesOf } from "#adapters/sqs/records.ts";
import { takeNotices } from "#usecases/notices/take-notices.ts";
import { open } from "./open.ts";

let opened: ReturnType<typeof open> | undefined;

export async function handler({ Records }: SQSEvent): Promise<SQSBatchResponse> {
  opened ??= open();
  return failuresOf(await takeNotices(opened, messagesOf(Records)));
}
